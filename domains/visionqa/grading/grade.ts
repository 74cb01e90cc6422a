import { z } from "zod";
import type {
  CaseGraderOptions,
  Evidence,
  Grade,
  JsonObject,
  Task,
} from "../../../harness/contracts/index.ts";
import { caseGraderOf, caseId, type LineGrader, refuseFlags } from "../../shared/cases.ts";
import { anlsOf, fairPrediction, THRESHOLD } from "./anls.ts";

/** Name and version of the rules: ANLS of the competition's script, of a prediction without padding. */
export const GRADER = "docvqa-anls-0.5-1";

/**
 * Grades an answer: the score is its ANLS, and it passes from 0.5 on.
 *
 * Ungraded where the task has no accepted answer.
 */
export function grade(task: Task, evidence: Evidence): Grade {
  const { answer } = evidence;
  if (typeof answer !== "string") throw new Error("this is no evidence of this domain");
  const answers = answersOf(task.reference);
  return gradeOf(answers, fairPrediction(answer, answers));
}

/** The accepted answers of a task; the loader made them. */
export function answersOf(reference: JsonObject): readonly string[] {
  const parsed = z.array(z.string()).safeParse(reference["answers"]);
  if (!parsed.success) throw new Error("this is no reference of this domain");
  return parsed.data;
}

function gradeOf(answers: readonly string[], prediction: string): Grade {
  const similarity = anlsOf(answers, prediction);
  if (similarity.kind === "undecided") return { kind: "ungraded", because: similarity.because };
  const { anls, before } = similarity;
  const passed = anls >= THRESHOLD;
  return { kind: "graded", score: anls, passed, because: sentenceOf(anls, before) };
}

function sentenceOf(anls: number, before: number): string {
  if (anls === 1) return "matches an accepted answer";
  const share = before.toFixed(3);
  return anls === 0
    ? `similarity ${share} to the nearest accepted answer is below ${THRESHOLD}`
    : `similarity ${share} to the nearest accepted answer`;
}

/**
 * Grades predictions made elsewhere, `{id, answers, prediction}`, exactly as the competition's script would: the
 * prediction as it is.
 */
export async function openCaseGrader(options: CaseGraderOptions): Promise<LineGrader> {
  refuseFlags("visionqa", options, {
    grader: "it has one grader, ANLS",
    root: "its cases name no files",
  });
  return caseGraderOf({
    schema: z.object({ id: caseId, answers: z.array(z.string()), prediction: z.string() }),
    example: '{"id": "...", "answers": ["..."], "prediction": "..."}',
    grade: ({ answers, prediction }) => gradeOf(answers, prediction),
  });
}
