import { unboxed } from "../../../domains/math/grading/boxed.ts";
import {
  lastAnswerLine,
  lastBracedBox,
  normalizedFinalAnswer,
} from "../../../domains/math/grading/math-dapo.ts";
import { tail } from "../../../domains/shared/python-text.ts";

/** What the reward writes where there is no answer line. */
export const NO_ANSWER = "[INVALID]";

/** The reward as it is paid in training, without and with `strict_box_verify`; the score is 1 or -1. */
export function dapoReward(
  response: string,
  reference: string,
  mode: "answer-line" | "strict-box",
): { readonly score: 1 | -1; readonly prediction: string | undefined } {
  const end = tail(response, 300);
  if (mode === "strict-box") {
    const box = lastBracedBox(tail(end, 100));
    const prediction = box === undefined ? undefined : unboxed(box);
    return { score: prediction === reference ? 1 : -1, prediction };
  }
  const prediction = normalizedFinalAnswer(lastAnswerLine(end) ?? NO_ANSWER);
  return { score: prediction === normalizedFinalAnswer(reference) ? 1 : -1, prediction };
}
