import type { Row, Skill, Spent } from "../../contracts/index.ts";
import { nothingSpent, plusSpent } from "../../models/spent.ts";
import { lineCount } from "../../skills/size-budget.ts";
import { countBy } from "../fault.ts";
import type { Rollout } from "../stages/analyse/analyse.ts";
import { sideOf } from "../trajectory.ts";
import type { Account, Counts } from "./account.ts";

/** Trajectories by how they ended. */
export function trajectoriesOf(rollouts: readonly Rollout[]): Account["trajectories"] {
  const sides = countBy(rollouts, ({ row }) => sideOf(row));
  return {
    total: rollouts.length,
    failures: sides["failure"] ?? 0,
    successes: sides["success"] ?? 0,
    errored: sides["errored"] ?? 0,
  };
}

/** What was wrong with the replies of a stage. */
export function repliesOf(
  items: readonly {
    readonly faults: readonly string[];
    readonly notes?: readonly string[];
    readonly repairs: number;
  }[],
): { faults: Counts; notes: Counts; repairs: number } {
  const tally = (texts: readonly string[]) => countBy(texts, (text) => text);
  return {
    faults: tally(items.flatMap(({ faults }) => faults)),
    notes: tally(items.flatMap(({ notes }) => notes ?? [])),
    repairs: items.reduce((sum, { repairs }) => sum + repairs, 0),
  };
}

/** What rows spent together. */
export function spentOf(rows: readonly Row[]): Spent {
  return rows.map(({ spent }) => spent).reduce(plusSpent, nothingSpent);
}

/** Lines of the skill against its parent's. @param evolved lines that are not the parent's. */
export function linesOf(skill: Skill, parent: Skill, evolved: number): Account["lines"] {
  const count = ({ files }: Skill) =>
    [...files.values()].reduce((sum, text) => sum + lineCount(text), 0);
  return {
    parent: count(parent),
    removed: count(parent) - (count(skill) - evolved),
    evolved,
    skill: count(skill),
  };
}

/** The merge of a baseline, which has none. */
export const noMerge: Account["merge"] = {
  fanIn: 0,
  levels: 0,
  calls: 0,
  carried: 0,
  inferred: 0,
};
