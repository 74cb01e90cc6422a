import type { Grade } from "../../../harness/contracts/index.ts";
import type { Comparison } from "./compare/comparison.ts";

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

/**
 * Soft and hard score of a task, as both published evaluators count them. The verified set has one case
 * a task: there the two are the same.
 *
 * Soft is the share of cases that passed; hard is 1 where all did.
 *
 * @param passed one verdict a case; a task without cases scores 0 softly and 1 hard, as the paper's code has it.
 */
export function taskScores(passed: readonly boolean[]): { soft: number; hard: 0 | 1 } {
  const right = passed.filter((one) => one).length;
  return {
    soft: passed.length === 0 ? 0 : right / passed.length,
    hard: right === passed.length ? 1 : 0,
  };
}
