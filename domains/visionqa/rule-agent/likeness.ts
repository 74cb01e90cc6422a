import { distance } from "fastest-levenshtein";
import { fold } from "../../../harness/models/rule-based/kit.ts";

/** How alike two texts are, from 0 to 1: the share of characters that need not be changed. */
export function likeness(a: string, b: string): number {
  const [left, right] = [fold(a), fold(b)];
  const length = Math.max(left.length, right.length);
  return length === 0 ? 1 : 1 - distance(left, right) / length;
}

/** Lower-case words without punctuation. */
export function plainWords(text: string): readonly string[] {
  return fold(text)
    .split(/[^\p{L}\p{N}#]+/u)
    .filter((word) => word !== "");
}

/** Whether a phrase stands in a text, letters that were misread overlooked. */
export function mentions(text: readonly string[], phrase: readonly string[]): boolean {
  const wanted = phrase.join(" ");
  if (wanted.length < 2) return false;
  return text.some((_, at) => {
    const window = text.slice(at, at + phrase.length).join(" ");
    return window === wanted || (wanted.length > 4 && likeness(window, wanted) >= 0.8);
  });
}
