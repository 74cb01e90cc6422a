import type { Row } from "../contracts/index.ts";
import type { LearningRequest, Rollout } from "./evolution.ts";

/** Whether a rollout is a failure, a success, or says nothing about the agent. */
export function sideOf(row: Row): "failure" | "success" | "errored" {
  if (row.grade?.kind !== "graded") return "errored";
  return row.grade.passed ? "success" : "failure";
}

/** A rollout that says something about the agent. */
export interface SidedRollout extends Rollout {
  readonly side: "failure" | "success";
}

/** The rollouts of the sides that the analysts setting asks for: failures, then successes. */
export function sidesFor(
  rollouts: readonly Rollout[],
  analysts: LearningRequest["analysts"],
): readonly SidedRollout[] {
  return (["failure", "success"] as const)
    .filter((side) => analysts === "combined" || (side === "failure") === (analysts === "error"))
    .flatMap((side) =>
      rollouts.filter(({ row }) => sideOf(row) === side).map((rollout) => ({ ...rollout, side })),
    );
}
