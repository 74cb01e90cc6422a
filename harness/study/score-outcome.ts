import type { Grade, Outcome } from "../contracts/index.ts";
import { unreachable } from "../errors.ts";

/**
 * Turns how an episode ended into a grade: the one place that says who pays for what.
 *
 * The agent pays (0) for ending without an answer; nobody pays for our own faults, so a broken
 * episode is ungraded, is counted apart and runs again.
 *
 * @param gradeSubmission called only for a submitted outcome.
 */
export async function scoreOutcome(
  outcome: Outcome,
  gradeSubmission: () => Promise<Grade>,
): Promise<Grade> {
  switch (outcome.kind) {
    case "submitted":
      return gradeSubmission();
    case "out-of-turns":
    case "out-of-tokens":
    case "out-of-time":
    case "context-exceeded":
    case "malformed-too-often":
    case "refused":
      return { kind: "graded", score: 0, passed: false, because: outcome.kind };
    case "broken":
      return { kind: "ungraded", because: `${outcome.where}: ${outcome.error}` };
    default:
      return unreachable(outcome);
  }
}
