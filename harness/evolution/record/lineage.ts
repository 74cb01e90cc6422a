import type { Edit, Patch } from "../../contracts/index.ts";
import { keptIn } from "../../kept.ts";

/** Which proposed edits every edit of an evolution came from. */
export interface Lineage {
  /** Ids of the proposed edits behind an edit, sorted by proposal; itself for a proposed one. */
  leavesOf(id: string): readonly string[];
}

/**
 * Follows edits down to the proposals.
 *
 * @param proposals patches as they were proposed.
 * @param made edits of all later steps, in any order: deduplicated, merged, demoted.
 * @throws when an edit names a source that is nowhere: every evolved line has to resolve.
 */
export function lineageOf(proposals: readonly Patch[], made: readonly Edit[]): Lineage {
  const order = new Map(
    proposals.flatMap((patch) => patch.edits).map((edit, i) => [edit.id, i] as const),
  );
  const sources = new Map(made.map((edit) => [edit.id, edit.sources] as const));
  const known = new Map<string, readonly string[]>();
  const leavesOf = (id: string): readonly string[] => {
    if (order.has(id)) return [id];
    return keptIn(known, id, () => {
      const below = sources.get(id);
      if (!below) throw new Error(`edit ${id} comes from nowhere`);
      return [...new Set(below.flatMap(leavesOf))].sort(
        (a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0),
      );
    });
  };
  return { leavesOf };
}
