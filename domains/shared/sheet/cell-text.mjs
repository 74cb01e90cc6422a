/** Cells as text, CSV and JSON. */

import { addressOf } from "./addresses.mjs";
import { days1904, isoOfSerial } from "./number-kinds.mjs";

/**
 * What a cell shows: dates in ISO 8601, truth values as TRUE and FALSE, errors by their name, and a
 * formula itself where it was never calculated.
 *
 * @param {import("./workbook.mjs").Workbook} book
 * @param {import("./cells.mjs").Cell} cell
 * @returns {string}
 */
export function textOf(book, cell) {
  const { value } = cell;
  if (cell.type === "none") return cell.formula === undefined ? "" : `=${readable(cell.formula)}`;
  if (cell.type === "boolean") return value ? "TRUE" : "FALSE";
  if (cell.type === "number" && book.format(cell.style).date) return dateText(book, Number(value));
  return String(value);
}

/** @param {import("./workbook.mjs").Workbook} book @param {number} serial */
function dateText(book, serial) {
  return isoOfSerial(book.from1904 ? serial + days1904 : serial);
}

/** A formula as a person writes it: newer functions without the marks that files have. @param {string} formula */
export function readable(formula) {
  return formula.replace(/\b_xl(?:fn|ws|pm|udf)\./gi, "");
}

/** @param {string} text */
export function csvField(text) {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A cell as JSON: its address, what it is, its value, and its formula and number format where it has some.
 *
 * @param {import("./workbook.mjs").Workbook} book
 * @param {import("./cells.mjs").Cell} cell
 */
export function cellJson(book, cell) {
  const isDate = cell.type === "number" && book.format(cell.style).date;
  const format = book.formatCode(cell.style);
  return {
    cell: addressOf(cell.row, cell.column),
    type: cell.type === "none" ? "uncalculated" : isDate ? "date" : cell.type,
    value: jsonValue(book, cell),
    ...(cell.formula === undefined ? {} : { formula: `=${readable(cell.formula)}` }),
    ...(cell.array ? { array: cell.array } : {}),
    ...(format === "General" ? {} : { format }),
  };
}

/**
 * @param {import("./workbook.mjs").Workbook} book
 * @param {import("./cells.mjs").Cell | undefined} cell
 * @returns {string | number | boolean | null}
 */
export function jsonValue(book, cell) {
  if (cell === undefined || cell.type === "none") return null;
  if (cell.type === "number" && book.format(cell.style).date)
    return dateText(book, Number(cell.value));
  return cell.value ?? null;
}
