import { pythonWhite } from "../shared/python-text.ts";

/** What Python 2.7 calls white space in text; neither JavaScript's `trim` nor `\s` is the same set. */
const WHITE = `${pythonWhite}\\u180e`;
const isWhite = new RegExp(`[${WHITE}]`);
const white = new RegExp(`[${WHITE}]`, "g");
const whiteRuns = new RegExp(`[${WHITE}]+`, "g");

/** `unicode.strip()`: the text without white space at both ends. */
export function strip(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isPythonWhite(text.charAt(start))) start++;
  while (end > start && isPythonWhite(text.charAt(end - 1))) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

/** Every run of white space as one plain space. */
export function collapseWhite(text: string): string {
  return text.replace(whiteRuns, " ");
}

/** Every character of white space as a plain space. */
export function plainWhite(text: string): string {
  return text.replace(white, " ");
}

// `unicode.isspace`.
function isPythonWhite(character: string): boolean {
  const code = character.charCodeAt(0);
  if (code < 0x80) return code === 0x20 || (code >= 9 && code <= 13) || (code >= 28 && code <= 31);
  return isWhite.test(character);
}
