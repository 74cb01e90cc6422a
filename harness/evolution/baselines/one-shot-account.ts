import type { Row, Skill } from "../../contracts/index.ts";
import { splitFrontMatter } from "../../skills/front-matter.ts";
import { lineCount } from "../../skills/size-budget.ts";
import type { Account } from "../record/account.ts";
import { linesOf, noMerge, repliesOf, spentOf, trajectoriesOf } from "../record/counting.ts";
import type { Rollout } from "../stages/analyse/analyse.ts";
import type { OneShotResult, SampledTrajectory } from "./one-shot-unit.ts";

/** Why S0 was kept; undefined where a new body was written. */
export type Fallback = Exclude<OneShotResult["end"], "written"> | "same-body" | "no-trajectories";

/**
 * The account in the terms of every evolution: the sample is what was analysed, and the trajectories
 * of it share one patch with one edit, the body.
 */
export function oneShotAccount(happened: {
  readonly rollouts: readonly Rollout[];
  readonly sample: readonly SampledTrajectory[];
  readonly row: Row | undefined;
  readonly result: OneShotResult | undefined;
  readonly fallback: Fallback | undefined;
  readonly skill: Skill;
  readonly parent: Skill;
}): Account {
  const { rollouts, sample, row, result, fallback, skill, parent } = happened;
  const trajectories = trajectoriesOf(rollouts);
  const seen = sample.length;
  const isWritten = fallback === undefined;
  const isUnfit = fallback === "unfit";
  const kept = isWritten ? 1 : 0;
  const reason =
    fallback === "same-body" ? "empty-patch" : isUnfit ? "all-edits-withheld" : fallback;
  return {
    trajectories,
    analyses: {
      notAsked: trajectories.total - trajectories.errored - seen,
      asked: seen,
      explained: seen,
      dropped: {},
      memories: 0,
    },
    patches: {
      made: kept,
      without:
        reason !== undefined && seen > 0
          ? { [reason]: seen }
          : seen > 1
            ? { "in-a-shared-patch": seen - 1 }
            : {},
    },
    proposed: {
      total: kept + (isUnfit ? 1 : 0),
      withheld: isUnfit ? { [result?.problems[0]?.kind ?? "format"]: 1 } : {},
      merged: kept,
    },
    fates: { kept, demoted: 0, quarantined: 0, withheld: 0, dropped: 0, lost: 0 },
    final: {
      total: kept,
      kept,
      demoted: 0,
      quarantined: 0,
      withheld: {},
      support: isWritten ? { [String(tasksOf(sample).length)]: 1 } : {},
    },
    merge: noMerge,
    replies: { "one-shot": repliesOf(result === undefined ? [] : [result]) },
    redactions: sample.reduce((sum, { trajectory }) => sum + trajectory.redactions, 0),
    lines: linesOf(skill, parent, isWritten ? bodyLines(skill).length : 0),
    identical: skill.digest === parent.digest,
    spent: {
      rollout: spentOf(rollouts.map((rollout) => rollout.row)),
      "one-shot": spentOf(row === undefined ? [] : [row]),
    },
  };
}

/** Distinct tasks of a sample, sorted. */
export function tasksOf(sample: readonly SampledTrajectory[]): string[] {
  return [...new Set(sample.map(({ trajectory }) => trajectory.task.id))].sort();
}

/** Lines of SKILL.md that the body holds, from 1. */
export function bodyLines(skill: Skill): number[] {
  const text = skill.files.get("SKILL.md") ?? "";
  const total = lineCount(text);
  const body = splitFrontMatter(text).body.replace(/^\n+/, "");
  const count = lineCount(body);
  return Array.from({ length: count }, (_, i) => total - count + i + 1);
}
