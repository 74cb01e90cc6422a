/**
 * The `sheet` command: reads and writes cells of workbooks.
 *
 *     sheet list FILE
 *     sheet read FILE [--sheet NAME] [RANGE]
 *     sheet write FILE [--sheet NAME] CELL VALUE [CELL VALUE ...]
 *
 * Plain JavaScript in one place: a worker thread and a bare `node` in a sandbox run it as it is. It
 * touches no file itself; where files are is passed in.
 */

import { createRequire } from "node:module";
import { isDate } from "node:util/types";

/**
 * @typedef {object} SheetFiles where workbooks lie
 * @property {(path: string) => Promise<Uint8Array | undefined>} read the bytes, or undefined where there is no file
 * @property {(path: string, data: Uint8Array) => Promise<void>} write
 */

/** @typedef {{ stdout: string, stderr: string, exitCode: number }} SheetResult */

const usage =
  "usage: sheet list FILE | sheet read FILE [--sheet NAME] [RANGE] | sheet write FILE [--sheet NAME] CELL VALUE [CELL VALUE ...]";
const lastRow = 1_048_576;
const lastColumn = 16_384;

/** What the caller did wrong: one line, exit code 1. */
class SheetError extends Error {}

/**
 * @param {readonly string[]} args what follows `sheet` on the command line.
 * @param {SheetFiles} files
 * @returns {Promise<SheetResult>} never throws: every fault is one line on stderr and exit code 1.
 */
export async function runSheet(args, files) {
  try {
    return { stdout: await answer(args, files), stderr: "", exitCode: 0 };
  } catch (error) {
    const text = (error instanceof Error ? error.message : String(error)).split("\n")[0];
    return { stdout: "", stderr: `sheet: ${text}\n`, exitCode: 1 };
  }
}

/**
 * @param {readonly string[]} args
 * @param {SheetFiles} files
 */
async function answer(args, files) {
  const { words, sheetName } = splitArguments(args);
  const [verb, file, ...rest] = words;
  if (verb === "--help" || verb === "help") return `${usage}\n`;
  if (verb !== "list" && verb !== "read" && verb !== "write") throw new SheetError(usage);
  if (file === undefined) throw new SheetError(`no FILE given; ${usage}`);
  if (verb === "list") {
    const book = await openBook(file, files);
    return book.worksheets.map((/** @type {any} */ sheet) => `${sheet.name}\n`).join("");
  }
  if (verb === "read") {
    if (rest.length > 1)
      throw new SheetError(`read takes one RANGE, got: ${rest.join(" ")} (quote sheet names)`);
    const sheet = sheetOf(await openBook(file, files), sheetName, file);
    return csvOf(sheet, rest[0]);
  }
  await writeCells(file, sheetName, rest, files);
  return "";
}

/** @param {readonly string[]} args */
function splitArguments(args) {
  const words = [];
  /** @type {string | undefined} */
  let sheetName;
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? "";
    // After CELL, a word is a value, and a value may well be "--sheet".
    const isValue = words[0] === "write" && words.length >= 3 && words.length % 2 === 1;
    if (isValue || !word.startsWith("--sheet")) words.push(word);
    else if (word.startsWith("--sheet=")) sheetName = word.slice("--sheet=".length);
    else if (word === "--sheet" && i + 1 < args.length) sheetName = args[++i];
    else throw new SheetError("--sheet needs the name of a sheet");
  }
  return { words, sheetName };
}

/** Importing it takes 130 ms, so only a command that needs it does. */
function exceljs() {
  return createRequire(import.meta.url)("exceljs/dist/exceljs.min.js");
}

/**
 * @param {string} file
 * @param {SheetFiles} files
 */
async function openBook(file, files) {
  const data = await files.read(file);
  if (data === undefined) throw new SheetError(`${file}: no such file`);
  const book = new (exceljs().Workbook)();
  try {
    await book.xlsx.load(data);
  } catch {
    throw new SheetError(`${file}: not an .xlsx workbook`);
  }
  return book;
}

