import { unboxed } from "../boxed.ts";
import { lastBracedBox } from "../math-dapo.ts";
import { limits } from "./limits.ts";
import { isProse, lastNumber } from "./prose.ts";

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
  const marked = /####[ \t]*([^\n]+)\s*$/.exec(text.slice(-limits.characters));
  if (marked?.[1] !== undefined) return marked[1].trim();
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  if (!trimmed.includes("\n") && trimmed.length <= 200 && !isProse(trimmed)) return trimmed;
  return (
    last(text, answerPhrase, closingPhrase) ??
    last(text.slice(-limits.characters), displayed, (it) => it) ??
    lastNumber(text)
  );
}

function last(text: string, pattern: RegExp, clean: (found: string) => string): string | undefined {
  let found: string | undefined;
  for (const match of text.matchAll(pattern)) {
    const cleaned = clean(match.slice(1).find((part) => part !== undefined) ?? "");
    if (cleaned.trim() !== "") found = cleaned;
  }
  return found;
}

/** The rest of a line up to its end or the next sentence, without emphasis; a formula in it stands for it. */
function closingPhrase(rest: string): string {
  const formula = /^[^$\\\d]{0,60}\$([^$]{1,2000})\$/.exec(rest)?.[1];
  if (formula !== undefined) return formula;
  return (rest.split(/(?<=[^\s.])\.(?:\s|$)|(?<=\d), (?=[a-z])/)[0] ?? "")
    .replace(/\*\*/g, "")
    .trim();
}
