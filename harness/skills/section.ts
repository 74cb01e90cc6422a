import type { Root } from "mdast";
import {
  everyNode,
  type MarkdownNode,
  markdownLines,
  markdownText,
  offsetsOf,
  parseMarkdown,
} from "./markdown.ts";

/** A heading and what stands under it. Lines count from 0; ends are not included. */
export interface Section {
  readonly level: number;
  /** The heading without its `#` and without inline markup. */
  readonly title: string;
  readonly headingFrom: number;
  readonly headingTo: number;
  /** Where its own text ends: at the next heading of any level. */
  readonly bodyTo: number;
  /** Where it ends with all its subsections: at the next heading of its level or above. */
  readonly treeTo: number;
}

/** A text with its sections, found on its Markdown tree: a `#` in a code block is no heading. */
export interface Outline {
  readonly text: string;
  readonly tree: Root;
  /** Offsets at which the lines begin. */
  readonly lineStarts: readonly number[];
  readonly lineCount: number;
  readonly sections: readonly Section[];
  /** The first line after the front matter. */
  readonly bodyFrom: number;
}

/** @param markdown false for a script or data file, which has neither sections nor front matter. */
export function outlineOf(text: string, markdown: boolean): Outline {
  const lineStarts = [0];
  for (let i = text.indexOf("\n"); i !== -1; i = text.indexOf("\n", i + 1)) lineStarts.push(i + 1);
  if (text.endsWith("\n") || text === "") lineStarts.pop();
  const lineCount = lineStarts.length;
  const tree: Root = markdown ? parseMarkdown(text) : { type: "root", children: [] };
  const first = tree.children[0];
  const bodyFrom = first?.type === "yaml" ? markdownLines(first).to : 0;
  return {
    text,
    tree,
    lineStarts,
    lineCount,
    sections: sectionsOf(tree, lineCount),
    bodyFrom,
  };
}

function sectionsOf(tree: Root, lineCount: number): Section[] {
  const headings = tree.children.filter((node) => node.type === "heading");
  return headings.map((heading, i) => {
    const { from, to } = markdownLines(heading);
    const after = headings.slice(i + 1);
    const next = after[0];
    const sibling = after.find((other) => other.depth <= heading.depth);
    return {
      level: heading.depth,
      title: normalTitle(markdownText(heading)),
      headingFrom: from,
      headingTo: to,
      bodyTo: next ? markdownLines(next).from : lineCount,
      treeTo: sibling ? markdownLines(sibling).from : lineCount,
    };
  });
}

/** What a heading line says: its level (0 where it has no `#`) and its title without markup. */
export function readHeading(line: string): { readonly level: number; readonly title: string } {
  const trimmed = line.trim();
  const node = parseMarkdown(trimmed).children[0];
  if (node?.type === "heading")
    return { level: node.depth, title: normalTitle(markdownText(node)) };
  return { level: 0, title: normalTitle(node === undefined ? "" : markdownText(node)) };
}

/** The sections that a heading line names; without `#` it names sections of any level. */
export function sectionsNamed(outline: Outline, line: string): readonly Section[] {
  const { level, title } = readHeading(line);
  return outline.sections.filter(
    (section) => section.title === title && (level === 0 || section.level === level),
  );
}

/** Titles are compared without regard to runs of white space. */
function normalTitle(title: string): string {
  return title.replace(/\s+/g, " ").trim();
}

/** The line, from 0, that an offset lies on. */
export function lineAt(outline: Outline, offset: number): number {
  let low = 0;
  let high = outline.lineStarts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((outline.lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Offset at which a line begins, or the text's length for the line after the last. */
export function lineStart(outline: Outline, line: number): number {
  return outline.lineStarts[line] ?? outline.text.length;
}

/** A block that other blocks can be put beside. */
export interface Block {
  readonly from: number;
  readonly to: number;
  /** Columns its beside-standing siblings are indented by. */
  readonly indent: number;
}

/**
 * The innermost block at an offset that something can be put before or after: a list item rather than
 * its list, and otherwise a block of the top level. On a line of no block, that line.
 */
export function blockAt(outline: Outline, offset: number): Block {
  let found: MarkdownNode | undefined;
  let children: readonly MarkdownNode[] = outline.tree.children;
  for (;;) {
    const at = children.find((node) => {
      const { start, end } = offsetsOf(node);
      return start <= offset && offset < Math.max(end, start + 1);
    });
    if (at === undefined) break;
    if (at.type === "list") children = at.children;
    else {
      found = at;
      if (at.type !== "listItem") break;
      children = at.children.filter((node) => node.type === "list");
    }
  }
  const line = lineAt(outline, offset);
  if (found === undefined) return { from: line, to: line + 1, indent: 0 };
  const indent = found.type === "listItem" ? (found.position?.start.column ?? 1) - 1 : 0;
  return { ...markdownLines(found), indent };
}

/** Code blocks, fenced or indented, as offsets of the text. */
export function codeRanges(outline: Outline): readonly { start: number; end: number }[] {
  return [...everyNode(outline.tree)].filter((node) => node.type === "code").map(offsetsOf);
}
