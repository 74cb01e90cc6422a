/** Values of formulas: numbers, texts, truth values, `null` for an empty cell, errors, areas and grids. */

import { serialOf } from "../number-kinds.mjs";

/** An error as a value, such as `#N/A`; also thrown by functions. */
export class XlError {
  /** @param {string} name */
  constructor(name) {
    this.name = name;
  }
}

const make = (/** @type {string} */ name) => new XlError(name);
export const errors = {
  null: make("#NULL!"),
  div: make("#DIV/0!"),
  value: make("#VALUE!"),
  ref: make("#REF!"),
  name: make("#NAME?"),
  num: make("#NUM!"),
  na: make("#N/A"),
  spill: make("#SPILL!"),
  calc: make("#CALC!"),
};
const byName = new Map(Object.values(errors).map((error) => [error.name, error]));

/** @param {string} name */
export function errorNamed(name) {
  return byName.get(name.toUpperCase()) ?? make(name);
}

/** A formula that cannot be computed here, with the reason. Its cell keeps its value. */
export class CannotCompute {
  /** @param {string} reason */
  constructor(reason) {
    this.reason = reason;
  }
}

/** @typedef {number | string | boolean | null | XlError} Scalar */

/** A rectangle of cells that a formula refers to. */
export class Area {
  /** @param {number} sheet @param {number} r1 @param {number} c1 @param {number} r2 @param {number} c2 */
  constructor(sheet, r1, c1, r2, c2) {
    this.sheet = sheet;
    this.r1 = r1;
    this.c1 = c1;
    this.r2 = r2;
    this.c2 = c2;
  }
  get rows() {
    return this.r2 - this.r1 + 1;
  }
  get columns() {
    return this.c2 - this.c1 + 1;
  }
}

/** A rectangle of values. */
export class Grid {
  /** @param {number} rows @param {number} columns @param {Scalar[]} data row by row */
  constructor(rows, columns, data) {
    this.rows = rows;
    this.columns = columns;
    this.data = data;
  }
  /** @param {number} row from 0 @param {number} column from 0 @returns {Scalar} */
  at(row, column) {
    return this.data[row * this.columns + column] ?? null;
  }
  /** @param {readonly Scalar[][]} rows */
  static of(rows) {
    const columns = Math.max(1, ...rows.map((row) => row.length));
    return new Grid(
      rows.length,
      columns,
      rows.flatMap((row) => [...row, ...Array(columns - row.length).fill(errors.na)]),
    );
  }
  /** @returns {Scalar[][]} */
  lists() {
    return Array.from({ length: this.rows }, (_, r) =>
      this.data.slice(r * this.columns, (r + 1) * this.columns),
    );
  }
}

/** A function as a value. */
export class Lambda {
  /** @param {(args: unknown[]) => any} call */
  constructor(call) {
    this.call = call;
  }
}

/** Several areas at once. */
export class Union {
  /** @param {Area[]} areas */
  constructor(areas) {
    this.areas = areas;
  }
}

/** @param {Scalar} value @returns {number} @throws {XlError} */
export function toNumber(value) {
  if (typeof value === "number") return value;
  if (value === null) return 0;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value instanceof XlError) throw value;
  const number = parseNumber(value);
  if (number === undefined) throw errors.value;
  return number;
}

/** @param {Scalar} value @returns {boolean} */
export function toBoolean(value) {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return value !== 0;
  if (value === null) return false;
  if (value instanceof XlError) throw value;
  if (/^true$/i.test(value)) return true;
  if (/^false$/i.test(value)) return false;
  throw errors.value;
}

/** @param {Scalar} value @returns {string} */
export function toText(value) {
  if (typeof value === "string") return value;
  if (value === null) return "";
  if (typeof value === "number") return numberText(value);
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  throw value;
}