/**
 * @param {any} book
 * @param {string | undefined} name
 * @param {string} file
 */
function sheetOf(book, name, file) {
  const sheet =
    name === undefined
      ? book.worksheets[0]
      : (book.getWorksheet(name) ??
        book.worksheets.find(
          (/** @type {any} */ other) => other.name.toLowerCase() === name.toLowerCase(),
        ));
  if (sheet) return sheet;
  const names = book.worksheets.map((/** @type {any} */ other) => other.name).join(", ");
  throw new SheetError(`${file}: no sheet named ${name}; there are: ${names}`);
}

/**
 * @param {string} file
 * @param {string | undefined} sheetName
 * @param {readonly string[]} cells address and value in turn
 * @param {SheetFiles} files
 */
async function writeCells(file, sheetName, cells, files) {
  if (cells.length === 0 || cells.length % 2 === 1)
    throw new SheetError(`write needs CELL VALUE in pairs; ${usage}`);
  const exists = (await files.read(file)) !== undefined;
  const book = exists ? await openBook(file, files) : new (exceljs().Workbook)();
  const named = sheetName === undefined ? book.worksheets[0] : book.getWorksheet(sheetName);
  const sheet = named ?? book.addWorksheet(sheetName ?? "Sheet1");
  for (let i = 0; i < cells.length; i += 2) {
    const { row, column } = placeOf(cells[i] ?? "");
    const cell = sheet.getCell(row, column);
    const { value, format } = cellValueOf(cells[i + 1] ?? "");
    cell.value = value;
    if (format !== undefined && !/[dmy]/i.test(cell.numFmt ?? "")) cell.numFmt = format;
  }
  await files.write(file, new Uint8Array(await book.xlsx.writeBuffer()));
}

/**
 * @param {string} address such as `B2`
 * @returns {{ row: number, column: number }} both from 1
 */
function placeOf(address) {
  const match = /^\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})$/.exec(address);
  const column = columnNumber(match?.[1] ?? "");
  const row = Number(match?.[2]);
  if (!match || column > lastColumn || row > lastRow)
    throw new SheetError(`not a cell: ${address} (write it like B2)`);
  return { row, column };
}

/** @param {string} letters */
function columnNumber(letters) {
  return [...letters.toUpperCase()].reduce(
    (sum, letter) => sum * 26 + letter.charCodeAt(0) - 64,
    0,
  );
}

/**
 * What a word means as a cell: number, ISO date, formula, truth value or text. A leading apostrophe
 * makes it text, and a number with leading zeros is a code.
 *
 * @param {string} word
 * @returns {{ value: unknown, format?: string }}
 */
function cellValueOf(word) {
  if (word === "") return { value: null };
  if (word.startsWith("'")) return { value: word.slice(1) };
  if (/^=./.test(word)) return { value: { formula: word.slice(1) } };
  if (/^[+-]?(0|[1-9]\d*)?(\.\d+)?(?<=\d)(e[+-]?\d{1,3})?$/i.test(word)) {
    const number = Number(word);
    const exact = !Number.isInteger(number) || Number.isSafeInteger(number);
    if (Number.isFinite(number) && exact) return { value: number };
  }
  if (/^(true|false)$/i.test(word)) return { value: word.toLowerCase() === "true" };
  const iso = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?)?$/.exec(word);
  if (iso) {
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = iso
      .slice(1)
      .map((part) => Number(part ?? 0));
    const days = daysSince1970(year, month, day);
    const date = instant(((days * 24 + hour) * 60 + minute) * 60 + second);
    const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24;
    // Dates before March 1900 have no serial number that every reader agrees on.
    if (real && days >= daysSince1970(1900, 3, 1))
      return { value: date, format: iso[4] ? "yyyy-mm-dd hh:mm:ss" : "yyyy-mm-dd" };
  }
  return { value: word };
}

/**
 * @param {any} sheet
 * @param {string | undefined} range such as `A1:C5`, `B2` or `A:C`; all that is used without one
 */
