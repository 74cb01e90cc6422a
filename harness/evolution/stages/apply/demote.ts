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
 * Splits edits by support: enough distinct tasks, and an edit goes where it wants to; too few, and a
 * rule for SKILL.md goes to a reference file that is linked with a line saying when to read it, or
 * to quarantine.
 *
 * Edits of references, and a new reference with its link, are out of SKILL.md already and stay.
 * Edits that replace or delete are never moved: without support they stay out.
 */
export function demoteBySupport(
  edits: readonly Edit[],
  parent: Skill,
  preset: Pick<EvolutionPreset, "minSupport" | "demote">,
): Demotion {
  const isSupported = (edit: Edit) => edit.tasks.length >= preset.minSupport;
  const isReference = (edit: Edit) =>
    edit.file !== "SKILL.md" ? isAdditive(edit) || edit.op === "create" : isLink(edit);
  const staysPut = (edit: Edit) =>
    isSupported(edit) || (preset.demote === "references" && isReference(edit));
  const kept = edits.filter(staysPut);
  const weak = edits.filter((edit) => !staysPut(edit));
  const demoted =
    preset.demote === "references"
      ? weak.filter((edit) => edit.file === "SKILL.md" && isAdditive(edit))
      : [];
  const quarantined = weak.filter((edit) => !demoted.includes(edit));
  return { kept, demoted, quarantined, added: referenceEdits(demoted, parent, seenOnce) };
}

function isLink(edit: Edit): boolean {
  return isAdditive(edit) && linksFile(edit.content ?? "");
}

/**
 * Line origins in which every line of a reference by code names the demoted rule that stands there,
 * instead of the edit that wrote the whole file; its heading and introduction stay the file's.
 */
export function originsOfDemoted(
  lines: readonly LineOrigin[],
  skill: Skill,
  { added, demoted }: Demotion,
): LineOrigin[] {
  const files = new Set(added.filter((edit) => edit.op === "create").map((edit) => edit.id));
  const rules = new Map(
    demoted.flatMap((edit) =>
      ruleText(edit)
        .split("\n")
        .filter((line) => line.trim() !== "")
        .map((line) => [line, edit.id]),
    ),
  );
  return lines.map((line) => {
    if (!files.has(line.edit)) return line;
    const text = skill.files.get(line.file)?.split("\n")[line.line - 1] ?? "";
    return { ...line, edit: rules.get(text) ?? line.edit };
  });
}
