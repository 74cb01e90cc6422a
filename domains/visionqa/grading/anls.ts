import { distance } from "fastest-levenshtein";
import { collapsed } from "../../shared/python-text.ts";

/** A similarity below it counts as 0; one that is exactly it is kept. */
export const THRESHOLD = 0.5;

/** Pairs of characters that a comparison may take; past it, seconds. */
const MOST_PAIRS = 2e9;

/** A similarity to the nearest accepted answer, or why there is none. */
export type Similarity =
  | { readonly kind: "compared"; readonly anls: number; readonly before: number }
  | { readonly kind: "undecided"; readonly because: string };

/**
 * ANLS of a prediction as the script of the Robust Reading Competition computes it.
 *
 * Both sides are compared in lower case with single spaces, but the distance is divided by the length of
 * the longer raw text in upper case: white space around a prediction, and letters that become several in
 * upper case, make it look nearer than it is (`fairPrediction` is what the domain does about it).
 *
 * @param answers the accepted ones; without any the script stops, and nothing is decided here.
 * @returns `anls` from 0.5 to 1, or 0; `before` is the value before the threshold.
 */
export function anlsOf(answers: readonly string[], prediction: string): Similarity {
  if (answers.length === 0)
    return { kind: "undecided", because: "there is no accepted answer to compare with" };
  const got = normalized(prediction);
  const rawLength = lengthOf(prediction.toUpperCase());
  let nearest = Number.POSITIVE_INFINITY;
  for (const answer of answers) {
    const wanted = normalized(answer);
    if (wanted.length * got.length > MOST_PAIRS)
      return { kind: "undecided", because: "the answer is too long to compare" };
    const length = Math.max(lengthOf(answer.toUpperCase()), rawLength);
    nearest = Math.min(nearest, length === 0 ? 0 : levenshtein(wanted, got) / length);
  }
  const before = 1 - nearest;
  return { kind: "compared", anls: before < THRESHOLD ? 0 : before, before };
}

function normalized(text: string): string {
  return collapsed(text.toLowerCase());
}

/**
 * What an agent submitted, without what would only lengthen the text that ANLS divides by.
 *
 * White space becomes single spaces. A character that grows in upper case is written out (`ﬁ` as `fi`),
 * unless an accepted answer has it. Without the two, a hundred spaces or twenty `ΐ` pass for any short
 * answer. Neither changes the grade of an accepted answer.
 */
export function fairPrediction(prediction: string, answers: readonly string[]): string {
  const kept = new Set(answers.join(""));
  return collapsed(prediction).replace(/\P{ASCII}/gu, (character) => {
    const upper = character.toUpperCase();
    return [...upper].length === 1 || kept.has(character) ? character : upper.toLowerCase();
  });
}

/** Length in code points, as Python counts. */
const lengthOf = (text: string) => [...text].length;

/** The fewest insertions, deletions and substitutions of code points that turn `a` into `b`, as Python counts. */
export function levenshtein(a: string, b: string): number {
  if (!/[\ud800-\udfff]/.test(a + b)) return distance(a, b);
  // The library counts code units, so every code point gets a unit of its own.
  const unitOf = new Map<string, string>();
  const inUnits = (text: string) =>
    Array.from(text, (point) => {
      const unit = unitOf.get(point) ?? String.fromCharCode(unitOf.size);
      unitOf.set(point, unit);
      return unit;
    }).join("");
  return distance(inUnits(a), inUnits(b));
}
