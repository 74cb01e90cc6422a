/** What a word on the command line, or a field of a CSV file, means as a cell. */

import { serialOf } from "./number-kinds.mjs";

/** @typedef {{ kind: "number", value: number, format?: string } | { kind: "text" | "formula", value: string } | { kind: "boolean", value: boolean } | { kind: "empty" }} NewValue */

/**
 * Number, ISO date, formula, truth value or text. A leading apostrophe makes it text, and a number
 * with leading zeros is a code.
 *
 * @param {string} word
 * @param {boolean} asText takes it for text whatever it looks like
 * @returns {NewValue}
 */
export function newValueOf(word, asText) {
  if (word === "") return { kind: "empty" };
  if (asText) return { kind: "text", value: word };
  if (word.startsWith("'")) return { kind: "text", value: word.slice(1) };
  if (/^=./.test(word)) return { kind: "formula", value: word.slice(1) };
  if (/^[+-]?(0|[1-9]\d*)?(\.\d+)?(?<=\d)(e[+-]?\d{1,3})?$/i.test(word)) {
    const number = Number(word);
    const exact = !Number.isInteger(number) || Number.isSafeInteger(number);
    if (Number.isFinite(number) && exact) return { kind: "number", value: number };
  }
  if (/^(true|false)$/i.test(word))
    return { kind: "boolean", value: word.toLowerCase() === "true" };
  return dateOf(word) ?? { kind: "text", value: word };
}

/**
 * @param {string} word
 * @returns {NewValue | undefined}
 */
function dateOf(word) {
  const iso = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?)?$/.exec(word);
  if (iso === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = iso
    .slice(1)
    .map((part) => Number(part ?? 0));
  const days = serialOf(year, month, day);
  const real =
    month >= 1 && month <= 12 && day >= 1 && serialOf(year, month + 1, 1) > days && hour < 24;
  // Dates before March 1900 have no serial number that every reader agrees on.
  if (!real || days < serialOf(1900, 3, 1)) return undefined;
  const value = days + ((hour * 60 + minute) * 60 + second) / 86_400;
  return { kind: "number", value, format: iso[4] ? "yyyy-mm-dd hh:mm:ss" : "yyyy-mm-dd" };
}
