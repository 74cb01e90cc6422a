import type { Patch, Rng, Row, Runner } from "../../../contracts/index.ts";
import { shuffled } from "../../../rng.ts";
import { type EvolutionPreset, fanInOf } from "../../presets.ts";
import type { Answering } from "../../unit.ts";
import { dedupe } from "./dedupe.ts";
import { groupsOf } from "./merge-tree.ts";
import { type MergeResult, type MergeRules, mergedPatch, mergeUnit } from "./merge-unit.ts";

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
    const copies = level === 1 ? copiesOf(current, fanIn, preset, deps) : [current];
    const made = await Promise.all(
      copies
        .flatMap((copy) => groupsOf(copy, fanIn).map(once))
        .map(async (group, i) => {
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

/**
 * The patches, and shuffled copies of them: each patch then goes through as many first merges, every
 * time in other company, so that what one of them overlooks the other one may keep (Combee,
 * arXiv:2604.04247). Where one merge sees all of them there is no other company.
 */
function copiesOf(
  patches: readonly Patch[],
  fanIn: number,
  { duplication }: EvolutionPreset,
  {
    rng,
    rank,
  }: { readonly rng: Rng; readonly rank?: (patches: readonly Patch[]) => readonly Patch[] },
): (readonly Patch[])[] {
  if (patches.length <= fanIn) return [patches];
  const further = Array.from({ length: duplication - 1 }, (_, i) => {
    const copy = shuffled(patches, rng.fork(`copy ${i + 2}`));
    return rank?.(copy) ?? copy;
  });
  return [patches, ...further];
}

/** A group in which every edit stands once: what two merges of copies carried over is one and the same edit. */
function once(group: readonly Patch[]): Patch[] {
  const seen = new Set<string>();
  return group.map((patch) => {
    const edits = patch.edits.filter(({ id }) => !seen.has(id));
    for (const { id } of edits) seen.add(id);
    return edits.length === patch.edits.length ? patch : { ...patch, edits };
  });
}

function together(id: string, group: readonly Patch[]): Patch {
  return {
    id,
    reasoning: group.map((patch) => patch.reasoning).join("\n"),
    edits: group.flatMap((patch) => patch.edits),
    changelog: group.flatMap((patch) => patch.changelog),
  };
}
