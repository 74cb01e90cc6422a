import type { Edit, Skill } from "../../contracts/index.ts";
import { type Provenance, RULE_LENGTH } from "../../skills/provenance.ts";
import type { LineHistory } from "../record/line-history.ts";

/** An edit of a step, and the trajectories that its lessons were learned from. */
export interface EditOrigin {
  readonly edit: Edit;
  readonly behind: Provenance["edits"][number]["patches"];
}

/**
 * Provenance over all steps: every line that is not the first parent's, with the edits behind it.
 *
 * @param standing the edits whose text is still there.
 * @throws when a line names an edit that is not among them.
 */
export function sequentialProvenance(
  { skill, parent }: { readonly skill: Skill; readonly parent: Skill },
  history: LineHistory,
  standing: readonly EditOrigin[],
): Provenance {
  const known = new Set(standing.map(({ edit }) => edit.id));
  const lines = [...history].flatMap(([file, behind]) =>
    behind.flatMap((edits, i) => edits.map((edit) => ({ file, line: i + 1, edit }))),
  );
  for (const { file, line, edit } of lines)
    if (!known.has(edit))
      throw new Error(`${file}:${line} comes from ${edit}, which does not stand`);
  return {
    skill: skill.digest,
    parent: parent.digest,
    lines,
    edits: standing.map(({ edit, behind }) => ({
      id: edit.id,
      rule: (edit.content ?? edit.old_text ?? edit.file).trim().slice(0, RULE_LENGTH),
      tasks: [...edit.tasks],
      patches: behind,
    })),
  };
}
