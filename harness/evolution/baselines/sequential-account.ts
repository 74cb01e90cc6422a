import type { Skill } from "../../contracts/index.ts";
import type { Rollout } from "../evolution.ts";
import type { EvolutionPreset } from "../presets.ts";
import type { Account } from "../record/account.ts";
import {
  analysisCounts,
  countBy,
  countWords,
  replyCounts,
  sharedCounts,
  spentByStage,
} from "../record/counting.ts";
import type { LineHistory } from "../record/line-history.ts";
import type { Analysed } from "../stages/analyse/analysis.ts";
import { OVERWRITTEN, type SequentialStep } from "./step-edits.ts";

/**
 * The account of sequential editing in the terms of every evolution: a step is a patch that the
 * trajectories of its batch share, and an edit whose text a later step took away is lost.
 */
export function sequentialAccount(happened: {
  readonly preset: EvolutionPreset;
  readonly rollouts: readonly Rollout[];
  readonly analysed: Analysed;
  readonly steps: readonly SequentialStep[];
  readonly standing: ReadonlySet<string>;
  readonly skill: Skill;
  readonly parent: Skill;
  readonly history: LineHistory;
}): Account {
  const { preset, rollouts, analysed, steps, standing, history } = happened;
  const evolved = [...history.values()].flat().filter((edits) => edits.length > 0).length;
  const shared = sharedCounts({ ...happened, evolved });
  const kept = standing.size;
  const early = steps.flatMap(({ result }) => result.withheld);
  const outcomes = steps.flatMap((step) => step.outcomes);
  const withheld = outcomes.flatMap((one): string[] =>
    one.kind === "withheld" ? [one.reason] : [],
  );
  const lost = outcomes.length - withheld.length - kept;
  const without = steps.flatMap(({ batch, result: { end } }) =>
    end === "patch" ? batch.slice(1).map(() => "in-a-shared-patch") : batch.map(() => end),
  );
  return {
    ...shared,
    ...analysisCounts(rollouts, analysed, preset),
    patches: {
      made: steps.filter(({ result }) => result.end === "patch").length,
      without: countWords(without),
    },
    proposed: {
      total: early.length + outcomes.length,
      withheld: countBy(early, ({ reason }) => reason),
      merged: outcomes.length,
    },
    fates: { ...shared.fates, kept, withheld: withheld.length, lost },
    final: {
      ...shared.final,
      total: outcomes.length,
      kept,
      withheld: countWords([...withheld, ...Array.from({ length: lost }, () => OVERWRITTEN)]),
      support: countBy(outcomes, ({ edit }) => String(edit.tasks.length)),
    },
    replies: {
      analyse: replyCounts(analysed.analyses),
      sequential: replyCounts(steps.map(({ result }) => result)),
    },
    redactions: analysed.redactions,
    spent: spentByStage({
      rollout: rollouts.map(({ row }) => row),
      analyse: analysed.rows,
      sequential: steps.map(({ row }) => row),
    }),
  };
}
