import { z } from "zod";
import type { Evidence, Grade, JsonObject, Task } from "../../../harness/contracts/index.ts";
import { InputError } from "../../../harness/errors.ts";
import { anlsOf, THRESHOLD } from "./anls.ts";
import { fairPrediction } from "./fair-prediction.ts";

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

/** A case of `npm run grade -- visionqa`: a prediction made elsewhere, with its accepted answers. */
const gradeCaseSchema = z
  // Case files carry notes of their own beside these fields; they change nothing.
  .object({
    id: z.union([z.string().min(1), z.number()]),
    answers: z.array(z.string()),
    prediction: z.string(),
  });

/** What `npm run grade -- visionqa` prints for a case; an ungraded one has no score. */
export interface GradedCase {
  readonly id: string | number;
  readonly passed: boolean;
  readonly score: number | null;
  readonly because: string;
}

/**
 * Grades one parsed line of a case file, exactly as the competition's script would: the prediction as it is.
 *
 * @param value `{id, answers, prediction}`.
 * @param where `file:line`, for messages.
 * @param options `grader` must be absent: there is one.
 * @throws {InputError} naming the field that is wrong.
 */
export function gradeCase(
  value: unknown,
  where: string,
  options: { readonly grader?: string } = {},
): GradedCase {
  if (options.grader !== undefined)
    throw new InputError({
      where: "--grader",
      problem: "visionqa has one grader, ANLS",
      fix: "Leave the flag out.",
    });
  const parsed = gradeCaseSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue?.path.join(".") ?? "";
    throw new InputError({
      where,
      ...(field === "" ? {} : { field }),
      problem: issue?.message ?? "this is no case",
      fix: 'Write {"id": "...", "answers": ["..."], "prediction": "..."}.',
    });
  }
  const { id, answers, prediction } = parsed.data;
  const result = gradeOf(answers, prediction);
  return result.kind === "graded"
    ? { id, passed: result.passed, score: result.score, because: result.because }
    : { id, passed: false, score: null, because: `ungraded: ${result.because}` };
}
