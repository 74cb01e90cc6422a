import type { Row, Skill } from "../../contracts/index.ts";
import { splitFrontMatter } from "../../skills/front-matter.ts";
import { lineCount } from "../../skills/size-budget.ts";
import type { Rollout } from "../evolution.ts";
import type { Account } from "../record/account.ts";
import { replyCounts, sharedCounts, spentByStage } from "../record/counting.ts";
import { unionOf } from "../stages/merge/dedupe.ts";
import type { OneShotResult, SampledTrajectory } from "./one-shot-unit.ts";

/** Why S0 was kept; undefined where a new body was written. */
export type OneShotFallback =
  | Exclude<OneShotResult["end"], "written">
  | "same-body"
  | "no-trajectories";

/** What a one-shot evolution did. */
export interface OneShotRun {
  readonly rollouts: readonly Rollout[];
  readonly sample: readonly SampledTrajectory[];
  readonly row: Row | undefined;
  readonly result: OneShotResult | undefined;
  readonly fallback: OneShotFallback | undefined;
  readonly skill: Skill;
  readonly parent: Skill;
}

/**
 * The account in the terms of every evolution: the sample is what was analysed, and the trajectories
 * of it share one patch with one edit, the body.
 */
export function oneShotAccount(run: OneShotRun): Account {
  const { rollouts, sample, row, result, fallback, skill } = run;
  const kept = fallback === undefined ? 1 : 0;
  const unfit = fallback === "unfit" ? 1 : 0;
  const shared = sharedCounts({ ...run, evolved: kept * bodyLines(skill).length });
  const { total, errored } = shared.trajectories;
  const asked = sample.length;
  return {
    ...shared,
    analyses: {
      notAsked: total - errored - asked,
      asked,
      explained: asked,
      dropped: {},
      memories: 0,
    },
    patches: { made: kept, without: withoutPatch(fallback, asked) },
    proposed: {
      total: kept + unfit,
      withheld: unfit === 1 ? { [result?.problems[0]?.kind ?? "format"]: 1 } : {},
      merged: kept,
    },
    fates: { ...shared.fates, kept },
    final: {
      ...shared.final,
      total: kept,
      kept,
      support: kept === 1 ? { [String(sampledTasks(sample).length)]: 1 } : {},
    },
    replies: { "one-shot": replyCounts(result === undefined ? [] : [result]) },
    redactions: sample.reduce((sum, { trajectory }) => sum + trajectory.redactions, 0),
    spent: spentByStage({
      rollout: rollouts.map((rollout) => rollout.row),
      "one-shot": row === undefined ? [] : [row],
    }),
  };
}

/** Why trajectories of the sample have no patch of their own. */
function withoutPatch(
  fallback: OneShotFallback | undefined,
  asked: number,
): Account["patches"]["without"] {
  if (fallback === undefined) return asked > 1 ? { "in-a-shared-patch": asked - 1 } : {};
  if (asked === 0) return {};
  if (fallback === "same-body") return { "empty-patch": asked };
  return { [fallback === "unfit" ? "all-edits-withheld" : fallback]: asked };
}

/** Distinct tasks of a sample, sorted. */
export function sampledTasks(sample: readonly SampledTrajectory[]): string[] {
  return unionOf([sample.map(({ trajectory }) => trajectory.task.id)]);
}

/** Lines of SKILL.md that the body holds, from 1. */
export function bodyLines(skill: Skill): number[] {
  const text = skill.files.get("SKILL.md") ?? "";
  const total = lineCount(text);
  const body = splitFrontMatter(text).body.replace(/^\n+/, "");
  const count = lineCount(body);
  return Array.from({ length: count }, (_, i) => total - count + i + 1);
}
