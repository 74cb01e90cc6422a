import { keptMessages } from "../agent/transcript.ts";
import type { JsonObject, UnitResult } from "../contracts/index.ts";
import type { Answer } from "./unit.ts";

/**
 * What a unit of one question stores.
 *
 * Where infrastructure failed it is marked ungraded, so that the next run tries it again.
 */
export function answerResult(answer: Answer<unknown>, result: JsonObject): UnitResult {
  return {
    result,
    ...(answer.end === "broken"
      ? { grade: { kind: "ungraded" as const, because: answer.because } }
      : {}),
    spent: answer.spent,
    elapsedMs: answer.elapsedMs,
    transcript: { messages: keptMessages(answer.messages) },
  };
}
