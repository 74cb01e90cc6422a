import type { Grade } from "../../harness/contracts/index.ts";
import type { GraderName } from "./grading/compare/compare-workbooks.ts";
import type { Comparison } from "./grading/compare/comparison.ts";
import { taskScores } from "./grading/scores.ts";

/** Name and version of the rules of each grader. */
export const GRADERS: Readonly<Record<GraderName, string>> = {
  strict: "spreadsheet-strict-1",
  upstream: "spreadsheetbench-evaluation-1",
  reference: "trace2skill-evaluate-1",
};

/**
 * The grade of a task from its test cases, one to three: the score is the soft score, passed is the hard
 * one. The metric `untouched` is 1 where the unchanged inputs would pass every case as well.
 *
 * @returns ungraded where one case is, or where there is none.
 */
export function gradeOf(comparisons: readonly Comparison[]): Grade {
  const undecided = comparisons.find((one) => one.kind === "ungraded");
  if (undecided !== undefined) return { kind: "ungraded", because: undecided.because };
  if (comparisons.length === 0) return { kind: "ungraded", because: "there is no case to grade" };
  const graded = comparisons.filter((one) => one.kind === "graded");
  const { soft, hard } = taskScores(graded.map(({ passed }) => passed));
  const untouched = graded.every(({ untouchedPasses }) => untouchedPasses === true);
  const told = graded.map(
    (one, index) => (graded.length === 1 ? "" : `${index + 1}: `) + said(one),
  );
  return {
    kind: "graded",
    score: soft,
    passed: hard === 1,
    because: told.join("; "),
    metrics: { soft, hard, untouched: untouched ? 1 : 0 },
  };
}

/** Why a case passed or failed, a failure with its reason in front. */
export function said(comparison: Comparison): string {
  return comparison.kind === "ungraded" || comparison.passed
    ? comparison.because
    : `${comparison.reason}: ${comparison.because}`;
}
