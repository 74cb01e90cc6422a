/** What `sheet write`, `fill` and `clear` change. */

import { boundsOf, lastColumn, lastRow, placeOf } from "./addresses.mjs";
import { newValueOf } from "./cell-word.mjs";
import { cellsOf } from "./cells.mjs";
import { editSheet } from "./edit-sheet.mjs";
import { SheetError } from "./sheet-error.mjs";

/** @typedef {import("./workbook.mjs").Workbook} Workbook */
/** @typedef {import("./workbook.mjs").SheetEntry} SheetEntry */

/**
 * @param {Workbook} book
 * @param {SheetEntry} sheet
 * @param {readonly { cell: string, value: string }[]} pairs
 * @param {boolean} asText
 */
export function writings(book, sheet, pairs, asText) {
  editSheet(
    book,
    sheet,
    pairs.map(({ cell, value }) => ({ ...placeOf(cell), value: newValueOf(value, asText) })),
  );
}

/**
 * Puts the fields of a CSV text into cells, the first at `cell`. An empty field empties its cell.
 *
 * @param {Workbook} book
 * @param {SheetEntry} sheet
 * @param {string} cell
 * @param {string} csv
 * @param {boolean} asText
 */
export function fillings(book, sheet, cell, csv, asText) {
  const start = placeOf(cell);
  const edits = fieldsOf(csv).flatMap((fields, down) =>
    fields.map((field, right) => ({
      row: start.row + down,
      column: start.column + right,
      value: newValueOf(field, asText),
    })),
  );
  if (edits.length === 0)
    throw new SheetError("fill found nothing on standard input (sheet fill FILE B2 < data.csv)");
  if (edits.some(({ row, column }) => row > lastRow || column > lastColumn))
    throw new SheetError("the data reaches past the last row or column of a sheet");
  editSheet(book, sheet, edits);
}

/** @param {Workbook} book @param {SheetEntry} sheet @param {readonly string[]} ranges */
export function clearings(book, sheet, ranges) {
  const { cells, rows, columns } = cellsOf(book, sheet);
  const areas = ranges.map((range) => boundsOf(range, { rows, columns }));
  const edits = cells
    .filter(({ row, column }) =>
      areas.some(
        ({ from, to }) =>
          row >= from.row && row <= to.row && column >= from.column && column <= to.column,
      ),
    )
    .map(({ row, column }) => ({ row, column, value: /** @type {const} */ ({ kind: "empty" }) }));
  editSheet(book, sheet, edits);
}

/**
 * The records of a CSV text (RFC 4180; line ends of any system).
 *
 * @param {string} text
 * @returns {string[][]}
 */
function fieldsOf(text) {
  const records = [];
  /** @type {string[]} */
  let record = [];
  const field = /(?:"((?:[^"]|"")*)"|((?!")[^,\r\n]*))(,|\r\n|\n|\r|$)/y;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    field.lastIndex = at;
    const match = field.exec(text);
    if (match === null)
      throw new SheetError(
        `line ${records.length + 1} of the CSV: a quote that does not end its field`,
      );
    record.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    at = field.lastIndex;
    if (match[3] !== ",") {
      records.push(record);
      record = [];
    } else if (at === text.length) record.push("");
  }
  if (record.length > 0) records.push(record);
  return records;
}
