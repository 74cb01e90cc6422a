/** What cells hold: what a word means, and how a value is printed. */

import { nameOf } from "./addresses.mjs";

/** Formats that every program knows by number. */
const builtinCodes = new Map(
  "1~0|2~0.00|3~#,##0|4~#,##0.00|9~0%|10~0.00%|11~0.00E+00|12~# ?/?|13~# ??/??|14~m/d/yyyy|15~d-mmm-yy|16~d-mmm|17~mmm-yy|18~h:mm AM/PM|19~h:mm:ss AM/PM|20~h:mm|21~h:mm:ss|22~m/d/yyyy h:mm|37~#,##0 ;(#,##0)|38~#,##0 ;[Red](#,##0)|39~#,##0.00;(#,##0.00)|40~#,##0.00;[Red](#,##0.00)|45~mm:ss|46~[h]:mm:ss|47~mmss.0|48~##0.0E+0|49~@"
    .split("|")
    .map((entry) => entry.split("~")),
);
/** Numbers of formats for East Asian dates and times, which differ by language. */
const isLocalDate = (id) => (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
/** Days from day 0 of the calendar, 1899-12-30, to 1970-01-01, and on to the calendar from 1904. */
const [epochDays, days1904] = [25_569, 1462];
const dayMs = 86_400_000;
/** Serial numbers of the years with four digits. */
const [firstDay, endDay] = [-693_593, 2_958_466];

/** A number format, `{ code, isDate }`, by its number and by its code where the workbook defines one. */
export function formatOf(id, code) {
  const shown = code ?? builtinCodes.get(String(id)) ?? "General";
  // Durations such as [h]:mm count as times; colours and locales in brackets do not.
  const [bare] = shown
    .replace(/\[(?![hms]+\])[^\]]*\]/gi, "")
    .replace(/"[^"]*"|\\.|_./g, "")
    .split(";");
  const isDate = /[ymdhs]/i.test(bare) && !/general/i.test(bare);
  return { code: shown, isDate: isDate || (code === undefined && isLocalDate(id)) };
}

/** A serial number, days since 1899-12-30, in ISO 8601: a date, a time where the day is 0, or both. */
function isoOf(serial) {
  if (!(serial >= firstDay && serial < endDay)) return "#VALUE!";
  // Serial numbers carry rounding errors of some milliseconds.
  const ms = Math.round((serial - epochDays) * 86_400) * 1000;
  // biome-ignore lint/style/noRestrictedGlobals: the calendar, not the clock
  const iso = new Date(ms).toISOString().slice(0, 19);
  if (iso.endsWith("T00:00:00")) return iso.slice(0, 10);
  return iso.startsWith("1899-12-30") ? iso.slice(11) : iso;
}

/**
 * What a word on the command line, or a field of a CSV, means: number, ISO date, formula, truth value
 * or text. A leading apostrophe makes it text, and a number with leading zeros is a code.
 *
 * @param {boolean} asText takes it for text whatever it looks like
 * @returns {{ kind: "number" | "text" | "formula" | "boolean" | "empty", value?: unknown, format?: string }} with the format that a date is to have
 */
export function newValueOf(word, asText) {
  if (word === "") return { kind: "empty" };
  if (asText) return { kind: "text", value: word };
  if (word.startsWith("'")) return { kind: "text", value: word.slice(1) };
  if (/^=./.test(word)) return { kind: "formula", value: word.slice(1) };
  if (/^[+-]?(0|[1-9]\d*)?(\.\d+)?(?<=\d)(e[+-]?\d{1,3})?$/i.test(word)) {
    const value = Number(word);
    const isExact = !Number.isInteger(value) || Number.isSafeInteger(value);
    if (Number.isFinite(value) && isExact) return { kind: "number", value };
  }
  if (/^(true|false)$/i.test(word)) return { kind: "boolean", value: /^t/i.test(word) };
  return dateOf(word) ?? { kind: "text", value: word };
}

function dateOf(word) {
  const [, day, time, seconds = ":00"] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?)?$/.exec(word) ?? [];
  // Dates before March 1900 have no serial number that every reader agrees on.
  if (day === undefined || day < "1900-03-01") return undefined;
  // biome-ignore lint/style/noRestrictedGlobals: the calendar, not the clock
  const date = new Date(`${day}T${time ?? "00:00"}${seconds}Z`);
  if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(day)) return undefined;
  const format = time ? "yyyy-mm-dd hh:mm:ss" : "yyyy-mm-dd";
  return { kind: "number", value: date.getTime() / dayMs + epochDays, format };
}

/** A formula as a person writes it: newer functions without the marks that files have. */
const readable = (formula) => `=${formula.replace(/\b_xl(?:fn|ws|pm|udf)\./gi, "")}`;

const isDate = (book, cell) => cell?.type === "number" && book.format(cell.style).isDate;

/** A cell's value for JSON: dates as text in ISO 8601; null where nothing is, or nothing was calculated. */
export function jsonValue(book, cell) {
  if (isDate(book, cell)) return isoOf(cell.value + (book.from1904 ? days1904 : 0));
  return cell?.value ?? null;
}

/**
 * A cell as text: truth values as TRUE and FALSE, errors by their name, and a formula itself where it
 * was never calculated, or where `formulas` are asked for.
 */
export function shownText(book, cell, formulas = false) {
  if (cell?.formula !== undefined && (formulas || cell.value === undefined))
    return readable(cell.formula);
  const value = jsonValue(book, cell);
  return typeof value === "boolean" ? String(value).toUpperCase() : String(value ?? "");
}

/** A cell as JSON: its name, what it is, its value, and its formula and number format where it has some. */
export function cellJson(book, cell) {
  const { formula, array, type } = cell;
  const { code } = book.format(cell.style);
  return {
    cell: nameOf(cell),
    type: cell.value === undefined ? "uncalculated" : isDate(book, cell) ? "date" : type,
    value: jsonValue(book, cell),
    ...(formula === undefined ? {} : { formula: readable(formula) }),
    ...(array ? { array } : {}),
    ...(code === "General" ? {} : { format: code }),
  };
}