function csvOf(sheet, range) {
  const used = { rows: sheet.rowCount, columns: sheet.columnCount };
  const { from, to } = boundsOf(range, used);
  const lines = [];
  for (let row = from.row; row <= to.row; row++) {
    const fields = [];
    for (let column = from.column; column <= to.column; column++) {
      const known = row <= used.rows && column <= used.columns;
      fields.push(known ? csvField(textOf(sheet.getCell(row, column))) : "");
    }
    lines.push(`${fields.join(",")}\r\n`);
  }
  return lines.join("");
}

/**
 * @param {string | undefined} range
 * @param {{ rows: number, columns: number }} used
 */
function boundsOf(range, used) {
  const all = { from: { row: 1, column: 1 }, to: { row: used.rows, column: used.columns } };
  if (range === undefined) return all;
  const [start = "", end = start, more] = range.split(":");
  if (more !== undefined) throw new SheetError(`not a range: ${range} (write it like A1:C5)`);
  const columns = /^\$?[A-Za-z]{1,3}$/;
  if (columns.test(start) && columns.test(end)) {
    const [a, b] = [start, end].map((letters) => columnNumber(letters.replace("$", "")));
    return {
      from: { row: 1, column: Math.min(a ?? 1, b ?? 1) },
      to: { row: used.rows, column: Math.min(Math.max(a ?? 1, b ?? 1), lastColumn) },
    };
  }
  const [a, b] = [placeOf(start), placeOf(end)];
  const single = start === end;
  // A huge range is cut to what is used; a single cell is always printed.
  return {
    from: { row: Math.min(a.row, b.row), column: Math.min(a.column, b.column) },
    to: {
      row: single ? a.row : Math.min(Math.max(a.row, b.row), used.rows),
      column: single ? a.column : Math.min(Math.max(a.column, b.column), used.columns),
    },
  };
}

/** @param {any} cell */
function textOf(cell) {
  // The library repeats the value of a merged area in each of its cells.
  if (cell.isMerged && cell.master.address !== cell.address) return "";
  return plainText(cell.value);
}

/**
 * @param {any} value as the library holds it
 * @returns {string}
 */
function plainText(value) {
  if (value === null || value === undefined) return "";
  if (isDate(value)) return isoOf(value);
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (typeof value !== "object") return String(value);
  if ("error" in value) return String(value.error);
  if ("richText" in value) return value.richText.map((/** @type {any} */ run) => run.text).join("");
  if ("hyperlink" in value) return plainText(value.text);
  if ("formula" in value || "sharedFormula" in value)
    return value.result === undefined
      ? `=${value.formula ?? value.sharedFormula}`
      : plainText(value.result);
  return String(value);
}

/**
 * A date without a time of day is only a date; a time on day 0 of the calendar is only a time.
 *
 * @param {Date} date
 */
function isoOf(date) {
  if (Number.isNaN(date.getTime())) return "#VALUE!";
  // Serial numbers carry rounding errors of some milliseconds.
  const iso = instant(Math.round(date.getTime() / 1000))
    .toISOString()
    .slice(0, 19);
  if (iso.startsWith("1899-12-30T")) return iso.slice(11);
  return iso.endsWith("T00:00:00") ? iso.slice(0, 10) : iso;
}

/** @param {number} seconds since 1970, UTC */
function instant(seconds) {
  // biome-ignore lint/style/noRestrictedGlobals: the value of a cell, not the time it is
  return new Date(seconds * 1000);
}

/**
 * Days of the Gregorian calendar from 1970-01-01 on, counted in years that begin in March.
 *
 * @param {number} year
 * @param {number} month from 1
 * @param {number} day from 1
 */
function daysSince1970(year, month, day) {
  const y = month < 3 ? year - 1 : year;
  const m = (month + 9) % 12;
  const leaps = Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  return 365 * y + leaps + Math.floor((153 * m + 2) / 5) + day - 1 - 719_468;
}

/** @param {string} text */
function csvField(text) {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
