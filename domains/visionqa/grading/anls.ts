import { levenshtein } from "./levenshtein.ts";
import { collapsed, lengthOf } from "../text.ts";

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
