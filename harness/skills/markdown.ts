import type { Root, RootContent } from "mdast";
import remarkFrontmatter from "remark-frontmatter";
import remarkParse from "remark-parse";
import { unified } from "unified";

/** Any node below the root. */
export type MarkdownNode = RootContent;

const parser = unified().use(remarkParse).use(remarkFrontmatter, ["yaml"]).freeze();

/** The CommonMark tree of a text, with its front matter as a `yaml` node. */
export function parseMarkdown(text: string): Root {
  return parser.parse(text);
}

/** Lines of a node, from 0, the end not included. */
export function markdownLines(node: MarkdownNode): { readonly from: number; readonly to: number } {
  return { from: (node.position?.start.line ?? 1) - 1, to: node.position?.end.line ?? 1 };
}

/** Offsets of a node in its text, the end not included. */
export function offsetsOf(node: MarkdownNode): { readonly start: number; readonly end: number } {
  return { start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 };
}

/** The node's text without its markup. */
export function markdownText(node: MarkdownNode): string {
  if ("value" in node) return node.value;
  if ("children" in node) return node.children.map(markdownText).join("");
  return "";
}

/** Nodes of the tree in document order, each before its children. */
export function* everyNode(parent: {
  readonly children: readonly MarkdownNode[];
}): Generator<MarkdownNode> {
  for (const node of parent.children) {
    yield node;
    if ("children" in node) yield* everyNode(node as { children: readonly MarkdownNode[] });
  }
}

/**
 * Whether a code block was opened with a fence that is never closed; it then swallows the rest of
 * what it stands in.
 *
 * @param source the text the node was parsed from.
 */
export function isUnclosedFence(node: MarkdownNode, source: string): boolean {
  if (node.type !== "code") return false;
  const { start, end } = offsetsOf(node);
  const lines = source.slice(start, end).split(/\r?\n/);
  const opening = /^(`{3,}|~{3,})/.exec(lines[0] ?? "")?.[1];
  if (opening === undefined) return false;
  const closing = lines.length > 1 ? /^[\s>]*(`{3,}|~{3,})\s*$/.exec(lines.at(-1) ?? "")?.[1] : "";
  return !closing?.startsWith(opening);
}
