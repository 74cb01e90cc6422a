/** What Python 3's text does and JavaScript's does differently, as far as published graders show it. */

/**
 * What `\s` and `str.strip` take for white space, for use inside a character class; JavaScript adds
 * U+FEFF and lacks the separators. Python 2.7 adds U+180E.
 */
export const pythonWhite =
  "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

const edges = new RegExp(`^[${pythonWhite}]+|[${pythonWhite}]+$`, "g");

const whiteRuns = new RegExp(`[${pythonWhite}]+`, "g");

/** `str.strip`. */
export function strip(text: string): string {
  return text.replace(edges, "");
}

// Beside decimal digits Numeric_Type=Digit: superscripts, subscripts, circled and similar digits.
const digits =
  /^[\p{Nd}\u00b2\u00b3\u00b9\u1369-\u1371\u19da\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2468\u2474-\u247c\u2488-\u2490\u24ea\u24f5-\u24fd\u24ff\u2776-\u277e\u2780-\u2788\u278a-\u2792\u{10a40}-\u{10a43}\u{10e60}-\u{10e68}\u{11052}-\u{1105a}\u{1f100}-\u{1f10a}]+$/u;

/** `str.isdigit`: at least one character, and every one has a digit value. */
export function isDigits(text: string): boolean {
  return /^[0-9]+$/.test(text) || digits.test(text);
}

/** Single spaces between the words, none around them, as by Python's `" ".join(text.split())`. */
export function collapsed(text: string): string {
  return text.replace(whiteRuns, " ").replace(/^ | $/g, "");
}

/** The last `count` characters, counted as Python does: by code point. */
export function tail(text: string, count: number): string {
  let start = text.length;
  for (let taken = 0; taken < count && start > 0; taken++)
    start -= start > 1 && (text.codePointAt(start - 2) ?? 0) > 0xffff ? 2 : 1;
  return text.slice(start);
}

/** The first code point as text, or undefined of an empty string. */
export function firstCharacter(text: string): string | undefined {
  const code = text.codePointAt(0);
  return code === undefined ? undefined : String.fromCodePoint(code);
}
