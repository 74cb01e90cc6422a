import type { Root } from "mdast";
import { everyNode, parseMarkdown } from "./markdown.ts";
import { isMarkdown, resolvePath } from "./skill-path.ts";

/** A place in a skill that leads to another file of it. */
export interface Link {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** What was written there. */
  readonly written: string;
  /** The file it leads to; undefined where there is none, or it would be outside the skill. */
  readonly target: string | undefined;
  /** True for a path in a code block or a script, which may well be an example. */
  readonly example: boolean;
  /** It leaves the skill, by `..`, `/` or `file:`. */
  readonly climbs: boolean;
}

/** Which files of a skill lead where. */
export interface LinkGraph {
  readonly links: readonly Link[];
  /** Steps from SKILL.md to every file that can be reached. */
  readonly depth: ReadonlyMap<string, number>;
  /** References and scripts that cannot be reached. */
  readonly orphans: readonly string[];
}

/** A path of a skill named in running text or code, such as `references/joins.md`. */
const MENTION = /(?<![\w./-])(?:skill\/)?(?:references|scripts|assets)\/[\w./-]*\w\.\w+/g;

/**
 * Follows every link of a skill from SKILL.md on.
 *
 * Links are Markdown links and images, relative to their file or to the skill; and paths below
 * `references/`, `scripts/` and `assets/` named in text or inline code, since an agent reads files by
 * path. Both are found on the Markdown tree. A script that names another file by path or name leads to it.
 *
 * @param parse how a file's Markdown is read; a caller that reads the same text often passes its own.
 */
export function linkGraphOf(
  files: ReadonlyMap<string, string>,
  parse: (text: string) => Root = parseMarkdown,
): LinkGraph {
  const links: Link[] = [];
  for (const [file, text] of files) {
    if (isMarkdown(file)) links.push(...linksOfMarkdown(file, parse(text), files));
    else if (!file.startsWith("assets/")) links.push(...linksOfScript(file, text, files));
  }
  const depth = new Map([["SKILL.md", 0]]);
  for (const [file, steps] of depth) {
    for (const { file: from, target } of links) {
      if (from === file && target !== undefined && !depth.has(target)) depth.set(target, steps + 1);
    }
  }
  const orphans = [...files.keys()].filter(
    (file) => /^(references|scripts)\//.test(file) && !depth.has(file),
  );
  return { links, depth, orphans };
}

function linksOfMarkdown(
  file: string,
  tree: Root,
  files: ReadonlyMap<string, string>,
): readonly Link[] {
  const links: Link[] = [];
  for (const node of everyNode(tree)) {
    const line = node.position?.start.line ?? 1;
    if (node.type === "link" || node.type === "image" || node.type === "definition") {
      const link = linkTo(file, line, node.url, files);
      if (link !== undefined) links.push(link);
    } else if (node.type === "text" || node.type === "inlineCode" || node.type === "code") {
      for (const match of node.value.matchAll(MENTION)) {
        const before = node.value.slice(0, match.index).split("\n").length - 1;
        // The text of a code block begins after its fence.
        const first = node.type === "code" ? line + 1 : line;
        const target = [match[0], match[0].replace(/^skill\//, "")]
          .flatMap((path) => [resolvePath("", path), resolvePath(file, path)])
          .find((path) => path !== undefined && files.has(path));
        links.push({
          file,
          line: first + before,
          written: match[0],
          target,
          example: node.type === "code",
          climbs: resolvePath("", match[0]) === undefined,
        });
      }
    }
  }
  return links;
}

/** A Markdown link within the skill; undefined for one to the web or within its page. */
function linkTo(
  file: string,
  line: number,
  url: string,
  files: ReadonlyMap<string, string>,
): Link | undefined {
  if (url === "" || url.startsWith("#")) return undefined;
  const base = { file, line, written: url, example: false };
  if (/^(\/|file:|[A-Za-z]:[\\/])/i.test(url)) return { ...base, target: undefined, climbs: true };
  if (/^[a-z][a-z0-9+.-]*:/i.test(url)) return undefined;
  const path = decoded(url.replace(/[?#].*$/s, ""));
  const besides = resolvePath(file, path);
  const fromRoot = resolvePath("", path);
  const target = [besides, fromRoot].find(
    (candidate) => candidate !== undefined && (files.has(candidate) || isFolder(candidate, files)),
  );
  return { ...base, target, climbs: besides === undefined };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function isFolder(path: string, files: ReadonlyMap<string, string>): boolean {
  const prefix = path.replace(/\/?$/, "/");
  return [...files.keys()].some((file) => file.startsWith(prefix));
}

function linksOfScript(
  file: string,
  text: string,
  files: ReadonlyMap<string, string>,
): readonly Link[] {
  const named = [...files.keys()].filter((other) => {
    if (other === file || !/^(references|scripts|assets)\//.test(other)) return false;
    const name = other.split("/").at(-1) ?? other;
    const stem = name.replace(/\.\w+$/, "");
    return text.includes(name) || importsOf(text).has(stem);
  });
  return named.map((target) => ({
    file,
    line: 1,
    written: target,
    target,
    example: true,
    climbs: false,
  }));
}

/** Names on lines that import something, in the languages that scripts are written in. */
function importsOf(text: string): ReadonlySet<string> {
  const lines = text.split("\n").filter((line) => /\b(import|from|require|source)\b/.test(line));
  return new Set(lines.flatMap((line) => line.match(/\w+/g) ?? []));
}
