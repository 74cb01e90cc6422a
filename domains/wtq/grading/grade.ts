import { z } from "zod";
import type { Evidence, Grade, JsonObject, Task } from "../../../harness/contracts/index.ts";
import { InputError, unreachable } from "../../../harness/errors.ts";
import { compare, type Reference, type Verdict } from "./match.ts";
import { EvaluatorStops } from "./values.ts";

/** Name and version of the rules: those of `evaluator.py` 1.0.2 under Python 2.7. */
export const GRADER = "wtq-official-1.0.2";

/**
 * Grades an answer as the official evaluator does; the score is 1 or 0.
 *
 * On an item where that evaluator stops with an exception the answer is wrong.
 */
export function grade(task: Task, evidence: Evidence): Grade {
  const items = itemsOf(evidence);
  return graded(referenceOf(task.reference), items);
}

/** A case of `npm run grade -- wtq`: a prediction made elsewhere, with its reference. */
const gradeCaseSchema = z
  // Case files carry notes of their own beside these fields; they change nothing.
  .object({
    id: z.union([z.string().min(1), z.number()]),
    target: z.array(z.string()),
    canon: z.array(z.string()).nullish(),
    prediction: z.array(z.string()),
  })
  .refine((it) => it.canon == null || it.canon.length === it.target.length, {
    path: ["canon"],
    message: "must have as many items as target",
  });

/** What `npm run grade -- wtq` prints for a case. */
export interface GradedCase {
  readonly id: string | number;
  readonly passed: boolean;
  readonly score: number;
  readonly because: string;
}

/**
 * Grades one parsed line of a case file.
 *
 * @param value `{id, target, canon?, prediction}`.
 * @param where `file:line`, for messages.
 * @throws {InputError} naming the field that is wrong.
 */
export function gradeCase(value: unknown, where: string): GradedCase {
  const parsed = gradeCaseSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const unknownKey = issue?.code === "unrecognized_keys" ? issue.keys[0] : undefined;
    const path = [...(issue?.path ?? []), ...(unknownKey === undefined ? [] : [unknownKey])];
    throw new InputError({
      where,
      ...(path.length > 0 ? { field: path.join(".") } : {}),
      problem: issue?.message ?? "this is no case",
      fix: 'Write {"id": "...", "target": ["..."], "canon": ["..."] or null, "prediction": ["..."]}.',
    });
  }
  const { id, target, canon, prediction } = parsed.data;
  const result = graded({ target, canon: canon ?? null }, prediction);
  return { id, passed: result.passed, score: result.score, because: result.because };
}

/** A task's reference with its types checked; the loader made it. */
export function referenceOf(reference: JsonObject): Reference {
  const { target, canon } = reference;
  return { target: stringsOf(target), canon: canon === null ? null : stringsOf(canon) };
}

function itemsOf(evidence: Evidence): readonly string[] {
  return stringsOf(evidence["items"]);
}

function stringsOf(value: unknown): readonly string[] {
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
  throw new Error(`expected a list of strings, got ${JSON.stringify(value)}`);
}

function graded(reference: Reference, items: readonly string[]): Grade & { kind: "graded" } {
  const verdict = verdictOn(reference, items);
  const passed = verdict.kind === "right";
  return { kind: "graded", score: passed ? 1 : 0, passed, because: sentenceOf(verdict) };
}

type AnyVerdict = Verdict | { readonly kind: "stops"; readonly why: string };

function verdictOn(reference: Reference, items: readonly string[]): AnyVerdict {
  try {
    return compare(reference, items);
  } catch (error) {
    if (error instanceof EvaluatorStops) return { kind: "stops", why: error.message };
    throw error;
  }
}

function sentenceOf(verdict: AnyVerdict): string {
  switch (verdict.kind) {
    case "right":
      return "every item matches";
    case "wrong-size":
      return `expected ${verdict.expected} distinct item(s), got ${verdict.got}`;
    case "missing":
      return "an expected item matches none of the answer's";
    case "stops":
      return `the official evaluator stops: ${verdict.why}`;
    default:
      return unreachable(verdict);
  }
}
