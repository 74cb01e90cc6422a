/** Texts. */

import { define, gridOf, itemsOf, whole, wildcard } from "./arguments.mjs";
import { formatNumber } from "./number-format.mjs";
import {
  Area,
  errors,
  Grid,
  parseNumber,
  toBoolean,
  toNumber,
  toText,
  XlError,
} from "./values.mjs";

/** @type {Map<string, import("./arguments.mjs").Known>} */
export const texts = new Map();

/** What a cell can hold, in characters. */
const longest = 32_767;

/** @param {string} text */
function bounded(text) {
  if (text.length > longest) throw errors.value;
  return text;
}

/** @param {any} value @param {number} standard */
function length(value, standard) {
  const count = value === undefined ? standard : Math.trunc(toNumber(value));
  if (count < 0) throw errors.value;
  return count;
}

define(texts, "LEFT LEFTB", "v", 1, 2, ([text, count]) =>
  toText(text ?? null).slice(0, length(count, 1)),
);
define(texts, "RIGHT RIGHTB", "v", 1, 2, ([text, count]) => {
  const [own, many] = [toText(text ?? null), length(count, 1)];
  return many === 0 ? "" : own.slice(-many);
});
define(texts, "MID MIDB", "v", 3, 3, ([text, start, count]) => {
  const from = whole(start);
  if (from < 1) return errors.value;
  return toText(text ?? null).slice(from - 1, from - 1 + length(count, 0));
});
define(texts, "LEN LENB", "v", 1, 1, ([text]) => toText(text ?? null).length);
define(texts, "TRIM", "v", 1, 1, ([text]) =>
  toText(text ?? null)
    .replace(/ +/g, " ")
    .replace(/^ | $/g, ""),
);
define(texts, "CLEAN", "v", 1, 1, ([text]) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it takes away
  toText(text ?? null).replace(/[\u0000-\u001f]/g, ""),
);
define(texts, "UPPER", "v", 1, 1, ([text]) => toText(text ?? null).toUpperCase());
define(texts, "LOWER", "v", 1, 1, ([text]) => toText(text ?? null).toLowerCase());
define(texts, "PROPER", "v", 1, 1, ([text]) =>
  toText(text ?? null)
    .toLowerCase()
    .replace(/(^|[^\p{L}])(\p{L})/gu, (_, before, letter) => before + letter.toUpperCase()),
);
define(texts, "CONCAT", "r", 1, 255, (args, context) =>
  bounded(itemsOf(args, context).map(toText).join("")),
);
define(texts, "CONCATENATE", "v", 1, 255, (args) =>
  bounded(args.map((arg) => toText(arg ?? null)).join("")),
);
define(texts, "TEXTJOIN", "rvr", 3, 255, ([between, skip, ...rest], context) => {
  const marks = itemsOf([between], context).map(toText);
  const parts = itemsOf(rest, context)
    .map(toText)
    .filter((part) => part !== "" || !toBoolean(skip ?? true));
  return bounded(
    parts
      .map((part, i) => (i === 0 ? part : (marks[(i - 1) % marks.length] ?? "") + part))
      .join(""),
  );
});
define(texts, "EXACT", "v", 2, 2, ([a, b]) => toText(a ?? null) === toText(b ?? null));
define(texts, "REPT", "v", 2, 2, ([text, count]) => {
  const [own, many] = [toText(text ?? null), length(count, 0)];
  if (own.length * many > longest) return errors.value;
  return own.repeat(many);
});
define(texts, "SUBSTITUTE", "v", 3, 4, ([text, old, made, which]) => {
  const [own, from, to] = [toText(text ?? null), toText(old ?? null), toText(made ?? null)];
  if (from === "") return own;
  if (which === undefined) return bounded(own.replaceAll(from, () => to));
  let left = whole(which);
  if (left < 1) return errors.value;
  for (let at = own.indexOf(from); at >= 0; at = own.indexOf(from, at + from.length))
    if (--left === 0) return bounded(own.slice(0, at) + to + own.slice(at + from.length));
  return own;
});
define(texts, "REPLACE REPLACEB", "v", 4, 4, ([text, start, count, made]) => {
  const [own, from] = [toText(text ?? null), whole(start)];
  if (from < 1) return errors.value;
  return own.slice(0, from - 1) + toText(made ?? null) + own.slice(from - 1 + length(count, 0));
});
define(texts, "FIND FINDB", "v", 2, 3, ([part, text, start]) => {
  const from = whole(start, 1);
  const at = from < 1 ? -1 : toText(text ?? null).indexOf(toText(part ?? null), from - 1);
  return at < 0 ? errors.value : at + 1;
});
define(texts, "SEARCH SEARCHB", "v", 2, 3, ([part, text, start]) => {
  const [own, from, wanted] = [
    toText(text ?? null).toLowerCase(),
    whole(start, 1),
    toText(part ?? null).toLowerCase(),
  ];
  if (from < 1 || from > own.length + 1) return errors.value;
  if (!/[*?~]/.test(wanted)) {
    const at = own.indexOf(wanted, from - 1);
    return at < 0 ? errors.value : at + 1;
  }
  const begins = wildcard(`${wanted}*`);
  for (let at = from - 1; at <= own.length; at++) if (begins(own.slice(at))) return at + 1;
  return errors.value;
});
define(texts, "CHAR", "v", 1, 1, ([code]) => {
  const number = whole(code);
  if (number < 1 || number > 255) return errors.value;
  return new TextDecoder("windows-1252").decode(Uint8Array.of(number));
});
define(texts, "UNICHAR", "v", 1, 1, ([code]) => {
  const number = whole(code);
  return number < 1 || number > 0x10ffff ? errors.value : String.fromCodePoint(number);
});
define(
  texts,
  "CODE UNICODE",
  "v",
  1,
  1,
  ([text]) => toText(text ?? null).codePointAt(0) ?? errors.value,
);
define(texts, "VALUE", "v", 1, 1, ([value]) => {
  if (value === null || value === undefined) return 0;
  return typeof value === "boolean" ? errors.value : toNumber(value);
});
define(texts, "NUMBERVALUE", "v", 1, 3, ([text, point, group]) => {
  const [decimal, thousands] = [toText(point ?? "."), toText(group ?? ",")];
  const plain = toText(text ?? null)
    .replace(/\s/g, "")
    .replaceAll(thousands, "")
    .replaceAll(decimal, ".");
  return plain === "" ? 0 : (parseNumber(plain) ?? errors.value);
});
define(texts, "TEXT", "v", 2, 2, ([value, format], { calc }) => {
  const code = toText(format ?? null);
  if (code === "") return "";
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  const number = typeof value === "string" ? parseNumber(value) : toNumber(value ?? null);
  return formatNumber(number ?? String(value), code, calc.shift);
});
define(texts, "FIXED", "v", 1, 3, ([value, digits, plain]) => {
  const places = Math.max(0, Math.min(20, whole(digits, 2)));
  const zeros = places === 0 ? "" : `.${"0".repeat(places)}`;
  return formatNumber(
    toNumber(value),
    (plain !== undefined && toBoolean(plain) ? "0" : "#,##0") + zeros,
    0,
  );
});
define(texts, "DOLLAR", "v", 1, 2, ([value, digits]) => {
  const places = Math.max(0, Math.min(20, whole(digits, 2)));
  const zeros = places === 0 ? "" : `.${"0".repeat(places)}`;
  return formatNumber(toNumber(value), `$#,##0${zeros};($#,##0${zeros})`, 0);
});

