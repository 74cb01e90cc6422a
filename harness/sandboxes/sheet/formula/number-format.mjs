/** The number formats of TEXT, such as `#,##0.00`, `0%` and `yyyy-mm-dd`. */

import { civilOfSerial } from "../number-kinds.mjs";
import { CannotCompute, errors, numberText } from "./values.mjs";

const monthNames = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const dayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** The pieces of a format: literal texts, brackets, dates, digits and everything else. */
const pieces =
  /"([^"]*)"|\\(.)|_(.)|\*(.)|\[([^\]]*)\]|(am\/pm|a\/p)|(y+|m+|d+|h+|s+(?:\.0+)?|e+)|(general)|([0#?.,%/@]|E[+-])|([\s\S])/gi;

/**
 * @param {number | string} value
 * @param {string} format
 * @param {number} shift days to add where the calendar begins in 1904
 * @returns {string}
 */
export function formatNumber(value, format, shift) {
  const sections = sectionsOf(format);
  if (sections.length > 4) throw errors.value;
  if (typeof value === "string") {
    const section =
      sections.length === 4 ? (sections[3] ?? "@") : sections.find((part) => part.includes("@"));
    return section === undefined
      ? value
      : section.replace(/"([^"]*)"|\\(.)|@/g, (whole, text, sign) =>
          whole === "@" ? value : (text ?? sign),
        );
  }
  if (sections.some((section) => /\[[<>=]/.test(section)))
    throw new CannotCompute(`the number format ${format}`);
  const negative = value < 0;
  const [positive = "", below, zero] = sections;
  if (negative && below !== undefined) return oneSection(-value, below, shift);
  if (value === 0 && zero !== undefined) return oneSection(0, zero, shift);
  return oneSection(value, positive, shift);
}

