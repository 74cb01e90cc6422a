/** What `sheet list` and `sheet read` print. */

import { areaName, boundsOf, columnLetters } from "./addresses.mjs";
import { cellJson, csvField, jsonValue, readable, textOf } from "./cell-text.mjs";
import { cellsOf } from "./cells.mjs";
import { SheetError } from "./sheet-error.mjs";

/** A range of more would not be read by anybody. */
const areaAtMost = 2_000_000;
const printedAtMost = 30 * 2 ** 20;

/**
 * @param {import("./workbook.mjs").Workbook} book
 * @param {import("./options.mjs").Options} options
 */
export function listText(book, options) {
  if (options.form === "csv") return book.sheets.map((sheet) => `${sheet.name}\n`).join("");
  return listOf(
    book.sheets.map((sheet) => {
      const { cells, rows, columns } = cellsOf(book, sheet);
      const used =
        rows === 0
          ? null
          : areaName({ from: { row: 1, column: 1 }, to: { row: rows, column: columns } });
      const formulas = cells.filter((cell) => cell.formula !== undefined).length;
      return { name: sheet.name, used, rows, columns, formulas, state: sheet.state };
    }),
  );
}

/**
 * @param {import("./workbook.mjs").Workbook} book
 * @param {import("./workbook.mjs").SheetEntry} sheet
 * @param {string | undefined} range
 * @param {import("./options.mjs").Options} options
 */
export function areaText(book, sheet, range, options) {
  const { cells, rows, columns } = cellsOf(book, sheet);
  const area = boundsOf(range, { rows, columns });
  const { from, to } = area;
  const size = Math.max(0, to.row - from.row + 1) * Math.max(0, to.column - from.column + 1);
  const inside = cells.filter(
    ({ row, column }) =>
      row >= from.row && row <= to.row && column >= from.column && column <= to.column,
  );
  if (options.form === "cells") return listOf(inside.map((cell) => cellJson(book, cell)));
  if (size > areaAtMost)
    throw new SheetError(`${areaName(area)} is ${size} cells; name a smaller RANGE`);
  /** @type {Map<number, import("./cells.mjs").Cell>[]} */
  const grid = Array.from({ length: Math.max(0, to.row - from.row + 1) }, () => new Map());
  for (const cell of inside) grid[cell.row - from.row]?.set(cell.column, cell);
  return options.form === "rows"
    ? rowsText(book, grid, from.column, to.column)
    : csvText(book, grid, area, options);
}

/**
 * @param {import("./workbook.mjs").Workbook} book
 * @param {readonly Map<number, import("./cells.mjs").Cell>[]} grid
 * @param {import("./addresses.mjs").Area} area
 * @param {import("./options.mjs").Options} options
 */
function csvText(book, grid, { from, to }, { formulas }) {
  const lines = [];
  let printed = 0;
  for (const row of grid) {
    const fields = [];
    for (let column = from.column; column <= to.column; column++) {
      const cell = row.get(column);
      if (cell === undefined) fields.push("");
      else if (formulas && cell.formula !== undefined)
        fields.push(csvField(`=${readable(cell.formula)}`));
      else fields.push(csvField(textOf(book, cell)));
    }
    const line = `${fields.join(",")}\r\n`;
    printed += line.length;
    if (printed > printedAtMost) throw tooMuch();
    lines.push(line);
  }
  return lines.join("");
}

/**
 * Objects named by the first row; a column without a name there goes by its letters, and of two of
 * one name the later too.
 *
 * @param {import("./workbook.mjs").Workbook} book
 * @param {readonly Map<number, import("./cells.mjs").Cell>[]} grid
 * @param {number} first
 * @param {number} last
 */
function rowsText(book, grid, first, last) {
  /** @type {[column: number, name: string][]} */
  const names = [];
  const taken = new Set();
  for (let column = first; column <= last; column++) {
    const cell = grid[0]?.get(column);
    const text = cell === undefined ? "" : textOf(book, cell);
    const name = text === "" || taken.has(text) ? columnLetters(column) : text;
    taken.add(name);
    names.push([column, name]);
  }
  return listOf(
    grid
      .slice(1)
      .map((row) =>
        Object.fromEntries(names.map(([column, name]) => [name, jsonValue(book, row.get(column))])),
      ),
  );
}

/** A JSON array, one item a line. @param {readonly unknown[]} items */
function listOf(items) {
  if (items.length === 0) return "[]\n";
  const lines = [];
  let printed = 0;
  for (const item of items) {
    const line = JSON.stringify(item);
    printed += line.length;
    if (printed > printedAtMost) throw tooMuch();
    lines.push(line);
  }
  return `[\n${lines.join(",\n")}\n]\n`;
}

function tooMuch() {
  return new SheetError(`more than ${printedAtMost / 2 ** 20} MiB of text; name a smaller RANGE`);
}
