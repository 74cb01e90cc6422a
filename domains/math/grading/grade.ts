import { z } from "zod";
import type {
  CaseGraderOptions,
  Evidence,
  Grade,
  JsonObject,
  Task,
} from "../../../harness/contracts/index.ts";
import { caseGraderOf, caseId, type LineGrader, refuseFlags } from "../../shared/cases.ts";
import type { Equivalence } from "./grader.ts";
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
  return gradeOf(graderCalled(grader).equivalent(answer, referenceOf(task.reference)));
}

/** A task's reference; the loader made it. */
export function referenceOf(reference: JsonObject): string {
  const { answer } = reference;
  if (typeof answer !== "string") throw new Error("this is no reference of this domain");
  return answer;
}

function gradeOf({ kind, because }: Equivalence): Grade {
  if (kind === "undecided")
    return { kind: "ungraded", because: `the answer cannot be compared: ${because}` };
  const passed = kind === "equal";
  return { kind: "graded", score: passed ? 1 : 0, passed, because };
}

/**
 * Grades predictions made elsewhere: `{id, gold, pred}`, or `{id, gold, response}` from which the answer is
 * taken first.
 */
export async function openCaseGrader(options: CaseGraderOptions): Promise<LineGrader> {
  refuseFlags("math", options, { root: "its cases name no files" });
  const grader = graderCalled(options.grader ?? graderNames[0]);
  return caseGraderOf({
    schema: caseSchema,
    example:
      '{"id": "...", "gold": "...", "pred": "..."} or {"id": "...", "gold": "...", "response": "..."}',
    grade({ gold, pred, response = "" }) {
      const answer = pred ?? grader.extract(response);
      if (answer !== undefined) return gradeOf(grader.equivalent(answer, gold));
      return gradeOf({ kind: "different", because: "no answer was found in the response" });
    },
  });
}

const caseSchema = z
  .object({
    id: caseId,
    gold: z.string(),
    pred: z.string().optional(),
    response: z.string().optional(),
  })
  .refine(({ pred, response }) => (pred ?? response) !== undefined, {
    path: ["pred"],
    message: "there is neither pred nor response",
  });