/** @param {string} format */
function sectionsOf(format) {
  const sections = [""];
  for (const [piece] of format.matchAll(/"[^"]*"|\\.|\[[^\]]*\]|[\s\S]/g))
    if (piece === ";") sections.push("");
    else sections[sections.length - 1] += piece;
  return sections;
}

/** @typedef {{ kind: "text" | "date" | "half" | "bracket" | "general" | "sign", text: string }} Piece */

/** @param {number} value @param {string} section @param {number} shift */
function oneSection(value, section, shift) {
  /** @type {Piece[]} */
  const list = [];
  for (const [
    ,
    quoted,
    escaped,
    space,
    filled,
    bracket,
    half,
    date,
    general,
    sign,
    other,
  ] of section.matchAll(pieces))
    if (quoted !== undefined || escaped !== undefined || other !== undefined)
      list.push({ kind: "text", text: quoted ?? escaped ?? other ?? "" });
    else if (space !== undefined) list.push({ kind: "text", text: " " });
    else if (filled !== undefined) continue;
    else if (bracket !== undefined) list.push({ kind: "bracket", text: bracket.toLowerCase() });
    else if (half !== undefined) list.push({ kind: "half", text: half });
    else if (date !== undefined) list.push({ kind: "date", text: date.toLowerCase() });
    else if (general !== undefined) list.push({ kind: "general", text: general });
    else list.push({ kind: "sign", text: sign ?? "" });
  if (
    list.some(
      ({ kind, text }) =>
        kind === "date" || kind === "half" || (kind === "bracket" && /^(h+|m+|s+)$/.test(text)),
    )
  )
    return dateText(value + shift, list);
  if (list.some(({ kind }) => kind === "general"))
    return list
      .map(({ kind, text }) =>
        kind === "general" ? numberText(value) : kind === "text" ? text : "",
      )
      .join("");
  if (list.some(({ text, kind }) => kind === "sign" && text === "@"))
    return list
      .map(({ kind, text }) => (text === "@" && kind === "sign" ? numberText(value) : text))
      .join("");
  return digits(value, list);
}

/** @param {number} value @param {readonly Piece[]} list */
function digits(value, list) {
  const signs = list.flatMap(({ kind, text }) => (kind === "sign" ? [text] : []));
  if (!signs.some((sign) => /[0#?]/.test(sign))) {
    const text = list
      .map((piece) =>
        piece.kind === "text"
          ? piece.text
          : piece.kind === "bracket"
            ? money(piece.text)
            : piece.text === "%"
              ? "%"
              : "",
      )
      .join("");
    return value < 0 && text !== "" ? `-${text}` : text;
  }
  if (signs.includes("/")) throw new CannotCompute("a number format of fractions");
  const exponent = signs.findIndex((sign) => /^E/i.test(sign));
  const body = exponent < 0 ? signs : signs.slice(0, exponent);
  const point = body.indexOf(".");
  const before = point < 0 ? body : body.slice(0, point);
  const after = point < 0 ? [] : body.slice(point + 1).filter((sign) => /[0#?]/.test(sign));
  const places = before.filter((sign) => /[0#?]/.test(sign));
  const lastPlace = before.findLastIndex((sign) => /[0#?]/.test(sign));
  const thousands = body.filter(
    (sign, i) =>
      sign === "," &&
      i > lastPlace &&
      (point < 0 || i < point || i > body.findLastIndex((s) => /[0#?]/.test(s))),
  ).length;
  const grouped = before.some((sign, i) => sign === "," && i < lastPlace);
  const percents = list.filter(({ kind, text }) => kind === "sign" && text === "%").length;
  let amount = Math.abs(value) * 100 ** percents;
  if (thousands > 0) amount /= 1000 ** thousands;
  let power = 0;
  if (exponent >= 0 && amount > 0) {
    const step = Math.max(1, places.length);
    power = Math.floor(Math.log10(amount));
    power = step > 1 ? Math.floor(power / step) * step : power;
    amount /= 10 ** power;
    if (Number(amount.toFixed(Math.min(after.length, 20))) >= 10 ** step)
      [amount, power] = [amount / 10 ** step, power + step];
  }
  const [integer = "0", fraction = ""] = fixed(amount, Math.min(after.length, 20)).split(".");
  const least = places.length - places.indexOf("0");
  const width = places.includes("0") ? least : 0;
  const padding = places.includes("?") ? places.length : 0;
  let left = (integer === "0" ? "" : integer).padStart(width, "0").padStart(padding, " ");
  if (grouped) left = left.replace(/\B(?=(\d{3})+$)/g, ",");
  let right = fraction;
  for (let i = after.length - 1; i >= 0 && right.endsWith("0") && after[i] !== "0"; i--)
    right = right.slice(0, -1);
  const exponentDigits =
    exponent < 0 ? 0 : signs.slice(exponent + 1).filter((sign) => /[0#?]/.test(sign)).length;
  const mark =
    exponent < 0 ? "" : signs[exponent]?.[1] === "+" || power < 0 ? (power < 0 ? "-" : "+") : "";
  const tail =
    exponent < 0 ? "" : `E${mark}${String(Math.abs(power)).padStart(exponentDigits, "0")}`;
  const shown = left + (point < 0 ? "" : `.${right}`) + tail;
  const isZero = !/[1-9]/.test(shown);
  const text = withLiterals(list, left, point < 0 ? "" : `.${right}`, tail, places.length);
  return value < 0 && !isZero ? `-${text}` : text;
}

/**
 * The digits with the texts of the format between them.
 *
 * @param {readonly Piece[]} list
 * @param {string} left
 * @param {string} right with its point
 * @param {string} tail
 * @param {number} places before the point
 */
function withLiterals(list, left, right, tail, places) {
  const first = list.findIndex(({ kind, text }) => kind === "sign" && /[0#?.]/.test(text));
  const last = list.findLastIndex(({ kind, text }) => kind === "sign" && /[0#?.]/.test(text));
  const inner = list.slice(first, last + 1);
  const plain = (/** @type {readonly Piece[]} */ part) =>
    part
      .map(({ kind, text }) =>
        kind === "text" ? text : kind === "bracket" ? money(text) : text === "%" ? "%" : "",
      )
      .join("");
  const between = inner.some(({ kind }) => kind === "text");
  if (!between || tail !== "")
    return (
      plain(list.slice(0, first)) +
      left +
      right +
      tail +
      plain(inner.filter(({ kind }) => kind !== "sign")) +
      plain(list.slice(last + 1))
    );
  // Such as 000-00-0000: each place takes a digit, the first one all that are left.
  const digitsLeft = [...left.replaceAll(",", "")];
  const fractions = [...right.slice(1)];
  let passed = 0;
  let behind = false;
  const out = inner.map(({ kind, text }) => {
    if (kind === "text") return text;
    if (text === ".") {
      behind = true;
      return ".";
    }
    if (!/[0#?]/.test(text)) return "";
    if (behind) return fractions.shift() ?? "";
    const rest = places - passed++;
    return digitsLeft
      .splice(
        0,
        passed === 1
          ? Math.max(0, digitsLeft.length - rest + 1)
          : digitsLeft.length >= rest
            ? 1
            : 0,
      )
      .join("");
  });
  return plain(list.slice(0, first)) + out.join("") + plain(list.slice(last + 1));
}

/** What a bracket such as `[$€-407]` shows. @param {string} bracket */
function money(bracket) {
  return bracket.startsWith("$") ? (bracket.slice(1).split("-")[0] ?? "") : "";
}

/** Decimal places, halves away from zero as the number's 15 digits have it. @param {number} amount @param {number} places */
function fixed(amount, places) {
  if (amount >= 1e15)
    return amount.toLocaleString("en-US", { useGrouping: false, minimumFractionDigits: places });
  const shifted = Number(`${Number(amount.toPrecision(15))}e${places}`);
  if (!Number.isFinite(shifted) || shifted >= 1e15) return amount.toFixed(places);
  const whole = String(Math.floor(shifted + 0.5)).padStart(places + 1, "0");
  return places === 0 ? whole : `${whole.slice(0, -places)}.${whole.slice(-places)}`;
}

/** @param {number} serial @param {readonly Piece[]} list */
function dateText(serial, list) {
  if (serial < 0 || serial >= 2_958_466) throw errors.value;
  const parts = list.filter(({ kind, text }) => kind !== "bracket" || /^(h+|m+|s+)$/.test(text));
  const fractions =
    /\.(0+)$/.exec(
      parts.find(({ kind, text }) => kind === "date" && text.startsWith("s"))?.text ?? "",
    )?.[1]?.length ?? 0;
  const unit = 10 ** fractions;
  const ticks = Math.round(serial * 86_400 * unit);
  const day = Math.floor(ticks / (86_400 * unit));
  const rest = ticks - day * 86_400 * unit;
  const seconds = Math.floor(rest / unit);
  const { year, month, day: date } = civilOfSerial(day < 61 ? day + 1 : day);
  const half = parts.some(({ kind }) => kind === "half");
  const hour = Math.floor(seconds / 3600);
  const isMinute = parts.map((part, i) => {
    if (part.kind !== "date" || !/^m{1,2}$/.test(part.text)) return false;
    const dates = parts
      .map((other, at) => ({ ...other, at }))
      .filter(
        (other) =>
          other.at !== i &&
          (other.kind === "date" || (other.kind === "bracket" && /^[hms]/.test(other.text))),
      );
    const earlier = dates.filter((other) => other.at < i).at(-1)?.text ?? "";
    const later = dates.find((other) => other.at > i)?.text ?? "";
    return earlier.startsWith("h") || later.startsWith("s");
  });
  return parts
    .map(({ kind, text }, i) => {
      const two = (/** @type {number} */ number) =>
        String(number).padStart(Math.min(text.length, 2), "0");
      if (kind === "text") return text;
      if (kind === "half")
        return text.length === 3 ? (hour < 12 ? text[0] : text[2]) : hour < 12 ? "AM" : "PM";
      if (kind === "bracket") {
        const all =
          text[0] === "h"
            ? Math.floor(ticks / unit / 3600)
            : text[0] === "m"
              ? Math.floor(ticks / unit / 60)
              : Math.floor(ticks / unit);
        return String(all).padStart(text.length, "0");
      }
      if (kind !== "date") return text === "%" || text === "@" ? "" : text;
      switch (text[0]) {
        case "y":
        case "e":
          return text.length <= 2 && text[0] === "y"
            ? String(year % 100).padStart(2, "0")
            : String(year);
        case "m":
          if (isMinute[i]) return two(Math.floor(seconds / 60) % 60);
          if (text.length <= 2) return two(month);
          if (text.length === 5) return (monthNames[month - 1] ?? "").slice(0, 1);
          return (monthNames[month - 1] ?? "").slice(0, text.length === 3 ? 3 : undefined);
        case "d":
          if (text.length <= 2) return two(date);
          return (dayNames[(day + 6) % 7] ?? "").slice(0, text.length === 3 ? 3 : undefined);
        case "h":
          return two(half ? hour % 12 || 12 : hour);
        default: {
          const [whole = "s"] = text.split(".");
          const shown = String(seconds % 60).padStart(Math.min(whole.length, 2), "0");
          return fractions === 0
            ? shown
            : `${shown}.${String(rest % unit).padStart(fractions, "0")}`;
        }
      }
    })
    .join("");
}
