import type { Row, Skill } from "../../contracts/index.ts";
import type { AppliedEdits } from "../../skills/edit-outcome.ts";
import type { LeftOutEdit, Rollout } from "../evolution.ts";
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
import type { EditOrigin } from "../record/provenance.ts";
import { withheldEdit } from "../record/record.ts";
import type { Analysed, Analysis } from "../stages/analyse/analysis.ts";
import type { StepResult } from "./sequential-unit.ts";

/** The fate of an edit whose text a later batch removed. */
const OVERWRITTEN = "overwritten-later";

/** One step of sequential editing, as it happened. */
export interface SequentialStep {
  /** Such as `b3`. */
  readonly id: string;
  readonly batch: readonly Analysis[];
  readonly row: Row;
  readonly result: StepResult;
  /** What became of the edits that passed the review. */
  readonly applied: AppliedEdits;
  readonly origins: readonly EditOrigin[];
}

/** Applied edits whose text is still there, or that had none to leave. */
export function standingEdits(
  steps: readonly SequentialStep[],
  history: LineHistory,
): ReadonlySet<string> {
  const behind = new Set([...history.values()].flat(2));
  const standing = steps.flatMap(({ applied: { outcomes, lineOrigins } }) => {
    const wrote = new Set(lineOrigins.map(({ edit }) => edit));
    return outcomes.flatMap(({ kind, edit: { id } }) =>
      kind === "applied" && (behind.has(id) || !wrote.has(id)) ? [id] : [],
    );
  });
  return new Set(standing);
}

/** Edits of a step that are not in the skill, with the reason. */
export function withheldInStep(
  { id, result, applied }: SequentialStep,
  standing: ReadonlySet<string>,
): LeftOutEdit[] {
  return [
    ...result.withheld.map(({ reason, problem }) => withheldEdit({ id }, reason, problem)),
    ...applied.outcomes.flatMap((one) => {
      if (one.kind === "withheld") return [withheldEdit(one.edit, one.reason, one.detail)];
      if (standing.has(one.edit.id)) return [];
      return [withheldEdit(one.edit, OVERWRITTEN, "A later batch took its text away.")];
    }),
  ];
}

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
  const outcomes = steps.flatMap(({ applied }) => applied.outcomes);
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
