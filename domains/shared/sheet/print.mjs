/** What `sheet list` and `sheet read` print. */

import { areaName, areaOf, columnLetters, isIn } from "./addresses.mjs";
import { SheetFault } from "./fault.mjs";
import { cellJson, jsonValue, shownText } from "./values.mjs";

/** A range of more would not be read by anybody. */
const areaAtMost = 2_000_000;
const printedAtMost = 30 * 2 ** 20;

/** The names of the sheets, or as JSON (any `form` but csv) what they hold as well. */
export function listText(book, { form }) {
  if (form === "csv") return book.sheets.map(({ name }) => `${name}\n`).join("");
  return jsonText(
    book.sheets.map((sheet) => {
      const { cells, rows, columns } = book.cells(sheet);
      const used = rows === 0 ? null : areaName(areaOf("", { rows, columns }));
      const formulas = cells.filter(({ formula }) => formula !== undefined).length;
      return { name: sheet.name, used, rows, columns, formulas, state: sheet.state };
    }),
  );
}

/** The cells of a range as the `form` says: csv, cells or rows. */
export function areaText(book, sheet, range, { form, formulas }) {
  const { cells, ...used } = book.cells(sheet);
  const area = areaOf(range, used);
  const { from, to } = area;
  const inside = cells.filter((cell) => isIn(cell, area));
  if (form === "cells") return jsonText(inside.map((cell) => cellJson(book, cell)));
  const height = Math.max(0, to.row - from.row + 1);
  const width = Math.max(0, to.column - from.column + 1);
  if (height * width > areaAtMost)
    throw new SheetFault(`${areaName(area)} is ${height * width} cells; name a smaller RANGE`);
  const grid = Array.from({ length: height }, () => new Array(width).fill(undefined));
  for (const cell of inside) grid[cell.row - from.row][cell.column - from.column] = cell;
  if (form === "rows") return jsonText(objectsOf(book, grid, from.column));
  const lines = grid.map((row) => row.map((cell) => csvField(shownText(book, cell, formulas))));
  return bounded(lines.map((fields) => `${fields.join(",")}\r\n`)).join("");
}

function csvField(text) {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Objects named by the first row; a column without a name there goes by its letters, and of two of
 * one name the later too.
 */
function objectsOf(book, [head = [], ...rows], firstColumn) {
  const names = new Set();
  for (const [at, cell] of head.entries()) {
    const text = shownText(book, cell);
    names.add(text === "" || names.has(text) ? columnLetters(firstColumn + at) : text);
  }
  const named = [...names];
  return rows.map((row) =>
    Object.fromEntries(row.map((cell, at) => [named[at], jsonValue(book, cell)])),
  );
}

/** A JSON array, one item a line. */
function jsonText(items) {
  if (items.length === 0) return "[]\n";
  return `[\n${bounded(items.map((item) => JSON.stringify(item))).join(",\n")}\n]\n`;
}

function bounded(lines) {
  if (lines.reduce((sum, line) => sum + line.length, 0) <= printedAtMost) return lines;
  throw new SheetFault(`more than ${printedAtMost / 2 ** 20} MiB of text; name a smaller RANGE`);
}
