import { commandWords, isUnit, listWords, percentWords } from "./words.ts";

/** Words set as text, and commands: neither makes a sentence. */
const markup = /\\(?:text\w*|mathrm|mbox|operatorname)\s*\{[^{}]*\}|\\[A-Za-z]+/g;
const bareWord = /(?<![^\s(:])([A-Za-z]{2,})(?=[\s:,.?!]|$)/g;

/** Whether a text is a sentence around an answer: it has a word that is no unit, and a number after it. */
export function isProse(text: string): boolean {
  const lastDigit = text.search(/\d[^\d]*$/);
  if (lastDigit < 0) return false;
  const bare = text.replace(markup, (part) => " ".repeat(part.length));
  for (const match of bare.matchAll(bareWord)) {
    const word = match[1] ?? "";
    const lower = word.toLowerCase();
    if (isUnit(word) || listWords.has(lower) || percentWords.has(lower) || commandWords.has(word))
      continue;
    const after = bare.slice(match.index + word.length).trimStart();
    if (match.index < lastDigit && !/^[=^_*/+\-<>(]/.test(after)) return true;
  }
  return false;
}

const number = String.raw`\\[dtc]?frac\{[^{}]{1,60}\}\{[^{}]{1,60}\}|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?(?:/\d+)?|\.\d+`;
const numberInProse = new RegExp(
  String.raw`(?<![\w.,\\])[-−]?(?:${number})(?!\d)\s*(?:\\?%)?`,
  "g",
);

/** The last number or fraction of a sentence, or undefined. */
export function lastNumber(text: string): string | undefined {
  let last: string | undefined;
  for (const [found] of text.matchAll(numberInProse)) last = found;
  return last?.trim();
}
