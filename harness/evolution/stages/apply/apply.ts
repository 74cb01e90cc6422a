import type { Edit, Row, Runner } from "../../../contracts/index.ts";
import { applyEdits } from "../../../skills/apply-edits.ts";
import type { AppliedEdits } from "../../../skills/edit-outcome.ts";
import type { RoundContext } from "../../evolution.ts";
import { lineageOf } from "../../record/lineage.ts";
import { type Answering, runUnit } from "../../unit.ts";
import type { MergeTree } from "../merge/merge.ts";
import { withheldFrom } from "../propose/review-edits.ts";
import { creditBehind, type Replayed } from "../replay/replay.ts";
import { compacted } from "./compaction.ts";
import { type Demotion, demoteBySupport } from "./demote.ts";
import { withinBudget } from "./edit-budget.ts";
import { type ApplyRules, repairUnit } from "./repair-unit.ts";

/** One merge of the patches, from the first group to the skill that came of it. */
export interface MergedCandidate {
  readonly merged: MergeTree;
  /** Merged edits that the edit budget leaves out. */
  readonly overBudget: readonly Edit[];
  readonly demotion: Demotion;
  /** The edits that were to be applied, in order. */
  readonly wanted: readonly Edit[];
  readonly result: AppliedPatch;
}

/** Applies what a merge left: as many edits as the budget allows, each where its support lets it stand. */
export async function apply(
  merged: MergeTree,
  replayed: Replayed,
  { parent, preset, by, deps }: RoundContext,
): Promise<MergedCandidate> {
  const { leavesOf } = lineageOf(
    replayed.admitted.map((origin) => origin.patch),
    merged.levels.flat().flatMap(({ edits }) => edits),
  );
  const { within, over } = withinBudget(merged.patch.edits, preset.editBudget, ({ id }) =>
    creditBehind(leavesOf(id), replayed),
  );
  const split = demoteBySupport(within, parent, preset);
  const demotion = preset.compaction ? compacted(split, parent) : split;
  // What most tasks support comes first: an agent that stops reading early has read that.
  const kept = preset.ledger
    ? [...demotion.kept].sort((a, b) => b.tasks.length - a.tasks.length)
    : demotion.kept;
  const wanted = [...kept, ...demotion.added];
  const { ruleSchema } = preset;
  const result = await applyPatch(wanted, { parent, ruleSchema }, by("repair"), deps.runner);
  return { merged, overBudget: over, demotion, wanted, result };
}

/** The patch as it was applied in the end. */
export interface AppliedPatch {
  readonly applied: AppliedEdits;
  /** The edits as applied, with the repaired ones in place of those they repair. */
  readonly edits: readonly Edit[];
  /** The repair, where one was needed. */
  readonly repair: Row | undefined;
}

/**
 * Applies the merged patch to the parent (paper, section 2.4). Edits that break a guardrail, and no others,
 * are sent back once; one that still breaks it is withheld alone.
 */
export async function applyPatch(
  edits: readonly Edit[],
  rules: ApplyRules,
  by: Answering,
  runner: Runner,
): Promise<AppliedPatch> {
  const { parent } = rules;
  const findings = [...withheldFrom(parent, edits).values()].filter(
    (fault) => fault.kind !== "no-change",
  );
  const before = applyEdits(parent, edits);
  if (findings.length === 0) return { applied: before, edits, repair: undefined };
  const { row: repair, result } = await runUnit(runner, repairUnit(edits, findings, rules, by));
  const repaired = new Map(result.edits.map((edit) => [edit.id, edit] as const));
  const mended = edits.map((edit) => repaired.get(edit.id) ?? edit);
  const after = applyEdits(parent, mended);
  // A repair that makes it worse is none.
  if (appliedCount(after) < appliedCount(before)) return { applied: before, edits, repair };
  return { applied: after, edits: mended, repair };
}

function appliedCount(applied: AppliedEdits): number {
  return applied.outcomes.filter((outcome) => outcome.kind === "applied").length;
}
