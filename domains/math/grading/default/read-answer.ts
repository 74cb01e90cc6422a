import { unboxed } from "../boxed.ts";
import { lastBracedBox } from "../math-dapo.ts";
import { isProse, lastNumber } from "./prose.ts";

/** Boxes inside one another that are opened. */
const NESTED_BOXES = 5;

/**
 * The mathematics of an answer as it was given: what is in its last box, the last number of a sentence, without
 * separators in long numbers.
 */
export function readAnswer(answer: string): string {
  let text = answer;
  for (let level = 0; level < NESTED_BOXES; level++) {
    const box = lastBracedBox(text);
    const inner = box === undefined ? undefined : unboxed(box);
    if (inner === undefined) break;
    text = inner;
  }
  if (isProse(text)) text = lastNumber(text) ?? text;
  return withoutSeparators(text);
}

/** `1,234,567`, `1{,}234`, `1,\!234` and `1'234` are one number each; inside of brackets only `{,}` is. */
function withoutSeparators(text: string): string {
  const plain = text.replace(/(?<!\\)\\[()[\]]/g, " ").replace(/(?<=\d)\{,\}(?=\d{3})/g, "");
  // A comma after a lone zero is a decimal comma: no number is grouped like that.
  if (/^\s*\$?-?0,\d{3}\$?\s*$/.test(plain)) return plain.replace(",", ".");
  let depth = 0;
  let counted = 0;
  return plain.replace(grouped, (number, at: number) => {
    for (; counted < at; counted++) depth += depthChange(plain, counted);
    return depth === 0 ? number.replace(/[^\d]/g, "") : number;
  });
}

const grouped = /(?<![\d.,])\d{1,3}(?:(?:,\\{1,2}!(?:\\?\s)*|,|')\d{3})+(?![\d,'])/g;

/** Round and square brackets in any pairing, as intervals have them, and the braces of sets. */
function depthChange(text: string, at: number): number {
  const character = text[at];
  const brace = character === "\\" ? text[at + 1] : undefined;
  if (character === "(" || character === "[" || brace === "{") return 1;
  return character === ")" || character === "]" || brace === "}" ? -1 : 0;
}
