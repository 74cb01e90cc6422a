import { type Document, isMap, isScalar, LineCounter, parseDocument, visit } from "yaml";
import { messageOf } from "../errors.ts";

/** What a skill's front matter says, as it was written. */
export interface FrontMatter {
  readonly fields: Readonly<Record<string, unknown>>;
  /** Line of each field in its file, from 1. */
  readonly lineOf: ReadonlyMap<string, number>;
}

/** Something wrong with the front matter as a whole; its fields are judged by the lint. */
export interface FrontMatterProblem {
  readonly line: number;
  readonly problem: string;
  readonly fix: string;
}

/** The top-level keys of the Agent Skills specification. */
const ALLOWED = ["name", "description", "license", "compatibility", "metadata", "allowed-tools"];

/**
 * Cuts a SKILL.md into its front matter and its body.
 *
 * The front matter opens with `---` on the first line and ends at the next line that is only `---`, so a
 * `---` inside a value or in the body ends nothing.
 *
 * @returns `yaml` undefined where there is no front matter; then all of the text is body.
 */
export function splitFrontMatter(text: string): {
  readonly yaml: string | undefined;
  readonly body: string;
} {
  const match = /^\uFEFF?---[ \t]*\r?\n(?:([\s\S]*?)\r?\n)??---[ \t]*(?:\r?\n|$)/.exec(text);
  if (match === null) return { yaml: undefined, body: text };
  return { yaml: match[1] ?? "", body: text.slice(match[0].length) };
}

/** Reads the front matter of a SKILL.md strictly: no duplicate keys, no keys but the specification's. */
export function readFrontMatter(text: string): {
  readonly frontMatter: FrontMatter;
  readonly problems: readonly FrontMatterProblem[];
} {
  const nothing: FrontMatter = { fields: {}, lineOf: new Map() };
  const { yaml } = splitFrontMatter(text);
  if (yaml === undefined) {
    const problem = {
      line: 1,
      problem: "there is no front matter",
      fix: "Begin the file with `---`, `name:`, `description:` and `---`, each on its own line.",
    };
    return { frontMatter: nothing, problems: [problem] };
  }
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, uniqueKeys: true });
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => ({
      // The opening `---` is one line.
      line: lines.linePos(error.pos[0]).line + 1,
      problem: `the front matter is not valid YAML (${error.message.split("\n")[0]})`,
      fix: "Correct the YAML; put quotes around a value that has a colon followed by a space.",
    }));
    return { frontMatter: nothing, problems };
  }
  if (!isMap(document.contents)) {
    const problem = {
      line: 2,
      problem: "the front matter is not a mapping",
      fix: "Write `name: ...` and `description: ...` in it.",
    };
    return { frontMatter: nothing, problems: [problem] };
  }
  const lineOf = new Map<string, number>();
  for (const { key } of document.contents.items) {
    if (!isScalar(key)) continue;
    lineOf.set(String(key.value), lines.linePos(key.range?.[0] ?? 0).line + 1);
  }
  const fields = plainValues(document);
  if (typeof fields === "string") {
    const line = lines.linePos(firstAlias(document)).line + 1;
    const fix = "Write the values out in place of aliases (`*name`).";
    return { frontMatter: nothing, problems: [{ line, problem: fields, fix }] };
  }
  const problems = Object.keys(fields)
    .filter((key) => !ALLOWED.includes(key))
    .map((key) => ({
      line: lineOf.get(key) ?? 2,
      problem: `unexpected key "${key}" in the front matter`,
      fix: `Keep to ${ALLOWED.join(", ")}; put anything else under metadata.`,
    }));
  return { frontMatter: { fields, lineOf }, problems };
}

/** The document as plain values, or what is wrong with its aliases: they may lead nowhere, or unfold without end. */
function plainValues(document: Document.Parsed): Record<string, unknown> | string {
  try {
    return document.toJS() as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return `the front matter's aliases cannot be resolved (${messageOf(error)})`;
  }
}

/** Where the first alias stands, in characters. */
function firstAlias(document: Document.Parsed): number {
  let at = 0;
  visit(document, {
    Alias(_, { range }) {
      at = range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return at;
}
