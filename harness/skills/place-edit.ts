import type { Edit, EditOperation } from "../contracts/index.ts";
import {
  contentLines,
  fileLines,
  indented,
  insertable,
  leadingHeading,
  withoutHeading,
} from "./edit-content.ts";
import { findSection, findText, type Match } from "./find-anchor.ts";
import type { FrozenParent } from "./frozen-parent.ts";
import { hiddenCharacters } from "./hidden-unicode.ts";
import { isUnclosedFence, markdownLines } from "./markdown.ts";
import { placeReplacement } from "./place-replacement.ts";
import { type Placement, WithheldEdit } from "./placement.ts";
import { blockAt, lineAt, lineStart, type Outline, readHeading, type Section } from "./section.ts";
import { excessesOf } from "./size-budget.ts";
import { isMarkdown, pathProblem } from "./skill-path.ts";

/** Ranks of inserts that meet at one line: text of the section before, then new sections, deepest first. */
const RANK = { beside: 0, append: 1, heading: 10, before: 20 } as const;

/** Every operation of an edit. */
export const editOperations = [
  "insert_after",
  "insert_before",
  "append_to_section",
  "replace_in_section",
  "add_section",
  "delete_section",
  "create",
  "delete_file",
] as const satisfies readonly EditOperation[];

/**
 * Finds where in the frozen parent an edit goes.
 *
 * @throws {WithheldEdit} where it goes nowhere.
 */
export function placeEdit(parent: FrozenParent, edit: Edit): Placement {
  if (!editOperations.includes(edit.op))
    throw new WithheldEdit("unknown-operation", `There is no operation "${edit.op}".`);
  const file = edit.file.replace(/^(\.\/)+/, "");
  const wrong = pathProblem(file);
  if (wrong !== undefined)
    throw new WithheldEdit("path-outside", `"${edit.file.slice(0, 80)}": ${wrong}.`);
  if (parent.isProtected(file)) throw new WithheldEdit("protected-file", `"${file}" is protected.`);
  for (const text of [edit.content, edit.target_section]) {
    const hidden = hiddenCharacters(text ?? "")[0];
    if (hidden !== undefined)
      throw new WithheldEdit("hidden-unicode", `It has ${hidden.codePoint} (${hidden.kind}).`);
  }
  // Before anything is parsed: a reply of ten thousand lines is not worth the time.
  const excess = excessesOf(file, edit.content ?? "")[0];
  if (excess !== undefined)
    throw new WithheldEdit(
      "size-budget",
      `Its content alone has ${excess.size} ${excess.unit}; ${file} may have ${excess.limit}.`,
    );
  const base = { edit, file };
  if (edit.op === "create")
    return { ...base, kind: "create", content: newFile(parent, file, edit) };
  if (!parent.skill.files.has(file))
    throw new WithheldEdit("missing-file", `There is no "${file}" in the skill.`);
  if (edit.op === "delete_file") {
    if (file === "SKILL.md")
      throw new WithheldEdit("protected-file", "SKILL.md cannot be deleted.");
    return { ...base, kind: "delete-file" };
  }
  const outline = parent.outline(file);
  switch (edit.op) {
    case "replace_in_section":
      return { ...base, ...placeReplacement(outline, edit) };
    case "delete_section": {
      const { headingFrom, treeTo } = findSection(outline, edit.target_section);
      const range = { from: headingFrom, to: treeTo, section: true, verbatim: false };
      return { ...base, kind: "lines", ...range, content: [] };
    }
    case "append_to_section":
      return { ...base, ...placeAppend(outline, edit) };
    case "add_section":
      return { ...base, ...placeSection(outline, edit) };
    default:
      return { ...base, ...placeBeside(outline, edit, isMarkdown(file)) };
  }
}

type Insert = Omit<Extract<Placement, { kind: "insert" }>, "edit" | "file">;

function refuseRepetition(outline: Outline, lines: readonly string[], within?: Section): void {
  const from = lineStart(outline, within?.headingFrom ?? outline.bodyFrom);
  const text = outline.text.slice(from, lineStart(outline, within?.treeTo ?? outline.lineCount));
  if (`\n${text.replace(/\r\n/g, "\n")}\n`.includes(`\n${lines.join("\n")}\n`))
    throw new WithheldEdit("no-change", "The text is there already.");
}

function newFile(parent: FrozenParent, file: string, edit: Edit): readonly string[] {
  for (const other of parent.skill.files.keys()) {
    const same = other.toLowerCase() === file.toLowerCase();
    if (same || other.startsWith(`${file}/`) || file.startsWith(`${other}/`))
      throw new WithheldEdit("file-exists", `"${other}" is in the skill already.`);
  }
  return insertable(fileLines(edit.content ?? ""), isMarkdown(file));
}

function placeAppend(outline: Outline, edit: Edit): Insert {
  const section = findSection(outline, edit.target_section);
  const content = insertable(withoutHeading(contentLines(edit.content ?? ""), section.title));
  refuseRepetition(outline, content, section);
  return endOfSection(outline, section, content);
}

