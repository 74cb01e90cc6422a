import type { Patch, Rng, Row, Runner } from "../contracts.ts";
import { shuffled } from "../rng.ts";
import type { Answering } from "./ask.ts";
import { dedupe } from "./dedupe.ts";
import { type MergeResult, type MergeRules, mergedPatch, mergeUnit } from "./merge.ts";
import { groupsOf } from "./merge-tree.ts";
import { type EvolutionPreset, fanInOf } from "./presets.ts";

/** The merge tree as it was run. */
export interface Consolidation {
  /** The one patch that is left; it may have no edits. */
  readonly patch: Patch;
  /** Patches by level; level 0 is what was proposed, in the order of the first merge. */
  readonly levels: readonly (readonly Patch[])[];
  readonly merges: readonly {
    readonly id: string;
    readonly row: Row;
    readonly result: MergeResult;
  }[];
  readonly fanIn: number;
}

/**
 * Merges patches in a tree until one is left (paper, section 2.4).
 *
 * A group of one patch, or with one edit in all, costs no call. Levels follow one another; the
 * groups of a level run at the same time, and their order does not depend on which is done first.
 *
 * @param patches errors first, then successes, each in task order.
 */
export async function consolidate(
  patches: readonly Patch[],
  preset: EvolutionPreset,
  rules: MergeRules,
  by: Answering,
  deps: {
    readonly runner: Runner;
    readonly rng: Rng;
    /** Puts first what is known to be worth more. @default the order stays */
    readonly rank?: (patches: readonly Patch[]) => readonly Patch[];
  },
): Promise<Consolidation> {
  const inOrder = preset.order === "shuffle" ? shuffled(patches, deps.rng.fork("merge")) : patches;
  const ordered = deps.rank?.(inOrder) ?? inOrder;
  const levels: (readonly Patch[])[] = [ordered];
  const merges: Consolidation["merges"][number][] = [];
  const deduped = (level: number, items: readonly Patch[]) =>
    preset.dedupe ? dedupe(items, `d${level}`) : items.filter((patch) => patch.edits.length > 0);

  let current = deduped(0, ordered);
  const fanIn = fanInOf(preset, patches.length);
  if (preset.dedupe) levels.push(current);
  for (let level = 1; current.length > 1; level++) {
    const made = await Promise.all(
      groupsOf(current, fanIn).map(async (group, i) => {
        const [only] = group;
        if (group.length === 1 && only) return { patch: only };
        const id = `m${level}.${i + 1}`;
        if (group.flatMap((patch) => patch.edits).length <= 1)
          return { patch: together(id, group) };
        const row = await deps.runner.run(mergeUnit(group, rules, by));
        const result = row.result as unknown as MergeResult;
        return { patch: mergedPatch(id, result, group), merge: { id, row, result } };
      }),
    );
    for (const { merge } of made) if (merge) merges.push(merge);
    levels.push(made.map(({ patch }) => patch));
    current = deduped(
      level,
      made.map(({ patch }) => patch),
    );
    if (preset.dedupe) levels.push(current);
  }
  const patch = current[0] ?? { id: "m0", reasoning: "", edits: [], changelog: [] };
  return { patch, levels, merges, fanIn };
}

function together(id: string, group: readonly Patch[]): Patch {
  return {
    id,
    reasoning: group.map((patch) => patch.reasoning).join("\n"),
    edits: group.flatMap((patch) => patch.edits),
    changelog: group.flatMap((patch) => patch.changelog),
  };
}
