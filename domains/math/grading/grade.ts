import { z } from "zod";
import type { Evidence, Grade, JsonObject, Task } from "../../../harness/contracts/index.ts";
import { InputError, unreachable } from "../../../harness/errors.ts";
import type { Equivalence, Grader } from "./grader.ts";
import { graderCalled, graderNames } from "./graders.ts";

/** Name and version of the rules of all four graders. */
export const GRADER = "math-answers-1";

/**
 * Grades an answer by the grader that the evidence names; the score is 1 or 0.
 *
 * Ungraded where the answer is too hard to compare (see `default/limits.ts`).
 */
export function grade(task: Task, evidence: Evidence): Grade {
  const { answer, grader } = evidence;
  if (typeof answer !== "string" || typeof grader !== "string")
    throw new Error("this is no evidence of this domain");
  const found = graderCalled(grader);
  if (found === undefined) throw new Error(`there is no grader ${grader}`);
  return gradeOf(found.equivalent(answer, referenceOf(task.reference)));
}

/** A task's reference; the loader made it. */
export function referenceOf(reference: JsonObject): string {
  const { answer } = reference;
  if (typeof answer !== "string") throw new Error("this is no reference of this domain");
  return answer;
}

function gradeOf(found: Equivalence): Grade {
  switch (found.kind) {
    case "equal":
      return { kind: "graded", score: 1, passed: true, because: found.because };
    case "different":
      return { kind: "graded", score: 0, passed: false, because: found.because };
    case "undecided":
      return { kind: "ungraded", because: `the answer cannot be compared: ${found.because}` };
    default:
      return unreachable(found);
  }
}

const id = z.union([z.string().min(1), z.number()]);

/** A case of `npm run grade -- math`: an answer, or a whole response to look for one in. */
const gradeCaseSchema = z.union([
  z.object({ id, gold: z.string(), pred: z.string() }),
  z.object({ id, gold: z.string(), response: z.string() }),
]);

/** What `npm run grade -- math` prints for a case; an ungraded one has no score. */
export interface GradedCase {
  readonly id: string | number;
  readonly passed: boolean;
  readonly score: number | null;
  readonly because: string;
}

/**
 * Grades one parsed line of a case file.
 *
 * @param value `{id, gold, pred}`, or `{id, gold, response}` from which the answer is taken first; other
 * keys are ignored.
 * @param where `file:line`, for messages.
 * @param options `grader` is one of `graderNames`.
 * @throws {InputError} naming the field that is wrong, or the grader that does not exist.
 */
export function gradeCase(
  value: unknown,
  where: string,
  options: { readonly grader?: string } = {},
): GradedCase {
  const name = options.grader ?? graderNames[0];
  const grader = graderCalled(name);
  if (grader === undefined)
    throw new InputError({
      where: "--grader",
      problem: `there is no grader ${JSON.stringify(name)}`,
      fix: `Choose one of ${graderNames.join(", ")}.`,
    });
  const parsed = gradeCaseSchema.safeParse(value);
  if (!parsed.success) throw wrongCase(value, where);
  const { data } = parsed;
  const found =
    "pred" in data
      ? grader.equivalent(data.pred, data.gold)
      : judged(data.response, data.gold, grader);
  const result = gradeOf(found);
  return result.kind === "graded"
    ? { id: data.id, passed: result.passed, score: result.score, because: result.because }
    : { id: data.id, passed: false, score: null, because: `ungraded: ${result.because}` };
}

function judged(response: string, gold: string, grader: Grader): Equivalence {
  const answer = grader.extract(response);
  return answer === undefined
    ? { kind: "different", because: "no answer was found in the response" }
    : grader.equivalent(answer, gold);
}

const fields = z.object({
  id,
  gold: z.string(),
  pred: z.string().optional(),
  response: z.string().optional(),
});

function wrongCase(value: unknown, where: string): InputError {
  const issue = fields.safeParse(value).error?.issues[0];
  const field = issue === undefined ? "pred" : issue.path.join(".");
  return new InputError({
    where,
    ...(field === "" ? {} : { field }),
    problem: issue?.message ?? "there is neither pred nor response",
    fix: 'Write {"id": "...", "gold": "...", "pred": "..."} or {"id": "...", "gold": "...", "response": "..."}.',
  });
}
