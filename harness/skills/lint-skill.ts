import type { Skill } from "../contracts/index.ts";
import type { Finding } from "./finding.ts";
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
    findings.push({
      severity: "error",
      rule: "missing-skill-file",
      file: "SKILL.md",
      message: "there is no SKILL.md",
      fix: "Write one; it is what an agent reads first.",
    });
  } else {
    findings.push(...lintFrontMatter(text, options.directoryName));
    if (splitFrontMatter(text).body.trim() === "")
      findings.push({
        severity: "error",
        rule: "empty-body",
        file: "SKILL.md",
        message: "there is nothing after the front matter",
        fix: "Write what the agent is to do.",
      });
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
  return excessesOf(file, text).map(({ unit, size, limit }) => ({
    severity: "error",
    rule: "size-budget",
    file,
    message: `${unit === "tokens" ? "about " : ""}${size} ${unit}, and at most ${limit} are allowed`,
    fix: "Move what is needed only at times to a file in references/ and link it, or cut it.",
  }));
}

function lintHidden(file: string, text: string): readonly Finding[] {
  return hiddenCharacters(text).map(({ line, codePoint, kind }) => ({
    severity: "error",
    rule: "hidden-unicode",
    file,
    line,
    message: `hidden character ${codePoint} (${kind})`,
    fix: "Remove it; what an agent reads must be what people see.",
  }));
}

function lintMarkdown(file: string, outline: Outline): readonly Finding[] {
  const findings: Finding[] = [];
  for (const node of everyNode(outline.tree)) {
    if (node.type !== "code") continue;
    const line = node.position?.start.line ?? 1;
    if (isUnclosedFence(node, outline.text))
      findings.push({
        severity: "error",
        rule: "unclosed-fence",
        file,
        line,
        message: "a code block is opened and never closed, so what follows reads as code",
        fix: "Close it with the fence it was opened with.",
      });
    const heading = /^#{2,6} \S.*$/m.exec(node.value)?.[0];
    if (heading !== undefined && !/^(md|markdown|text|txt)$/i.test(node.lang ?? ""))
      findings.push({
        severity: "warning",
        rule: "heading-in-code",
        file,
        line,
        message: `what looks like the heading "${heading.slice(0, 60)}" is inside a code block`,
        fix: "See whether a fence before it is missing or one too many.",
      });
  }
  findings.push(...lintHeadings(file, outline));
  if (!file.startsWith("references/")) return findings;
  if (outline.tree.children[0]?.type === "yaml")
    findings.push({
      severity: "warning",
      rule: "reference-front-matter",
      file,
      line: 1,
      message: "front matter in a reference means nothing to an agent",
      fix: "Remove it; say in SKILL.md when to read this file.",
    });
  if (lineCount(outline.text) > CONTENTS_FROM_LINES && !hasContents(outline))
    findings.push({
      severity: "warning",
      rule: "table-of-contents",
      file,
      line: 1,
      message: `more than ${CONTENTS_FROM_LINES} lines and no table of contents`,
      fix: 'Begin with a "Contents" list of its sections.',
    });
  return findings;
}

function lintHeadings(file: string, outline: Outline): readonly Finding[] {
  const seen = new Set<string>();
  const findings: Finding[] = [];
  for (const section of outline.sections) {
    const heading = `${"#".repeat(section.level)} ${section.title}`;
    if (seen.has(heading))
      findings.push({
        severity: "warning",
        rule: "duplicate-heading",
        file,
        line: section.headingFrom + 1,
        message: `the heading "${heading}" stands here again`,
        fix: "Merge the sections, or name them apart.",
      });
    seen.add(heading);
  }
  return findings;
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
  const findings: Finding[] = [];
  for (const { file, line, written, target, example, climbs } of graph.links) {
    if (climbs)
      findings.push({
        severity: "error",
        rule: "climbing-link",
        file,
        line,
        message: `the link "${written}" leaves the skill`,
        fix: "Bring the file into the skill, or take the link away.",
      });
    else if (target === undefined && !example)
      findings.push({
        severity: "error",
        rule: "broken-link",
        file,
        line,
        message: `"${written}" is not in the skill`,
        fix: "Add the file, or take the link away.",
      });
  }
  for (const file of graph.orphans)
    findings.push({
      severity: "error",
      rule: "orphan",
      file,
      message: `nothing leads from SKILL.md to "${file}"`,
      fix: "Link it in SKILL.md and say when to read it, or remove it.",
    });
  for (const [file, steps] of graph.depth)
    if (steps > 1 && file.startsWith("references/"))
      findings.push({
        severity: "warning",
        rule: "link-depth",
        file,
        message: "it is linked from another reference only",
        fix: "Link it in SKILL.md too: agents often read only part of a file that they come to by another.",
      });
  return findings;
}
