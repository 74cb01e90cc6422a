import type { Skill } from "../contracts/index.ts";
import { type MarkdownNode, markdownLines } from "../skills/markdown.ts";
import { lineStart, type Outline, outlineOf, type Section } from "../skills/section.ts";
import { isMarkdown } from "../skills/skill-path.ts";

/** Sections that are listed of a file at most. */
const LISTED = 40;

/** Characters of a line that are shown of it. */
const SHOWN = 60;

/** Where edits of this very skill can go: its headings, what `append_to_section` follows there, and what may be an anchor. */
export function anchorListing(skill: Skill): string {
  const sections = [...skill.files.keys()].filter(isMarkdown).flatMap((file) => {
    const outline = outlineOf(skill.files.get(file) ?? "", true);
    const where = file === "SKILL.md" ? "" : ` of ${file}`;
    return outline.sections
      .slice(0, LISTED)
      .map((section) => `  - \`${headingOf(outline, section)}\`${where}${endOf(outline, section)}`);
  });
  const wrapped = wrappedBullet(outlineOf(skill.files.get("SKILL.md") ?? "", true));
  const such = wrapped === undefined ? "" : `, such as ${JSON.stringify(wrapped)}`;
  return `## Where edits can go

- \`append_to_section\` needs \`target_section\`, a whole heading line. It writes at the end of the section's own text, before its subsections:
${sections.join("\n")}
- \`insert_after\` and \`insert_before\` write beside a whole paragraph, bullet or row. \`target_text\` is its first line, or any other part that stands once in the file and not in code. A bullet of several lines is one: its first line is enough${such}. They need no \`target_section\`; it tells apart what stands in several sections. Without \`target_text\` the section is what they write after or before.
- \`replace_in_section\` replaces \`old_text\`, which stands once, in code too.
- Every anchor is copied letter by letter.`;
}

/** A heading that a prompt's example can name: the skill's first section of level 2, or any other. */
export function exampleHeading(skill: Skill): string {
  const outline = outlineOf(skill.files.get("SKILL.md") ?? "", true);
  const { sections } = outline;
  const section = sections.find(({ level }) => level === 2) ?? sections[0];
  return section === undefined ? "## Rules" : headingOf(outline, section);
}

function headingOf(outline: Outline, { headingFrom, headingTo }: Section): string {
  return linesOf(outline, headingFrom, headingTo);
}

const kinds: Partial<Record<MarkdownNode["type"], string>> = {
  code: "code block",
  list: "bullet",
  paragraph: "paragraph",
  table: "table",
};

/** What a section's own text ends with. */
function endOf(outline: Outline, { headingTo, bodyTo }: Section): string {
  const last = outline.tree.children.findLast((node) => {
    const { from, to } = markdownLines(node);
    return headingTo <= from && to <= bodyTo;
  });
  if (last === undefined) return ", which has no text of its own";
  const item = last.type === "list" ? (last.children.at(-1) ?? last) : last;
  const first = markdownLines(item).from + (last.type === "code" ? 1 : 0);
  const shown = linesOf(outline, first, first + 1).slice(0, SHOWN);
  return `: after the ${kinds[last.type] ?? "block"} ${JSON.stringify(shown)}`;
}

/** The first line of the first bullet that goes over several lines. */
function wrappedBullet(outline: Outline): string | undefined {
  for (const node of outline.tree.children) {
    if (node.type !== "list") continue;
    const item = node.children.find(({ children: [text] }) => {
      if (text?.type !== "paragraph") return false;
      const { from, to } = markdownLines(text);
      return to - from > 1;
    });
    if (item !== undefined) {
      const { from } = markdownLines(item);
      return linesOf(outline, from, from + 1);
    }
  }
  return undefined;
}

function linesOf(outline: Outline, from: number, to: number): string {
  return outline.text.slice(lineStart(outline, from), lineStart(outline, to)).trim();
}
