import { collapseWhite, strip } from "../python-text.ts";
import { lowerCased, withoutMarks } from "./unicode-5-2.ts";

// Printable ASCII that no rule of `normalize` touches except lower-casing: no quote, bracket, trailing
// mark, period or doubled space can be in such a text. Most answers are of this kind.
const untouched = /^[\w,:;!?$%&/=<>~@^{}|'-]+(?: [\w,:;!?$%&/=<>~@^{}|'-]+)*$/;
const ascii = /^\p{ASCII}*$/u;
const singleQuotes = /[\u2018\u2019\u00b4`]/g;
const doubleQuotes = /[\u201c\u201d]/g;
const dashes = /[\u2010-\u2014\u2212]/g;
const footnoteMarks = "\u2022\u2666\u2020\u2021*#+";
const digitsOnly = /^[0-9]+$/;

/**
 * The text under which two answers are the same string: `normalize` of the official evaluator.
 *
 * Marks above letters, footnote marks, trailing details in parentheses, outer quotation marks, one
 * final period, case and amount of white space do not count. The period is removed once, after
 * everything else, so what it uncovers stays.
 */
export function normalize(text: string): string {
  if (untouched.test(text)) return text.toLowerCase();
  const plain = ascii.test(text);
  let result = plain ? text : withoutMarks(text);
  result = result.replace(singleQuotes, "'").replace(doubleQuotes, '"').replace(dashes, "-");
  for (let before: string | undefined; result !== before; ) {
    before = result;
    result = withoutFootnotes(strip(result));
    result = withoutDetails(strip(result));
    result = unquoted(strip(result));
  }
  if (result.endsWith(".")) result = result.slice(0, -1);
  result = collapseWhite(result);
  return strip(plain ? result.toLowerCase() : lowerCased(result));
}

/**
 * Drops the trailing run of `[...]` and footnote marks.
 *
 * A bracket ends at the first `]` after it, and may hold further `[`. At the very start of the text only
 * `[digits]` counts, so that a text in brackets is not emptied.
 */
function withoutFootnotes(text: string): string {
  let end = text.length;
  while (end > 0) {
    if (footnoteMarks.includes(text.charAt(end - 1))) {
      end--;
      continue;
    }
    const open = text[end - 1] === "]" ? openingBracket(text, end) : -1;
    if (open < 0) break;
    end = open;
  }
  return text.slice(0, end);
}

function openingBracket(text: string, end: number): number {
  const from = end < 2 ? 0 : text.lastIndexOf("]", end - 2) + 1;
  let open = text.indexOf("[", from);
  if (open === 0 && !digitsOnly.test(text.slice(1, end - 1))) open = text.indexOf("[", 1);
  return open >= 0 && open < end ? open : -1;
}

/** Drops the trailing run of ` (...)`; each ends at the first `)` after it. */
function withoutDetails(text: string): string {
  let end = text.length;
  while (end > 1 && text[end - 1] === ")") {
    const open = text.indexOf(" (", text.lastIndexOf(")", end - 2) + 1);
    if (open < 1 || open >= end) break;
    end = open;
  }
  return text.slice(0, end);
}

function unquoted(text: string): string {
  return text.length >= 2 && text.startsWith('"') && text.indexOf('"', 1) === text.length - 1
    ? text.slice(1, -1)
    : text;
}
