import type { Edit, Skill } from "../../../contracts/index.ts";
import type { LineOrigin } from "../../../skills/edit-outcome.ts";
import type { EvolutionPreset } from "../../presets.ts";
import { isAdditive, linksFile } from "../propose/rule.ts";
import { type ReferenceFile, referenceEdits, ruleText } from "./reference-file.ts";

/** Where rules go that too few tasks support. */
const seenOnce: ReferenceFile = {
  id: "reference",
  stem: "single-source",
  title: "Rules seen once",
  introduction:
    'Each of these rules comes from a single task. Follow one only where what it says under "When" is plainly the case.',
  link: (links) =>
    `Read ${links} when a task does not fit the rules above: rules that a single task taught.`,
};

/** What a merged patch is split into by support. */
export interface Demotion {
  /** Edits that go on as they are. */
  readonly kept: readonly Edit[];
  /** Rules that go to a reference instead of SKILL.md. */
  readonly demoted: readonly Edit[];
  /** Edits that stay out of the skill for want of support. */
  readonly quarantined: readonly Edit[];
  /** Those of the demoted that went there for want of room. */
  readonly compacted?: readonly Edit[];
  /** Edits by code that write and link the reference; their sources are the demoted rules. */
  readonly added: readonly Edit[];
}

/**
 * Splits edits by support: an edit of too few tasks goes to a linked reference file, or to quarantine.
 *
 * Edits of references are out of SKILL.md already and stay. Edits that replace or delete are never
 * moved: without support they stay out.
 */
export function demoteBySupport(
  edits: readonly Edit[],
  parent: Skill,
  preset: Pick<EvolutionPreset, "minSupport" | "demote">,
): Demotion {
  const toReferences = preset.demote === "references";
  const isSupported = (edit: Edit) => edit.tasks.length >= preset.minSupport;
  const isReference = (edit: Edit) =>
    edit.file === "SKILL.md"
      ? isAdditive(edit) && linksFile(edit.content ?? "")
      : isAdditive(edit) || edit.op === "create";
  const staysPut = (edit: Edit) => isSupported(edit) || (toReferences && isReference(edit));
  const kept = edits.filter(staysPut);
  const weak = edits.filter((edit) => !staysPut(edit));
  const demoted = weak.filter(
    (edit) => toReferences && edit.file === "SKILL.md" && isAdditive(edit),
  );
  const quarantined = weak.filter((edit) => !demoted.includes(edit));
  return { kept, demoted, quarantined, added: referenceEdits(demoted, parent, seenOnce) };
}

/** Line origins in which a line of a reference by code names the demoted rule that stands there, not the file's edit. */
export function originsOfDemoted(
  lines: readonly LineOrigin[],
  skill: Skill,
  { added, demoted }: Demotion,
): LineOrigin[] {
  const rules = new Map(demoted.map((edit) => [edit.id, edit] as const));
  // Of every file by code the lines that are still to come, in order: two examples may have lines in common.
  const ahead = new Map(
    added.flatMap(({ op, id, sources }) => {
      if (op !== "create") return [];
      const written = sources.flatMap((source) => rules.get(source) ?? []);
      return [[id, written.flatMap((edit) => linesOfRule(edit))] as const];
    }),
  );
  return lines.map((line) => {
    const [next, ...rest] = ahead.get(line.edit) ?? [];
    const text = skill.files.get(line.file)?.split("\n")[line.line - 1] ?? "";
    if (next === undefined || text !== next.text) return line;
    ahead.set(line.edit, rest);
    return { ...line, edit: next.edit };
  });
}

function linesOfRule(edit: Edit): { readonly text: string; readonly edit: string }[] {
  const lines = ruleText(edit).split("\n");
  return lines.filter((line) => line.trim() !== "").map((text) => ({ text, edit: edit.id }));
}
