import type { Edit, Patch, Skill } from "../../contracts/index.ts";
import type { LineOrigin } from "../../skills/edit-outcome.ts";
import { type Provenance, RULE_LENGTH, type RuleReason } from "../../skills/provenance.ts";
import { stepsWithin } from "../stages/analyse/lesson.ts";
import type { Lineage } from "./lineage.ts";
import type { TaughtBy } from "./past.ts";

/** Where a proposed patch came from. */
export interface PatchOrigin {
  readonly patch: Patch;
  readonly task: string;
  /** Key of the trajectory. */
  readonly row: string;
  /** Steps of the trajectory by id of the edit. */
  readonly steps: ReadonlyMap<string, readonly number[]>;
  /** What the lessons behind an edit say beside its rule, by id of the edit. */
  readonly reasons: ReadonlyMap<string, readonly RuleReason[]>;
  /** In a contrast: the passed trajectory, and its steps by id of the edit. */
  readonly passed?: Pick<PatchOrigin, "row" | "steps">;
  /** What earlier rounds learned of the same, by id of the edit. */
  readonly earlier: ReadonlyMap<string, readonly TaughtBy[]>;
}

/**
 * Every evolved line with its edit, and every edit with its patches, tasks and trajectory steps.
 *
 * @param edits the edits that were applied.
 * @throws when a line names an edit that is not among them.
 */
export function provenanceOf(
  skills: Readonly<Record<"skill" | "parent", Skill>>,
  lines: readonly LineOrigin[],
  edits: readonly Edit[],
  { origins, lineage }: { readonly origins: readonly PatchOrigin[]; readonly lineage: Lineage },
): Provenance {
  const owner = new Map(
    origins.flatMap((origin) => origin.patch.edits.map((edit) => [edit.id, origin] as const)),
  );
  const traced = edits.map((edit) => ({
    edit,
    behind: patchesBehind(lineage.leavesOf(edit.id), owner),
  }));
  return provenanceFrom(skills, lines, traced);
}

/** An edit, and the trajectories that its lessons were learned from. */
export interface EditOrigin {
  readonly edit: Edit;
  readonly behind: Provenance["edits"][number]["patches"];
}

/** Provenance from lines and edits. @throws when a line names an edit that is not among them. */
export function provenanceFrom(
  { skill, parent }: Readonly<Record<"skill" | "parent", Skill>>,
  lines: readonly LineOrigin[],
  edits: readonly EditOrigin[],
): Provenance {
  const ids = new Set(edits.map(({ edit }) => edit.id));
  for (const { file, line, edit } of lines)
    if (!ids.has(edit)) throw new Error(`${file}:${line} comes from ${edit}, which does not stand`);
  return {
    skill: skill.digest,
    parent: parent.digest,
    lines: lines.map(({ file, line, edit }) => ({ file, line, edit })),
    edits: edits.map(({ edit, behind }) => ({
      id: edit.id,
      rule: (edit.content ?? edit.old_text ?? edit.file).trim().slice(0, RULE_LENGTH),
      tasks: [...edit.tasks],
      patches: behind,
    })),
  };
}

function patchesBehind(
  leaves: readonly string[],
  owner: ReadonlyMap<string, PatchOrigin>,
): Provenance["edits"][number]["patches"] {
  const edits = new Map<PatchOrigin, string[]>();
  const earlier = new Map<string, TaughtBy>();
  for (const leaf of leaves) {
    const origin = owner.get(leaf);
    if (!origin) throw new Error(`edit ${leaf} has no patch`);
    edits.set(origin, [...(edits.get(origin) ?? []), leaf]);
    for (const evidence of origin.earlier.get(leaf) ?? [])
      earlier.set(`${evidence.id} ${evidence.row}`, evidence);
  }
  const now = [...edits].flatMap(([{ patch, task, row, steps, reasons, passed }, ids]) =>
    [{ row, steps }, ...(passed ? [passed] : [])].map((seen) => ({
      id: patch.id,
      task,
      row: seen.row,
      steps: stepsWithin(ids.flatMap((id) => seen.steps.get(id) ?? [])),
      reasons: [...new Set(ids.flatMap((id) => reasons.get(id) ?? []))],
    })),
  );
  return [...earlier.values(), ...now];
}