/** A number as a cell of the format General has it in a text. @param {number} number */
export function numberText(number) {
  if (Number.isInteger(number) && Math.abs(number) < 1e15) return String(number);
  const short = String(Number(number.toPrecision(15)));
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(short);
  if (match === null) return short;
  const [, sign = "", first = "", rest = "", exponent = ""] = match;
  const power = Number(exponent);
  if (power < 0 && power >= -9) return `${sign}0.${"0".repeat(-power - 1)}${first}${rest}`;
  return `${sign}${first}${rest === "" ? "" : `.${rest}`}E${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

const months = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];

/** What a text means as a number: digits, a percentage, an amount, a date or a time. @param {string} text */
export function parseNumber(text) {
  const bare = text.trim();
  if (bare === "") return undefined;
  const plain =
    /^([+-]?)\s*[$€£]?\s*(\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*(%?)$/i.exec(
      bare,
    );
  if (plain) {
    const [, sign, digits = "", exponent = "", percent] = plain;
    const number = Number(digits.replaceAll(",", "") + exponent) * (sign === "-" ? -1 : 1);
    return percent === "%" ? number / 100 : number;
  }
  const inBrackets = /^\(\s*[$€£]?\s*(\d[\d,]*(?:\.\d*)?)\s*\)$/.exec(bare);
  if (inBrackets) return -Number((inBrackets[1] ?? "").replaceAll(",", ""));
  return parseDateTime(bare);
}

/** @param {string} text @returns {number | undefined} a serial number */
export function parseDateTime(text) {
  const match =
    /^(.*?)(?:(?:^|[\sT]+)(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?\s*([AaPp][Mm])?)?$/.exec(
      text.trim(),
    );
  if (match === null) return undefined;
  const [, date = "", hours, minutes, seconds, half] = match;
  let time = 0;
  if (hours !== undefined) {
    let hour = Number(hours);
    if (half !== undefined && (hour < 1 || hour > 12)) return undefined;
    if (/^p/i.test(half ?? "") && hour < 12) hour += 12;
    if (/^a/i.test(half ?? "") && hour === 12) hour = 0;
    if (Number(minutes) > 59 || Number(seconds ?? 0) >= 60) return undefined;
    time = (hour * 3600 + Number(minutes) * 60 + Number(seconds ?? 0)) / 86_400;
  }
  if (date.trim() === "") return hours === undefined ? undefined : time;
  const day = parseDate(date.trim());
  return day === undefined ? undefined : day + time;
}

/** @param {string} text */
function parseDate(text) {
  let match = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  if (match) return day(Number(match[1]), Number(match[2]), Number(match[3]));
  match = /^(\d{1,2})[-/](\d{1,2})[-/](\d{4}|\d{2})$/.exec(text);
  if (match) return day(fullYear(match[3] ?? ""), Number(match[1]), Number(match[2]));
  match = /^(\d{1,2})[-\s]*([A-Za-z]{3,9})\.?[-,\s]*(\d{4}|\d{2})$/.exec(text);
  if (match) return day(fullYear(match[3] ?? ""), monthNamed(match[2]), Number(match[1]));
  match = /^([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/.exec(text);
  if (match) return day(Number(match[3]), monthNamed(match[1]), Number(match[2]));
  match = /^([A-Za-z]{3,9})[-\s]+(\d{4})$/.exec(text);
  if (match) return day(Number(match[2]), monthNamed(match[1]), 1);
  return undefined;
}

/** @param {string | undefined} name */
function monthNamed(name) {
  const small = (name ?? "").toLowerCase();
  return (
    months.findIndex(
      (month) =>
        month === small ||
        month.slice(0, 3) === small ||
        (small === "sept" && month === "september"),
    ) + 1
  );
}

/** @param {string} digits */
function fullYear(digits) {
  const year = Number(digits);
  return digits.length === 4 ? year : year < 30 ? 2000 + year : 1900 + year;
}

/** @param {number} year @param {number} month @param {number} date */
function day(year, month, date) {
  if (month < 1 || month > 12 || date < 1 || year < 1900) return undefined;
  const serial = serialOf(year, month, date);
  if (serial >= serialOf(year, month + 1, 1)) return undefined;
  return serial < 61 ? serial - 1 : serial;
}

/** @param {Scalar} value */
function rank(value) {
  return typeof value === "number" ? 0 : typeof value === "string" ? 1 : 2;
}

const collator = new Intl.Collator("en", { sensitivity: "accent" });

/**
 * The order of values: numbers, then texts whatever their case, then truth values. An empty cell is
 * the zero of what it is compared with. Numbers are equal when their 15 digits are.
 *
 * @param {Scalar} a
 * @param {Scalar} b
 * @returns {number}
 */
export function compare(a, b) {
  if (a instanceof XlError) throw a;
  if (b instanceof XlError) throw b;
  const left = a === null ? zeroOf(b) : a;
  const right = b === null ? zeroOf(a) : b;
  if (typeof left === "number" && typeof right === "number") {
    if (left === right) return 0;
    const close = Math.abs(left - right) < 1e-14 * Math.abs(left);
    if (close && left.toPrecision(15) === right.toPrecision(15)) return 0;
    return left < right ? -1 : 1;
  }
  if (typeof left === "string" && typeof right === "string") return compareTexts(left, right);
  if (typeof left === "boolean" && typeof right === "boolean") return Number(left) - Number(right);
  return rank(left) - rank(right);
}

/** @param {string} a @param {string} b */
function compareTexts(a, b) {
  if (a === b) return 0;
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  return left === right ? 0 : collator.compare(left, right) || (left < right ? -1 : 1);
}

/** @param {Scalar} other */
function zeroOf(other) {
  return typeof other === "string" ? "" : typeof other === "boolean" ? false : 0;
}

/** @param {number} a @param {number} b @returns {Scalar} */
export function power(a, b) {
  if (a === 0 && b === 0) return errors.num;
  if (a === 0 && b < 0) return errors.div;
  return finite(a ** b);
}

/** @param {number} number @returns {Scalar} */
export function finite(number) {
  return Number.isFinite(number) ? number : errors.num;
}
