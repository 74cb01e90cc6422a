import type { Edit, Patch, Rng, Row, Runner, Skill, Task } from "../../../contracts/index.ts";
import type { EvolutionPreset } from "../../presets.ts";
import { lineageOf } from "../../record/lineage.ts";
import type { PatchOrigin } from "../../record/provenance.ts";
import type { Answering } from "../../unit.ts";
import { type Consolidation, consolidate } from "../merge/merge.ts";
import { byCredit, creditBehind, type Replayed } from "../replay/replay.ts";
import { type AppliedPatch, applyPatch } from "./apply.ts";
import { compacted } from "./compaction.ts";
import { type Demotion, demoteBySupport } from "./demote.ts";
import { withinBudget } from "./edit-budget.ts";

/** One merge of the patches, from the first group to the skill that came of it. */
export interface Candidate {
  readonly merged: Consolidation;
  /** Merged edits that the edit budget leaves out. */
  readonly overBudget: readonly Edit[];
  readonly demotion: Demotion;
  /** The edits that were to be applied, in order. */
  readonly wanted: readonly Edit[];
  readonly result: AppliedPatch;
}

/** The candidate that became the skill, and the others. */
export interface Choice {
  readonly chosen: Candidate;
  readonly candidates: readonly Candidate[];
  /** Episodes that chose among them; none where they are all the same skill. */
  readonly rows: readonly Row[];
}

/** What the part did, for the account. */
export interface ChoiceAccount {
  readonly merges: number;
  /** Different skills that came of them. */
  readonly distinct: number;
  readonly rollouts: number;
}

/**
 * Merges the patches as often as the preset says, each time in another order and with another seed,
 * and takes the skill that does best; of equals the first.
 *
 * A merge is a draw: what stands together in a group decides what becomes one.
 *
 * @param tasks that choose: of the select split where there is one, which no analyst saw.
 * @param rollout one graded episode of a task with a candidate.
 */
export async function bestCandidate(
  replayed: Replayed,
  request: {
    readonly parent: Skill;
    readonly preset: EvolutionPreset;
    readonly tasks: readonly Task[];
  },
  by: (role: "merge" | "repair") => Answering,
  deps: {
    readonly runner: Runner;
    readonly rng: Rng;
    rollout(task: Task, skill: Skill): Promise<Row>;
  },
): Promise<Choice> {
  const candidates = await Promise.all(
    Array.from({ length: request.preset.mergeSeeds }, (_, i) => {
      const rng = i === 0 ? deps.rng : deps.rng.fork(`merge ${i + 1}`);
      const shifted = (role: "merge" | "repair") => ({ ...by(role), seed: by(role).seed + i });
      return makeCandidate(replayed, request, shifted, { runner: deps.runner, rng });
    }),
  );
  const skills = new Map(
    candidates.map(({ result }) => [result.applied.skill.digest, result.applied.skill] as const),
  );
  const [first] = candidates;
  if (first === undefined) throw new Error("an evolution makes at least one merge");
  if (skills.size === 1) return { chosen: first, candidates, rows: [] };
  const tried = await Promise.all(
    [...skills].map(async ([digest, skill]) => {
      const rows = await Promise.all(request.tasks.map((task) => deps.rollout(task, skill)));
      return { digest, rows, mean: meanOf(rows) };
    }),
  );
  const best = tried.reduce((a, b) => (b.mean > a.mean ? b : a));
  const chosen = candidates.find(({ result }) => result.applied.skill.digest === best.digest);
  return { chosen: chosen ?? first, candidates, rows: tried.flatMap(({ rows }) => rows) };
}

/** Mean over graded rows; worse than any where none is graded. */
function meanOf(rows: readonly Row[]): number {
  const scores = rows.flatMap(({ grade }) => (grade?.kind === "graded" ? [grade.score] : []));
  return scores.length === 0 ? -1 : scores.reduce((a, b) => a + b, 0) / scores.length;
}

async function makeCandidate(
  replayed: Replayed,
  { parent, preset }: { readonly parent: Skill; readonly preset: EvolutionPreset },
  by: (role: "merge" | "repair") => Answering,
  { runner, rng }: { readonly runner: Runner; readonly rng: Rng },
): Promise<Candidate> {
  const patches = replayed.admitted.map((origin: PatchOrigin) => origin.patch);
  const merged = await consolidate(patches, preset, { ...preset, parent }, by("merge"), {
    runner,
    rng,
    rank: (items) => byCredit(items, replayed.credits),
  });
  const { leavesOf } = lineageOf(
    patches,
    merged.levels.flat().flatMap(({ edits }) => edits),
  );
  const { within, over } = withinBudget(merged.patch.edits, preset.editBudget, ({ id }) =>
    creditBehind(leavesOf(id), replayed),
  );
  const split = demoteBySupport(within, parent, preset);
  const demotion = preset.compaction ? compacted(split, parent) : split;
  const wanted = [...bySupport(demotion.kept, preset), ...demotion.added];
  const result = await applyPatch(wanted, parent, preset.ruleSchema, by("repair"), runner);
  return { merged, overBudget: over, demotion, wanted, result };
}

/** What most tasks support comes first: an agent that stops reading early has read that. */
function bySupport(edits: Patch["edits"], preset: EvolutionPreset): Patch["edits"] {
  if (!preset.ledger) return edits;
  return [...edits].sort((a, b) => b.tasks.length - a.tasks.length);
}

/** Counts the candidates; undefined where there was only one merge. */
export function choiceAccount({ candidates, rows }: Choice): ChoiceAccount | undefined {
  if (candidates.length === 1) return undefined;
  const digests = candidates.map(({ result }) => result.applied.skill.digest);
  return {
    merges: candidates.length,
    distinct: new Set(digests).size,
    rollouts: rows.length,
  };
}
