import { unboxed } from "../boxed.ts";
import { lastBracedBox } from "../math-dapo.ts";
import { limits } from "./limits.ts";
import { commandWords, isUnit, listWords, percentWords } from "./words.ts";

/** Boxes inside one another that are opened. */
const NESTED_BOXES = 5;

const answerPhrase = /\banswer\s*(?:is|:|=)\s*([^\n]+)/gi;
const displayed =
  /\$\$([^$]{1,2000})\$\$|\$([^$\n]{1,2000})\$|\\\(([^\n]{1,2000}?)\\\)|\\\[([\s\S]{1,2000}?)\\\]/g;

/**
 * The answer in a whole response.
 *
 * In this order: the last box; what follows `####`; a short response that is nothing but an answer; what
 * follows the last "answer is" or "Answer:"; the last formula; the last number.
 *
 * @returns undefined where there is none of them.
 */
export function extractAnswer(response: string): string | undefined {
  const text = response.slice(-limits.response);
  const box = lastBracedBox(text);
  if (box !== undefined) return unboxed(box);
  const end = text.slice(-limits.characters);
  const marked = /####[ \t]*([^\n]+)\s*$/.exec(end);
  if (marked?.[1] !== undefined) return marked[1].trim();
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  if (!trimmed.includes("\n") && trimmed.length <= 200 && !isProse(trimmed)) return trimmed;
  return (
    last(text, answerPhrase, closingPhrase) ?? last(end, displayed, (it) => it) ?? lastNumber(text)
  );
}

/**
 * The mathematics of an answer as it was given: what is in its last box, the last number of a sentence, without
 * separators in long numbers.
 */
export function readAnswer(answer: string): string {
  let text = answer;
  for (let level = 0; level < NESTED_BOXES; level++)
    text = unboxed(lastBracedBox(text) ?? "") ?? text;
  if (isProse(text)) text = lastNumber(text) ?? text;
  return withoutSeparators(text);
}

function last(text: string, pattern: RegExp, clean: (found: string) => string): string | undefined {
  const found = [...text.matchAll(pattern)].map((match) =>
    clean(match.slice(1).find((part) => part !== undefined) ?? ""),
  );
  return found.findLast((cleaned) => cleaned.trim() !== "");
}

/** The rest of a line up to its end or the next sentence, without emphasis; a formula in it stands for it. */
function closingPhrase(rest: string): string {
  const formula = /^[^$\\\d]{0,60}\$([^$]{1,2000})\$/.exec(rest)?.[1];
  if (formula !== undefined) return formula;
  const [phrase = ""] = rest.split(/(?<=[^\s.])\.(?:\s|$)|(?<=\d), (?=[a-z])/);
  return phrase.replace(/\*\*/g, "").trim();
}

const number = String.raw`\\[dtc]?frac\{[^{}]{1,60}\}\{[^{}]{1,60}\}|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?(?:/\d+)?|\.\d+`;
const numberInProse = new RegExp(
  String.raw`(?<![\w.,\\])[-−]?(?:${number})(?!\d)\s*(?:\\?%)?`,
  "g",
);

/** The last number or fraction of a sentence, or undefined. */
function lastNumber(text: string): string | undefined {
  return text.match(numberInProse)?.at(-1)?.trim();
}

/** Words set as text, and commands: neither makes a sentence. */
const markup = /\\(?:text\w*|mathrm|mbox|operatorname)\s*\{[^{}]*\}|\\[A-Za-z]+/g;
const bareWord = /(?<![^\s(:])([A-Za-z]{2,})(?=[\s:,.?!]|$)/g;

/** Whether a text is a sentence around an answer: it has a word that is no unit, and a number after it. */
function isProse(text: string): boolean {
  const lastDigit = text.search(/\d[^\d]*$/);
  const bare = text.replace(markup, (part) => " ".repeat(part.length));
  return [...bare.matchAll(bareWord)].some(({ index, 0: word }) => {
    const lower = word.toLowerCase();
    if (index >= lastDigit || isUnit(word) || commandWords.has(word)) return false;
    if (listWords.has(lower) || percentWords.has(lower)) return false;
    return !/^[=^_*/+\-<>(]/.test(bare.slice(index + word.length).trimStart());
  });
}

/** Long numbers with commas, spaces of LaTeX or apostrophes between their thousands. */
const grouped = /(?<![\d.,])\d{1,3}(?:(?:,\\{1,2}!(?:\\?\s)*|,|')\d{3})+(?![\d,'])/g;

/** `1,234,567`, `1{,}234`, `1,\!234` and `1'234` are one number each; inside of brackets only `{,}` is. */
function withoutSeparators(text: string): string {
  const plain = text.replace(/(?<!\\)\\[()[\]]/g, " ").replace(/(?<=\d)\{,\}(?=\d{3})/g, "");
  // A comma after a lone zero is a decimal comma: no number is grouped like that.
  if (/^\s*\$?-?0,\d{3}\$?\s*$/.test(plain)) return plain.replace(",", ".");
  let depth = 0;
  let counted = 0;
  return plain.replace(grouped, (number, at: number) => {
    // Round and square brackets in any pairing, as intervals have them, and the braces of sets.
    const before = plain.slice(counted, at);
    depth += (before.match(/[([]|\\\{/g) ?? []).length - (before.match(/[)\]]|\\\}/g) ?? []).length;
    counted = at;
    return depth === 0 ? number.replace(/\D/g, "") : number;
  });
}