/** @param {any} marks @param {any} context */
function delimiters(marks, context) {
  return itemsOf([marks], context)
    .map(toText)
    .filter((mark) => mark !== "");
}

/** @param {boolean} after */
function side(after) {
  return (
    /** @type {any[]} */ [text, mark, which, mode, atEnd, otherwise],
    /** @type {any} */ context,
  ) => {
    const own = toText(text ?? null);
    const loose = whole(mode) === 1;
    const searched = loose ? own.toLowerCase() : own;
    const marks = delimiters(mark, context).map((item) => (loose ? item.toLowerCase() : item));
    const places = [];
    for (let at = 0; at < own.length; ) {
      const found = marks.find((item) => searched.startsWith(item, at));
      if (found !== undefined) places.push([at, at + found.length]);
      at += found?.length || 1;
    }
    if (whole(atEnd) === 1) places.push([own.length, own.length]);
    const number = whole(which, 1);
    const place = number > 0 ? places[number - 1] : places.at(number);
    if (number === 0) return errors.value;
    if (place === undefined) return otherwise ?? errors.na;
    return after ? own.slice(place[1]) : own.slice(0, place[0]);
  };
}
define(texts, "TEXTBEFORE", "vrvvvv", 2, 6, side(false));
define(texts, "TEXTAFTER", "vrvvvv", 2, 6, side(true));
define(texts, "TEXTSPLIT", "vrrvvv", 2, 6, ([text, columns, rows, skip, , padding], context) => {
  const cut = (/** @type {string} */ body, /** @type {string[]} */ marks) => {
    if (marks.length === 0) return [body];
    const parts = [];
    let start = 0;
    for (let at = 0; at < body.length; ) {
      const found = marks.find((item) => body.startsWith(item, at));
      if (found !== undefined) {
        parts.push(body.slice(start, at));
        start = at + found.length;
      }
      at += found?.length ?? 1;
    }
    parts.push(body.slice(start));
    return skip !== undefined && toBoolean(skip) ? parts.filter((part) => part !== "") : parts;
  };
  const lines = cut(toText(text ?? null), rows === undefined ? [] : delimiters(rows, context));
  const grid = lines.map((line) =>
    cut(line, columns === undefined ? [] : delimiters(columns, context)),
  );
  const wide = Math.max(...grid.map((line) => line.length));
  return new Grid(
    grid.length,
    wide,
    grid.flatMap((line) => [...line, ...Array(wide - line.length).fill(padding ?? errors.na)]),
  );
});
define(texts, "ARRAYTOTEXT", "rv", 1, 2, ([range], context) =>
  gridOf(range, context)
    .data.map((item) => (item instanceof XlError ? item.name : toText(item)))
    .join(", "),
);
define(texts, "FORMULATEXT", "r", 1, 1, ([range], { calc }) => {
  if (!(range instanceof Area)) return errors.na;
  const text = calc.formulaText(range.sheet, range.r1, range.c1);
  return text === undefined ? errors.na : `=${text}`;
});
