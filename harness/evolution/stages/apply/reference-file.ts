import type { Edit, Skill } from "../../../contracts/index.ts";
import { lineCount } from "../../../skills/size-budget.ts";
import { unionOf } from "../merge/dedupe.ts";

/** Lines of rules that one reference file holds: with its heading it stays short enough to need no table of contents. */
const LINES_PER_FILE = 90;

/** How a reference by code is called, and what it and its link say. */
export interface ReferenceFile {
  /** Ids of its edits begin with it. */
  readonly id: string;
  /** The file without `references/` and `.md`. */
  readonly stem: string;
  readonly title: string;
  readonly introduction: string;
  /** The sentence with which SKILL.md sends the agent there, around the links. */
  readonly link: (links: string) => string;
}

/**
 * Edits by code that write rules to reference files instead of SKILL.md, and link them in a section
 * of their own; none for no rules. Their sources are the rules.
 */
export function referenceEdits(
  rules: readonly Edit[],
  parent: Skill,
  reference: ReferenceFile,
): Edit[] {
  const groups = inFiles(rules);
  const files = groups.map((_, i) => freePath(parent, reference.stem, i));
  const created = groups.map((group, i): Edit => {
    const texts = group.map(ruleText);
    const body = texts.join(texts.every((text) => lineCount(text) === 1) ? "\n" : "\n\n");
    return {
      id: `${reference.id}.e${i + 1}`,
      file: files[i] ?? "",
      op: "create",
      content: `# ${reference.title}\n\n${reference.introduction}\n\n${body}\n`,
      sources: group.map((edit) => edit.id),
      tasks: unionOf(group.map((edit) => edit.tasks)),
    };
  });
  if (created.length === 0) return [];
  const heading = `## ${reference.title}`;
  const hasSection = (parent.files.get("SKILL.md") ?? "").split("\n").includes(heading);
  const link: Edit = {
    id: `${reference.id}.link`,
    file: "SKILL.md",
    op: hasSection ? "append_to_section" : "add_section",
    target_section: heading,
    content: reference.link(files.map((file) => `[${file}](${file})`).join(" and ")),
    sources: rules.map((edit) => edit.id),
    tasks: unionOf(rules.map((edit) => edit.tasks)),
  };
  return [...created, link];
}

/** What a rule says, with the heading of its section where it brings one of its own. */
export function ruleText(edit: Edit): string {
  const content = (edit.content ?? "").trim();
  const heading = edit.op === "add_section" ? (edit.target_section ?? "") : "";
  return heading === "" ? content : `${heading}\n\n${content}`;
}

function inFiles(rules: readonly Edit[]): Edit[][] {
  const groups: Edit[][] = [];
  let room = 0;
  for (const rule of rules) {
    const lines = lineCount(ruleText(rule));
    const last = groups.at(-1);
    if (last === undefined || lines > room) {
      groups.push([rule]);
      room = LINES_PER_FILE - lines;
    } else {
      last.push(rule);
      room -= lines;
    }
  }
  return groups;
}

/** `references/<stem>.md`, or the first numbered one that the parent does not have. */
function freePath(parent: Skill, stem: string, taken: number): string {
  const names = (i: number) => (i === 1 ? `references/${stem}.md` : `references/${stem}-${i}.md`);
  let free = -1;
  for (let i = 1; ; i++) {
    if (!parent.files.has(names(i))) free++;
    if (free === taken) return names(i);
  }
}
