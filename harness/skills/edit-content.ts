import { everyNode, isUnclosedFence, parseMarkdown } from "./markdown.ts";
import { WithheldEdit } from "./placement.ts";
import { readHeading } from "./section.ts";

/** The lines of a new file: LF, no blank lines at either end; its indent is its own. */
export function fileLines(content: string): readonly string[] {
  const lines = content.replace(/\r\n?/g, "\n").split("\n");
  while (lines[0]?.trim() === "") lines.shift();
  while (lines.at(-1)?.trim() === "") lines.pop();
  return lines;
}

/** The lines of an edit's content: as those of a file, and with no common indent. */
export function contentLines(content: string): readonly string[] {
  const lines = fileLines(content);
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const common = Math.min(...indents);
  return common > 0 && Number.isFinite(common) ? lines.map((line) => line.slice(common)) : lines;
}

/** The heading that lines begin with, and how many lines it takes. */
export function leadingHeading(
  lines: readonly string[],
): { readonly level: number; readonly title: string; readonly lines: number } | undefined {
  const first = parseMarkdown(lines.join("\n")).children[0];
  if (first?.type !== "heading") return undefined;
  const count = first.position?.end.line ?? 1;
  return { ...readHeading(lines.slice(0, count).join("\n")), lines: count };
}

/** The lines without a heading of this title at their head: models often repeat the one they write under. */
export function withoutHeading(lines: readonly string[], title: string): readonly string[] {
  const heading = leadingHeading(lines);
  if (heading?.title !== title) return lines;
  const rest = lines.slice(heading.lines);
  const first = rest.findIndex((line) => line.trim() !== "");
  return first === -1 ? [] : rest.slice(first);
}

/** What lines would do to the text after them, if anything: an open fence or comment swallows it. */
function swallowProblem(lines: readonly string[]): string | undefined {
  const text = `${lines.join("\n")}\n\n## End\n`;
  const tree = parseMarkdown(text);
  for (const node of everyNode(tree))
    if (isUnclosedFence(node, text)) return "the content opens a code block and does not close it";
  const last = tree.children.at(-1);
  if (last?.type === "heading" && last.depth === 2) return undefined;
  return "the content leaves something open (such as a comment) that would swallow what follows";
}

/** Content to insert, checked: there is some, it swallows nothing, and the section does not have it yet. */
export function insertable(lines: readonly string[], markdown = true): readonly string[] {
  if (lines.length === 0) throw new WithheldEdit("empty-content", "There is no content to write.");
  const problem = markdown ? swallowProblem(lines) : undefined;
  if (problem !== undefined) throw new WithheldEdit("format", `As it stands, ${problem}.`);
  return lines;
}

/** A line moved to the right; a blank one stays empty. */
export function indented(line: string, indent: number): string {
  return line.trim() === "" ? line : " ".repeat(indent) + line;
}