/** After a section's own text; content that begins a section itself goes after the subsections. */
function endOfSection(outline: Outline, section: Section, content: readonly string[]): Insert {
  const heading = leadingHeading(content);
  const at = afterText(outline, heading ? section.treeTo : section.bodyTo, section.headingTo);
  return { kind: "insert", at, anchor: section.headingFrom, rank: rankOf(heading), content };
}

function rankOf(heading: { readonly level: number } | undefined): number {
  return heading === undefined ? RANK.append : RANK.heading - heading.level;
}

function placeSection(outline: Outline, edit: Edit): Insert {
  const blank = (edit.after_section ?? "").trim() === "";
  const after = blank ? undefined : findSection(outline, edit.after_section);
  const { heading, body } = newSection(edit, after?.level ?? 2);
  const { level, title } = readHeading(heading);
  const existing = outline.sections.find((section) => section.title === title);
  if (existing !== undefined)
    throw new WithheldEdit(
      "heading-exists",
      `There is a section "${title}" already; append to it.`,
    );
  const content = insertable(body);
  const at = afterText(outline, after?.treeTo ?? outline.lineCount, after?.headingTo ?? 0);
  const anchor = after?.headingFrom ?? at;
  return { kind: "insert", at, anchor, rank: rankOf({ level }), heading, content };
}

function newSection(
  edit: Edit,
  level: number,
): { readonly heading: string; readonly body: readonly string[] } {
  const lines = contentLines(edit.content ?? "");
  const named = (edit.target_section ?? "").replace(/\s+/g, " ").trim();
  const { level: namedLevel, title } = readHeading(named);
  if (title !== "") {
    const heading = namedLevel > 0 ? named : `${"#".repeat(level)} ${named}`;
    return { heading, body: withoutHeading(lines, title) };
  }
  const own = leadingHeading(lines);
  if (own === undefined || own.title === "")
    throw new WithheldEdit("empty-anchor", "Neither target_section nor the content has a heading.");
  const heading = `${"#".repeat(own.level)} ${lines[0]?.replace(/^\s*#+\s*/, "").trim()}`;
  return { heading, body: withoutHeading(lines, own.title) };
}

function placeBeside(outline: Outline, edit: Edit, markdown: boolean): Insert {
  const after = edit.op === "insert_after";
  const lines = contentLines(edit.content ?? "");
  if (edit.target_text === undefined) {
    const section = findSection(outline, edit.target_section);
    const content = insertable(after ? withoutHeading(lines, section.title) : lines);
    refuseRepetition(outline, content);
    if (after) return endOfSection(outline, section, content);
    const at = section.headingFrom;
    return { kind: "insert", at, anchor: at, rank: RANK.before, content };
  }
  const match = findText(outline, edit.target_text, edit.target_section, { outsideCode: true });
  insertable(lines, markdown);
  refuseRepetition(outline, lines, match.section);
  const anchor = lineAt(outline, match.start);
  const row = tableRow(outline, match, lines, after);
  const block = blockAt(outline, after ? match.end - 1 : match.start);
  const at = row ?? (after ? block.to : block.from);
  return {
    kind: "insert",
    at,
    anchor,
    rank: after ? RANK.beside : RANK.before,
    content: isListItem(lines[0]) ? lines.map((line) => indented(line, block.indent)) : lines,
  };
}

/** Where rows go that are put beside a row of a table: never above its delimiter row. */
function tableRow(
  outline: Outline,
  match: Match,
  lines: readonly string[],
  after: boolean,
): number | undefined {
  const isRow = (line: string) => /^\s*\|/.test(line);
  const lineText = (line: number) =>
    outline.text.slice(lineStart(outline, line), lineStart(outline, line + 1));
  const anchor = lineAt(outline, after ? match.end - 1 : match.start);
  if (!isRow(lineText(anchor)) || !lines.every(isRow)) return undefined;
  let at = after ? anchor + 1 : anchor;
  for (let line = at; line <= at + 1; line++)
    if (/^\s*\|?[\s:|-]*-[\s:|-]*$/.test(lineText(line))) at = line + 1;
  return at;
}

function isListItem(line: string | undefined): boolean {
  return /^\s*([-*+]|\d{1,9}[.)])\s/.test(line ?? "");
}

/** The line after the last one with text before `line`, which is where a block can follow it. */
function afterText(outline: Outline, line: number, atLeast: number): number {
  let at = line;
  const least = Math.max(atLeast, outline.bodyFrom);
  while (at > least) {
    const start = lineStart(outline, at - 1);
    if (outline.text.slice(start, lineStart(outline, at)).trim() !== "") break;
    at--;
  }
  for (const node of outline.tree.children) {
    const { from, to } = markdownLines(node);
    if (from < at && at <= to && isUnclosedFence(node, outline.text))
      throw new WithheldEdit(
        "anchor-in-code",
        "The section ends in a code block that is never closed.",
      );
  }
  return at;
}
