import { z } from "zod";
import type {
  CaseGraderOptions,
  Evidence,
  Grade,
  JsonObject,
  Task,
} from "../../../harness/contracts/index.ts";
import { unreachable } from "../../../harness/errors.ts";
import { caseGraderOf, caseId, type LineGrader, refuseFlags } from "../../shared/cases.ts";
import { compare, type ItemsVerdict, type Reference } from "./match.ts";
import { EvaluatorStops } from "./values.ts";

/** Name and version of the rules: those of `evaluator.py` 1.0.2 under Python 2.7. */
export const GRADER = "wtq-official-1.0.2";

/**
 * Grades an answer as the official evaluator does; the score is 1 or 0.
 *
 * On an item where that evaluator stops with an exception the answer is wrong.
 */
export function grade(task: Task, evidence: Evidence): Grade {
  return graded(referenceOf(task.reference), stringsOf(evidence.items));
}

/** Grades predictions made elsewhere: `{id, target, canon?, prediction}`. */
export async function openCaseGrader(options: CaseGraderOptions): Promise<LineGrader> {
  refuseFlags("wtq", options, {
    grader: "it has one grader, the official one",
    root: "its cases name no files",
  });
  return caseGraderOf({
    schema: caseSchema,
    example: '{"id": "...", "target": ["..."], "canon": ["..."] or null, "prediction": ["..."]}',
    grade: ({ target, canon, prediction }) => graded({ target, canon: canon ?? null }, prediction),
  });
}

const caseSchema = z
  .object({
    id: caseId,
    target: z.array(z.string()),
    canon: z.array(z.string()).nullish(),
    prediction: z.array(z.string()),
  })
  .refine((it) => it.canon == null || it.canon.length === it.target.length, {
    path: ["canon"],
    message: "must have as many items as target",
  });

/** A task's reference with its types checked; the loader made it. */
export function referenceOf(reference: JsonObject): Reference {
  const { target, canon } = reference;
  return { target: stringsOf(target), canon: canon === null ? null : stringsOf(canon) };
}

function stringsOf(value: unknown): readonly string[] {
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
  throw new Error(`expected a list of strings, got ${JSON.stringify(value)}`);
}

function graded(reference: Reference, items: readonly string[]): Grade {
  const verdict = verdictOn(reference, items);
  const passed = verdict.kind === "right";
  return { kind: "graded", score: passed ? 1 : 0, passed, because: sentenceOf(verdict) };
}

type AnyVerdict = ItemsVerdict | { readonly kind: "stops"; readonly why: string };

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
