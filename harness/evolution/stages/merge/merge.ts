import type { Patch, Rng, Row, Runner } from "../../../contracts/index.ts";
import { shuffled } from "../../../rng.ts";
import { agentWorld } from "../../agent-world.ts";
import type { RoundContext } from "../../evolution.ts";
import { type EvolutionPreset, fanInOf } from "../../presets.ts";
import { type Answering, runUnit } from "../../unit.ts";
import { byCredit, type Replayed } from "../replay/replay.ts";
import { groupsByCause, type MergeGroup } from "./causes.ts";
import { dedupe } from "./dedupe.ts";
import { groupsOf } from "./merge-tree.ts";
import { type MergeResult, type MergeRules, mergedPatch, mergeUnit } from "./merge-unit.ts";

/** The merge tree as it was run. */
export interface MergeTree {
  /** The one patch that is left; it may have no edits. */
  readonly patch: Patch;
  /** Patches by level; level 0 is what was proposed, in the order of the first merge. */
  readonly levels: readonly (readonly Patch[])[];
  readonly merges: readonly MergeNode[];
  readonly fanIn: number;
}

/** One merge call of the tree. */
export interface MergeNode {
  readonly id: string;
  readonly row: Row;
  readonly result: MergeResult;
}

/** What the tree is made with. */
export interface MergeDeps {
  readonly runner: Runner;
  readonly rng: Rng;
  /** Puts first what is known to be worth more. @default the order stays */
  readonly rank?: (patches: readonly Patch[]) => readonly Patch[];
}

/** Merges the patches that replay admitted, those of more credit before others. */
export function merge(
  replayed: Replayed,
  context: RoundContext & { readonly rng: Rng },
): Promise<MergeTree> {
  const { preset, parent, by, deps, rng } = context;
  const patches = replayed.admitted.map((origin) => origin.patch);
  const rank = (items: readonly Patch[]) => byCredit(items, replayed.credits);
  const { runner } = deps;
  const rules = { ...preset, parent, world: agentWorld(context) };
  return mergePatches(patches, rules, by("merge"), { runner, rng, rank });
}

type TreeRules = MergeRules & Pick<EvolutionPreset, "order" | "dedupe" | "duplication" | "fanIn">;

/**
 * Merges patches in a tree until one is left (paper, section 2.4). A group of one patch, or with one edit
 * in all, costs no call; the groups of a level run at the same time.
 *
 * @param patches errors first, then successes, each in task order.
 */
export async function mergePatches(
  patches: readonly Patch[],
  rules: TreeRules,
  by: Answering,
  deps: MergeDeps,
): Promise<MergeTree> {
  const isMixed = rules.order !== "concatenate";
  const inOrder = isMixed ? shuffled(patches, deps.rng.fork("merge")) : patches;
  const ordered = deps.rank?.(inOrder) ?? inOrder;
  const levels: (readonly Patch[])[] = [ordered];
  const merges: MergeNode[] = [];
  const deduped = (level: number, items: readonly Patch[]) => {
    if (!rules.dedupe) return items.filter((patch) => patch.edits.length > 0);
    const fewer = dedupe(items, `d${level}`);
    levels.push(fewer);
    return fewer;
  };

  const fanIn = fanInOf(rules, patches.length);
  let current = deduped(0, ordered);
  for (let level = 1; current.length > 1; level++) {
    const copies = level === 1 ? copiesOf(current, fanIn, rules.duplication, deps) : [current];
    const groups = copies.flatMap((copy) => groupsFor(copy, fanIn, level, rules));
    const made = await Promise.all(
      groups.map((group, i) => mergeGroup(`m${level}.${i + 1}`, group, { rules, by, deps })),
    );
    merges.push(...made.flatMap(({ node }) => (node ? [node] : [])));
    const merged = made.map(({ patch }) => patch);
    levels.push(merged);
    current = deduped(level, merged);
  }
  const patch = current[0] ?? { id: "m0", reasoning: "", edits: [], changelog: [] };
  return { patch, levels, merges, fanIn };
}

function groupsFor(
  patches: readonly Patch[],
  fanIn: number,
  level: number,
  { order }: TreeRules,
): MergeGroup[] {
  if (order === "causes")
    return groupsByCause(withoutRepeats(patches), Math.ceil(patches.length / fanIn), level);
  return groupsOf(patches, fanIn).map((group) => ({
    patches: withoutRepeats(group),
    isAsked: group.length > 1,
  }));
}

async function mergeGroup(
  id: string,
  { patches: group, isAsked }: MergeGroup,
  { rules, by, deps }: { rules: MergeRules; by: Answering; deps: MergeDeps },
): Promise<{ readonly patch: Patch; readonly node?: MergeNode }> {
  const [only] = group;
  if (!isAsked && only) return { patch: only };
  const edits = group.flatMap((patch) => patch.edits);
  if (edits.length <= 1) {
    const reasoning = group.map((patch) => patch.reasoning).join("\n");
    return {
      patch: { id, reasoning, edits, changelog: group.flatMap(({ changelog }) => changelog) },
    };
  }
  const merged = await runUnit(deps.runner, mergeUnit(group, rules, by));
  return { patch: mergedPatch(id, merged.result, group), node: { id, ...merged } };
}

/**
 * The patches, and shuffled copies of them: each patch goes through several first merges in other company,
 * and what one overlooks another may keep (Combee, arXiv:2604.04247). One merge that sees all needs none.
 */
function copiesOf(
  patches: readonly Patch[],
  fanIn: number,
  duplication: number,
  { rng, rank }: MergeDeps,
): (readonly Patch[])[] {
  if (patches.length <= fanIn) return [patches];
  const further = Array.from({ length: duplication - 1 }, (_, i) => {
    const copy = shuffled(patches, rng.fork(`copy ${i + 2}`));
    return rank?.(copy) ?? copy;
  });
  return [patches, ...further];
}

/** A group in which every edit stands once: what two merges of copies carried over is one and the same edit. */
function withoutRepeats(group: readonly Patch[]): Patch[] {
  const seen = new Set<string>();
  return group.map((patch) => {
    const edits = patch.edits.filter(({ id }) => !seen.has(id));
    for (const { id } of edits) seen.add(id);
    return edits.length === patch.edits.length ? patch : { ...patch, edits };
  });
}
