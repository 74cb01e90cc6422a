import type { Edit, Skill } from "../contracts.ts";
import type { LineOrigin } from "../skills/edit-outcome.ts";
import { unionOf } from "./dedupe.ts";
import type { EvolutionPreset } from "./presets.ts";
import { isAdditive, linksFile } from "./rule.ts";

/** Rules that one reference file holds: with its heading it stays short enough to need no table of contents. */
const RULES_PER_FILE = 90;

/** What a merged patch is split into by support. */
export interface Demotion {
  /** Edits that go on as they are. */
  readonly kept: readonly Edit[];
  /** Rules that go to a reference instead of SKILL.md. */
  readonly demoted: readonly Edit[];
  /** Edits that stay out of the skill for want of support. */
  readonly quarantined: readonly Edit[];
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
  return { kept, demoted, quarantined, added: referenceEdits(demoted, parent) };
}

function isLink(edit: Edit): boolean {
  return isAdditive(edit) && linksFile(edit.content ?? "");
}

function referenceEdits(demoted: readonly Edit[], parent: Skill): Edit[] {
  const edits: Edit[] = [];
  const links: string[] = [];
  const behind = {
    sources: demoted.map((edit) => edit.id),
    tasks: unionOf(demoted.map((e) => e.tasks)),
  };
  for (let from = 0; from < demoted.length; from += RULES_PER_FILE) {
    const rules = demoted.slice(from, from + RULES_PER_FILE);
    const file = freePath(parent, edits.length);
    const body = rules.map((edit) => (edit.content ?? "").trim()).join("\n");
    edits.push({
      id: `reference.e${edits.length + 1}`,
      file,
      op: "create",
      content: `# Rules seen once\n\nEach of these rules comes from a single task. Follow one only where what it says under "When" is plainly the case.\n\n${body}\n`,
      sources: rules.map((edit) => edit.id),
      tasks: unionOf(rules.map((edit) => edit.tasks)),
    });
    links.push(`[${file}](${file})`);
  }
  if (links.length === 0) return [];
  const when = `Read ${links.join(" and ")} when a task does not fit the rules above: rules that a single task taught.`;
  const heading = "## Rules seen once";
  const hasSection = (parent.files.get("SKILL.md") ?? "").split("\n").includes(heading);
  const place = hasSection ? "append_to_section" : "add_section";
  edits.push({
    id: "reference.link",
    file: "SKILL.md",
    op: place,
    target_section: heading,
    content: when,
    ...behind,
  });
  return edits;
}

/** `references/single-source.md`, or the first numbered one that the parent does not have. */
function freePath(parent: Skill, taken: number): string {
  const names = (i: number) =>
    i === 1 ? "references/single-source.md" : `references/single-source-${i}.md`;
  let free = -1;
  for (let i = 1; ; i++) {
    if (!parent.files.has(names(i))) free++;
    if (free === taken) return names(i);
  }
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
      (edit.content ?? "")
        .trim()
        .split("\n")
        .map((line) => [line, edit.id]),
    ),
  );
  return lines.map((line) => {
    if (!files.has(line.edit)) return line;
    const text = skill.files.get(line.file)?.split("\n")[line.line - 1] ?? "";
    return { ...line, edit: rules.get(text) ?? line.edit };
  });
}
