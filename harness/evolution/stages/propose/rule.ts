import type { Edit, Skill } from "../../../contracts/index.ts";
import { markdownText, offsetsOf, parseMarkdown } from "../../../skills/markdown.ts";
import { codeRanges, outlineOf } from "../../../skills/section.ts";
import { lineCount } from "../../../skills/size-budget.ts";
import { isMarkdown } from "../../../skills/skill-path.ts";
import { onOneLine } from "../../reply.ts";

/** Characters of a rule on one line; its example does not count. */
export const RULE_LIMIT = 240;

/** Of the example that may follow a rule, and what a repaired example may be longer than the old one. */
export const EXAMPLE_LIMIT = { lines: 12, characters: 600 };

/** A rule as it stands in a skill: one bullet, with a block of code below it where that helps. */
export interface WrittenRule {
  /** On one line. */
  readonly words: string;
  /** The code of its example; empty where it has none. */
  readonly example: string;
}

const form = /^[-*] \*\*.+?\*\*\.? When .+?: ./;
/** What a rule once said of itself, and now its provenance says. */
const aside = / (?:Why|Unless|Check): /;

/** Reads a rule: one bullet that states when and what, and at most one block of code. */
export function readRule(text: string): WrittenRule | undefined {
  const trimmed = text.trim();
  const [list, ...below] = parseMarkdown(trimmed).children;
  if (list?.type !== "list" || list.children.length !== 1) return undefined;
  const [words, ...inside] = list.children[0]?.children ?? [];
  const rest = [...inside, ...below];
  if (words?.type !== "paragraph" || rest.length > 1) return undefined;
  if (rest.some(({ type }) => type !== "code")) return undefined;
  const line = onOneLine(trimmed.slice(0, offsetsOf(words).end));
  if (!form.test(line) || aside.test(line)) return undefined;
  return { words: line, example: rest.map(markdownText).join("") };
}

/** Operations that add text beside what is there. */
const additive: ReadonlySet<string> = new Set([
  "insert_after",
  "insert_before",
  "append_to_section",
  "add_section",
]);

/** Whether an edit adds a rule, as against linking a file, replacing words or moving files. */
export function addsRule(edit: Pick<Edit, "op" | "content">): boolean {
  return additive.has(edit.op) && !linksFile(edit.content ?? "");
}

/** Whether an edit only adds text, so that it can stand elsewhere as well. */
export function isAdditive(edit: Pick<Edit, "op">): boolean {
  return additive.has(edit.op);
}

/** Whether a text links a file of the skill. */
export function linksFile(text: string): boolean {
  return /\]\((?:\.\/)?(?:references|scripts|assets)\/[^)\s]+\)/.test(text);
}

/** Whether an edit changes a block of code that the skill has. */
export function changesExample(
  { op, file, old_text = "" }: Pick<Edit, "op" | "file" | "old_text">,
  skill: Skill,
): boolean {
  const text = skill.files.get(file) ?? "";
  const wanted = old_text.trim();
  const start = text.indexOf(wanted);
  if (op !== "replace_in_section" || wanted === "" || start < 0 || !isMarkdown(file)) return false;
  const end = start + wanted.length;
  return codeRanges(outlineOf(text, true)).some((code) => code.start < end && start < code.end);
}

/** Whether an example is longer than it may be. @param before the example in whose place it stands */
export function isLongExample(example: string, before = ""): boolean {
  const { lines, characters } = EXAMPLE_LIMIT;
  return (
    lineCount(example) > lineCount(before) + lines || example.length > before.length + characters
  );
}
