import { collapsed } from "../text.ts";

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
