import type { Skill } from "../contracts/index.ts";
import { type Finding, findingOf } from "./finding.ts";
import { splitFrontMatter } from "./front-matter.ts";
import { hiddenCharacters } from "./hidden-unicode.ts";
import { linkGraphOf } from "./link-graph.ts";
import { lintFrontMatter } from "./lint-front-matter.ts";
import { everyNode, isUnclosedFence } from "./markdown.ts";
import { type Outline, outlineOf } from "./section.ts";
import { excessesOf, lineCount } from "./size-budget.ts";
import { isMarkdown } from "./skill-path.ts";

/** A reference longer than this needs a table of contents, since agents look at the head of a file first. */
const CONTENTS_FROM_LINES = 100;

/** What the caller knows of the skill besides its files. */
export interface LintOptions {
  /** Name of the directory it lies in; without it the name is not compared. */
  readonly directoryName?: string;
}

/**
 * Judges a skill by the rules of the Agent Skills specification and by ours: size budget, link graph,
 * hidden characters, code fences, headings.
 *
 * @returns errors and warnings, by file and line.
 */
export function lintSkill(skill: Skill, options: LintOptions = {}): readonly Finding[] {
  return lintFiles(skill.files, options);
}

/**
 * The same for files whose SKILL.md may be too broken to make a `Skill` of them.
 *
 * @param outlineOfText how Markdown is read; a caller that lints many versions of one skill keeps them.
 */
export function lintFiles(
  files: ReadonlyMap<string, string>,
  options: LintOptions = {},
  outlineOfText: (text: string) => Outline = (text) => outlineOf(text, true),
): readonly Finding[] {
  const findings: Finding[] = [];
  const text = files.get("SKILL.md");
  if (text === undefined) {
    const fix = "Write one; it is what an agent reads first.";
    findings.push(
      findingOf("missing-skill-file", { file: "SKILL.md" }, "there is no SKILL.md", fix),
    );
  } else {
    findings.push(...lintFrontMatter(text, options.directoryName));
    const message = "there is nothing after the front matter";
    if (splitFrontMatter(text).body.trim() === "")
      findings.push(
        findingOf("empty-body", { file: "SKILL.md" }, message, "Write what the agent is to do."),
      );
  }
  for (const [file, content] of files) {
    findings.push(...lintSize(file, content), ...lintHidden(file, content));
    if (!isMarkdown(file)) continue;
    findings.push(...lintMarkdown(file, outlineOfText(content)));
  }
  findings.push(...lintLinks(files, outlineOfText));
  return findings.sort(
    (a, b) => compare(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0) || compare(a.rule, b.rule),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function lintSize(file: string, text: string): readonly Finding[] {
  const fix = "Move what is needed only at times to a file in references/ and link it, or cut it.";
  return excessesOf(file, text).map(({ unit, size, limit }) => {
    const about = unit === "tokens" ? "about " : "";
    const message = `${about}${size} ${unit}, and at most ${limit} are allowed`;
    return findingOf("size-budget", { file }, message, fix);
  });
}

function lintHidden(file: string, text: string): readonly Finding[] {
  const fix = "Remove it; what an agent reads must be what people see.";
  return hiddenCharacters(text).map(({ line, codePoint, kind }) =>
    findingOf("hidden-unicode", { file, line }, `hidden character ${codePoint} (${kind})`, fix),
  );
}

function lintMarkdown(file: string, outline: Outline): readonly Finding[] {
  const findings = [...lintCode(file, outline), ...lintHeadings(file, outline)];
  if (!file.startsWith("references/")) return findings;
  const at = { file, line: 1 };
  if (outline.tree.children[0]?.type === "yaml") {
    const message = "front matter in a reference means nothing to an agent";
    const fix = "Remove it; say in SKILL.md when to read this file.";
    findings.push(findingOf("reference-front-matter", at, message, fix));
  }
  if (lineCount(outline.text) > CONTENTS_FROM_LINES && !hasContents(outline)) {
    const message = `more than ${CONTENTS_FROM_LINES} lines and no table of contents`;
    const fix = 'Begin with a "Contents" list of its sections.';
    findings.push(findingOf("table-of-contents", at, message, fix));
  }
  return findings;
}

function lintCode(file: string, outline: Outline): readonly Finding[] {
  const findings: Finding[] = [];
  for (const node of everyNode(outline.tree)) {
    if (node.type !== "code") continue;
    const at = { file, line: node.position?.start.line ?? 1 };
    if (isUnclosedFence(node, outline.text)) {
      const message = "a code block is opened and never closed, so what follows reads as code";
      const fix = "Close it with the fence it was opened with.";
      findings.push(findingOf("unclosed-fence", at, message, fix));
    }
    const heading = /^#{2,6} \S.*$/m.exec(node.value)?.[0];
    if (heading !== undefined && !/^(md|markdown|text|txt)$/i.test(node.lang ?? "")) {
      const message = `what looks like the heading "${heading.slice(0, 60)}" is inside a code block`;
      const fix = "See whether a fence before it is missing or one too many.";
      findings.push(findingOf("heading-in-code", at, message, fix));
    }
  }
  return findings;
}

function lintHeadings(file: string, { sections }: Outline): readonly Finding[] {
  const headings = sections.map(({ level, title }) => `${"#".repeat(level)} ${title}`);
  return sections.flatMap(({ headingFrom }, i) => {
    const heading = headings[i] ?? "";
    if (headings.indexOf(heading) === i) return [];
    const message = `the heading "${heading}" stands here again`;
    const fix = "Merge the sections, or name them apart.";
    return [findingOf("duplicate-heading", { file, line: headingFrom + 1 }, message, fix)];
  });
}

/** A heading that says so, or a list of links to the file's own sections. */
function hasContents(outline: Outline): boolean {
  if (outline.sections.some(({ title }) => /^(table of )?contents$/i.test(title))) return true;
  let links = 0;
  for (const node of everyNode(outline.tree))
    if (node.type === "link" && node.url.startsWith("#")) links++;
  return links >= 2;
}

function lintLinks(
  files: ReadonlyMap<string, string>,
  outlineOfText: (text: string) => Outline,
): readonly Finding[] {
  const graph = linkGraphOf(files, (text) => outlineOfText(text).tree);
  const links = graph.links.flatMap(({ file, line, written, target, example, climbs }) => {
    const at = { file, line };
    if (climbs) {
      const fix = "Bring the file into the skill, or take the link away.";
      return [findingOf("climbing-link", at, `the link "${written}" leaves the skill`, fix)];
    }
    if (target !== undefined || example) return [];
    const fix = "Add the file, or take the link away.";
    return [findingOf("broken-link", at, `"${written}" is not in the skill`, fix)];
  });
  const orphans = graph.orphans.map((file) => {
    const fix = "Link it in SKILL.md and say when to read it, or remove it.";
    return findingOf("orphan", { file }, `nothing leads from SKILL.md to "${file}"`, fix);
  });
  const deep = [...graph.depth].flatMap(([file, steps]) => {
    if (steps < 2 || !file.startsWith("references/")) return [];
    const fix =
      "Link it in SKILL.md too: agents often read only part of a file that they come to by another.";
    return [findingOf("link-depth", { file }, "it is linked from another reference only", fix)];
  });
  return [...links, ...orphans, ...deep];
}
