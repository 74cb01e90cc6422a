/** Names of cells and ranges. A place is `{ row, column }`, both from 1; an area `{ from, to }`, two places. */

import { SheetFault } from "./fault.mjs";

export const lastRow = 1_048_576;
export const lastColumn = 16_384;

export function columnNumber(letters) {
  let number = 0;
  for (let i = 0; i < letters.length; i++) number = number * 26 + (letters.charCodeAt(i) & 31);
  return number;
}

export function columnLetters(column) {
  const rest = Math.floor((column - 1) / 26);
  return (rest > 0 ? columnLetters(rest) : "") + String.fromCharCode(65 + ((column - 1) % 26));
}

/** The name of a place, such as `B2`. */
export const nameOf = ({ row, column }) => columnLetters(column) + row;

/** The place of a cell such as `B2`. */
export function cellAt(address) {
  const match = /^\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})$/.exec(address);
  const place = { row: Number(match?.[2]), column: columnNumber(match?.[1] ?? "") };
  if (!match || place.column > lastColumn || place.row > lastRow)
    throw new SheetFault(`not a cell: ${address} (write it like B2)`);
  return place;
}

/** The sheet that `'My Sheet'!A1:B2` names, if it does, and the range. Quotes may be missing on either side. */
export function splitReference(reference) {
  const mark = reference.lastIndexOf("!");
  if (mark < 0) return { sheet: undefined, range: reference };
  const sheet = reference.slice(0, mark).replace(/^'|'$/g, "").replaceAll("''", "'");
  return { sheet, range: reference.slice(mark + 1) };
}

/**
 * What a range covers, cut to the rows and columns that are used; a single cell is never cut.
 *
 * @param {string} range such as `A1:C5`, `B2`, `A:C`, `2:4` or `A2:C`; all that is used where it is empty
 */
export function areaOf(range, { rows, columns }) {
  if (range === "") return { from: { row: 1, column: 1 }, to: { row: rows, column: columns } };
  const isPair = range.includes(":");
  const [start, end = start, more] = range.split(":");
  if (more !== undefined) throw new SheetFault(`not a range: ${range} (write it like A1:C5)`);
  const [a, b] = [start, end].map((word) => {
    const [, letters, number] = /^\$?([A-Za-z]{1,3})?\$?([1-9]\d*)?$/.exec(word) ?? [];
    // What has both, or is neither a column nor a row, has to be a cell; a row stands in a pair.
    if (letters ? number : !number || !isPair) return cellAt(word);
    return { row: number && Number(number), column: letters && columnNumber(letters) };
  });
  if (!isPair && a.row) return { from: a, to: a };
  const [top, bottom] = between(a.row, b.row, rows);
  const [left, right] = between(a.column, b.column, columns);
  return { from: { row: top, column: left }, to: { row: bottom, column: right } };
}

function between(a, b, most) {
  if (a && b) return [Math.min(a, b), Math.min(Math.max(a, b), most)];
  return [a || 1, Math.min(b || most, most)];
}

/** Whether a place lies in an area. */
export function isIn({ row, column }, { from, to }) {
  return from.row <= row && row <= to.row && from.column <= column && column <= to.column;
}

export function areaName({ from, to }) {
  const [start, end] = [nameOf(from), nameOf(to)];
  return start === end ? start : `${start}:${end}`;
}
