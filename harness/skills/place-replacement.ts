import type { Edit } from "../contracts/index.ts";
import { contentLines, fileLines, indented, insertable, withoutHeading } from "./edit-content.ts";
import { findText, type Match } from "./find-anchor.ts";
import { offsetsOf } from "./markdown.ts";
import { type Placement, WithheldEdit } from "./placement.ts";
import { blockAt, lineAt, lineStart, type Outline } from "./section.ts";

type Replacement =
  | Omit<Extract<Placement, { kind: "lines" }>, "edit" | "file">
  | Omit<Extract<Placement, { kind: "text" }>, "edit" | "file">;

/**
 * Finds the text that a `replace_in_section` replaces: whole blocks where it is whole blocks, and otherwise
 * characters within their lines.
 *
 * @throws {WithheldEdit} where there is no such text, or it cannot be replaced.
 */
export function placeReplacement(outline: Outline, edit: Edit): Replacement {
  const match = findText(outline, edit.old_text, edit.target_section, { outsideCode: false });
  if (edit.content === undefined)
    throw new WithheldEdit("empty-content", 'There is no content; "" would remove the text.');
  const { text } = outline;
  const { start, end } = match;
  const from = lineAt(outline, start);
  const to = lineAt(outline, end - 1) + 1;
  const before = text.slice(lineStart(outline, from), start);
  const rest = text.slice(end, lineStart(outline, to));
  const own = match.section;
  const whole = own !== undefined && lineAt(outline, start) >= own.headingTo;
  // Where code is replaced its indent is its own; the old text was found from its first letter on.
  const lines = match.inCode
    ? fileLines(edit.content).map((line, i) => (i === 0 ? line.trimStart() : line))
    : contentLines(edit.content);
  const content = whole ? withoutHeading(lines, own.title) : lines;
  if (content.join("\n") === text.slice(start, end).replace(/\r\n/g, "\n").trim())
    throw new WithheldEdit("no-change", "The new text is the old one.");
  refuseBrokenHeading(outline, match, content);
  if (before.trim() === "" && rest.trim() === "") {
    const range = { from, to, section: false } as const;
    if (content.length === 0)
      return { kind: "lines", ...range, content: [], verbatim: match.inCode };
    if (
      blockAt(outline, start).from === from &&
      blockAt(outline, end - 1).to === to &&
      !match.inCode
    ) {
      const kept = insertable(content).map((line) => indented(line, before.length));
      return { kind: "lines", ...range, content: kept, verbatim: false };
    }
  }
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  return { kind: "text", start, end, content: content.join(newline) };
}

/** Half a heading cannot be replaced together with the text around it: what is left would be no heading. */
function refuseBrokenHeading(outline: Outline, match: Match, content: readonly string[]): void {
  const { start, end } = match;
  for (const node of outline.tree.children) {
    if (node.type !== "heading") continue;
    const heading = offsetsOf(node);
    if (heading.end <= start || end <= heading.start) continue;
    if (start <= heading.start && heading.end <= end) continue;
    if (content.length > 1 || start < heading.start || heading.end < end)
      throw new WithheldEdit("format", "The old text ends inside a heading.");
  }
}
