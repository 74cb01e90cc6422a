import { parse } from "yaml";
import type { Skill } from "../../contracts/index.ts";
import { isJsonObject, withoutThoughts } from "../../lenient-json.ts";
import type { Finding } from "../../skills/finding.ts";
import { splitFrontMatter } from "../../skills/front-matter.ts";
import { linkGraphOf } from "../../skills/link-graph.ts";
import { lintSkill } from "../../skills/lint-skill.ts";
import { offsetsOf, parseMarkdown } from "../../skills/markdown.ts";
import { skillOf } from "../../skills/read-skill.ts";
import { excessesOf } from "../../skills/size-budget.ts";
import { type Fault, type ReplyValue, unusable } from "../reply.ts";
import { withoutSecrets } from "../screen.ts";

/** A body that was written anew. */
export interface WrittenBody {
  readonly body: string;
  /** What had to be overlooked to read it: `fenced`, `in-prose`, `front-matter`, `secret-redacted`. */
  readonly notes: readonly string[];
  /** How many faults it has: of two bodies the one with fewer is worth more. */
  readonly flaws: number;
}

/** Lines past which a reply is no guide, and is not read. */
const BODY_LINES = 2000;

/**
 * Reads a body that a model wrote anew. Thoughts, fences, prose and the skill's own front matter are
 * overlooked; a front matter of another name, and what the lint does not find in the parent, is a fault.
 */
export function readBody(reply: string, parent: Skill): ReplyValue<WrittenBody> {
  const clean = withoutSecrets(withoutThoughts(reply).replaceAll("\r\n", "\n"));
  const notes = clean.found > 0 ? ["secret-redacted"] : [];
  if (clean.text === "") return unusable("empty-reply", "The reply has no text.");
  const lines = clean.text.split("\n").length;
  if (lines > BODY_LINES)
    return unusable("too-large", `${lines} lines; a guide has far fewer than ${BODY_LINES}`);

  const unfenced = withoutFence(clean.text);
  if (unfenced !== clean.text) notes.push("fenced");
  const { yaml, body: rest } = splitFrontMatter(unfenced);
  if (yaml !== undefined) notes.push("front-matter");
  const start = firstHeading(rest);
  if (start === undefined)
    return unusable("wrong-shape", "must be Markdown that starts with a level-1 heading");
  if (rest.slice(0, start).trim() !== "") notes.push("in-prose");

  const body = rest.slice(start).trim();
  const faults = [...nameFaults(yaml, parent), ...bodyFaults(body, parent)];
  return { value: { body, notes, flaws: faults.length }, faults };
}

/** The parent with another body; its files stay as far as the new body leads to them. */
export function rewritten(parent: Skill, body: string): Skill {
  const old = parent.files.get("SKILL.md") ?? "";
  const frontMatter = old.slice(0, old.length - splitFrontMatter(old).body.length);
  const files = new Map(parent.files);
  files.set("SKILL.md", `${frontMatter.trimEnd()}\n\n${body}\n`);
  // A script may lead to another, so what one removal makes an orphan goes too.
  for (let { orphans } = linkGraphOf(files); orphans.length > 0; { orphans } = linkGraphOf(files))
    for (const file of orphans) files.delete(file);
  return skillOf(files);
}

/** The inside of a fence around all of a text, or of the first Markdown fence that prose leads to. */
function withoutFence(text: string): string {
  const around = /^(`{3,})(?:markdown|md)?\n([\s\S]*)\n\1$/.exec(text)?.[2];
  if (around !== undefined) return around.trim();
  const inside = /(?:^|\n)(`{3,})(?:markdown|md)\n([\s\S]*)\n\1(?:\n|$)/.exec(text);
  if (inside === null) return text;
  return firstHeading(text.slice(0, inside.index)) === undefined ? (inside[2] ?? "").trim() : text;
}

/** Where the first heading of level 1 or 2 begins; what looks like one in a code block is none. */
function firstHeading(text: string): number | undefined {
  if (/^#{1,2} \S/.test(text)) return 0;
  const heading = parseMarkdown(text).children.find(
    (node) => node.type === "heading" && node.depth <= 2,
  );
  return heading === undefined ? undefined : offsetsOf(heading).start;
}

/** What is wrong with a body; one that is too long is not looked at any closer, since that takes time. */
function bodyFaults(body: string, parent: Skill): Fault[] {
  const excesses = excessesOf("SKILL.md", body);
  if (excesses.length === 0) return lintFaults(rewritten(parent, body), parent);
  return excesses.map(({ unit, size, limit }) => ({
    kind: "size-budget",
    where: "SKILL.md",
    problem: `${size} ${unit}, and at most ${limit} are allowed`,
  }));
}

function nameFaults(yaml: string | undefined, parent: Skill): Fault[] {
  const name = nameIn(yaml ?? "");
  if (name === undefined || name === parent.name) return [];
  const problem = `the guide is for the skill ${parent.name}, not ${JSON.stringify(name)}`;
  return [{ kind: "other-skill", where: "front matter", problem }];
}

function nameIn(yaml: string): string | undefined {
  try {
    const value: unknown = parse(yaml);
    return isJsonObject(value) && typeof value["name"] === "string" ? value["name"] : undefined;
  } catch {
    // A front matter that cannot be read names nothing, and is left out like any other.
    return undefined;
  }
}

/** Errors of the lint that the parent does not have, as faults of the reply. */
export function lintFaults(skill: Skill, parent?: Skill): Fault[] {
  const same = ({ rule, file, message }: Finding) => `${rule} ${file} ${message}`;
  const known = new Set(parent === undefined ? [] : lintSkill(parent).map(same));
  return lintSkill(skill)
    .filter((finding) => finding.severity === "error" && !known.has(same(finding)))
    .map(({ rule, file, line, message }) => ({
      kind: kindOf(rule),
      where: line === undefined ? file : `${file}:${line}`,
      problem: message,
    }));
}

function kindOf(rule: Finding["rule"]): Fault["kind"] {
  if (rule === "broken-link" || rule === "hidden-unicode" || rule === "size-budget") return rule;
  return "format";
}
