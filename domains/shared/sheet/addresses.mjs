/** Names of cells and ranges: `B2`, `A1:C5`, `A:C`, `2:4`, `'My Sheet'!B2`. */

import { SheetError } from "./sheet-error.mjs";

export const lastRow = 1_048_576;
export const lastColumn = 16_384;

/** @typedef {{ row: number, column: number }} Place both from 1 */
/** @typedef {{ from: Place, to: Place }} Area */

/**
 * @param {string} address such as `B2`
 * @returns {Place}
 */
export function placeOf(address) {
  const match = /^\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})$/.exec(address);
  const column = columnNumber(match?.[1] ?? "");
  const row = Number(match?.[2]);
  if (!match || column > lastColumn || row > lastRow)
    throw new SheetError(`not a cell: ${address} (write it like B2)`);
  return { row, column };
}

/** @param {string} letters */
export function columnNumber(letters) {
  let number = 0;
  for (let i = 0; i < letters.length; i++) number = number * 26 + (letters.charCodeAt(i) & 31);
  return number;
}

/** @param {number} column from 1 */
export function columnLetters(column) {
  let letters = "";
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
}

/** @param {number} row @param {number} column */
export function addressOf(row, column) {
  return columnLetters(column) + row;
}

/** @param {Area} area */
export function areaName({ from, to }) {
  const start = addressOf(from.row, from.column);
  const end = addressOf(to.row, to.column);
  return start === end ? start : `${start}:${end}`;
}

/**
 * A reference with the name of its sheet apart. Quotes may be missing on either side of the name.
 *
 * @param {string} reference such as `'My Sheet'!A1:B2`
 * @returns {{ sheet: string | undefined, range: string }}
 */
export function splitReference(reference) {
  const mark = reference.lastIndexOf("!");
  if (mark < 0) return { sheet: undefined, range: reference };
  const sheet = reference.slice(0, mark).replace(/^'/, "").replace(/'$/, "").replaceAll("''", "'");
  return { sheet, range: reference.slice(mark + 1) };
}

/**
 * What a range covers, cut to what is used; a single cell is never cut.
 *
 * @param {string | undefined} range such as `A1:C5`, `B2`, `A:C`, `2:4` or `A2:C`; all that is used without one
 * @param {{ rows: number, columns: number }} used
 * @returns {Area}
 */
export function boundsOf(range, used) {
  if (range === undefined)
    return { from: { row: 1, column: 1 }, to: { row: used.rows, column: used.columns } };
  const [start = "", end = start, more] = range.split(":");
  if (more !== undefined) throw new SheetError(`not a range: ${range} (write it like A1:C5)`);
  const columns = /^\$?[A-Za-z]{1,3}$/;
  if (columns.test(end) && (columns.test(start) || range.includes(":"))) {
    const from = columns.test(start) ? { row: 1, column: columnOf(start) } : placeOf(start);
    const [a, b] = [from.column, columnOf(end)];
    return {
      from: { row: from.row, column: Math.min(a, b) },
      to: { row: used.rows, column: Math.min(Math.max(a, b), lastColumn) },
    };
  }
  const rows = /^\$?([1-9]\d{0,6})$/;
  const [top, bottom] = [rows.exec(start)?.[1], rows.exec(end)?.[1]];
  if (top !== undefined && bottom !== undefined && range.includes(":")) {
    const [a, b] = [Number(top), Number(bottom)];
    return {
      from: { row: Math.min(a, b), column: 1 },
      to: { row: Math.min(Math.max(a, b), used.rows), column: used.columns },
    };
  }
  const [a, b] = [placeOf(start), placeOf(end)];
  const single = start === end;
  return {
    from: { row: Math.min(a.row, b.row), column: Math.min(a.column, b.column) },
    to: {
      row: single ? a.row : Math.min(Math.max(a.row, b.row), used.rows),
      column: single ? a.column : Math.min(Math.max(a.column, b.column), used.columns),
    },
  };
}

/** @param {string} letters */
function columnOf(letters) {
  return columnNumber(letters.replace("$", ""));
}
