import type { Edit, Patch } from "../../contracts/index.ts";
import type { Provenance } from "../../skills/provenance.ts";

/** An id of one round as it is called among several: `m1.e3` of round 2 is `r2.m1.e3`; those of other rounds stay. */
export function qualified(id: string, round: number): string {
  return /^r\d+\./.test(id) ? id : `r${round}.${id}`;
}

/** A provenance with ids that are unique over rounds. */
export function qualifiedProvenance(provenance: Provenance, round: number): Provenance {
  return {
    ...provenance,
    lines: provenance.lines.map((line) => ({ ...line, edit: qualified(line.edit, round) })),
    edits: provenance.edits.map((edit) => ({
      ...edit,
      id: qualified(edit.id, round),
      patches: edit.patches.map((patch) => ({ ...patch, id: qualified(patch.id, round) })),
    })),
  };
}

/** A patch with ids that are unique over rounds. */
export function qualifiedPatch(patch: Patch, round: number): Patch {
  const edits = patch.edits.map(
    (edit): Edit => ({
      ...edit,
      id: qualified(edit.id, round),
      sources: edit.sources.map((id) => qualified(id, round)),
    }),
  );
  return { ...patch, id: qualified(patch.id, round), edits };
}
