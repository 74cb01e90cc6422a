import type { Json, JsonObject } from "../../../contracts/index.ts";
import { isJsonObject } from "../../../lenient-json.ts";

/** What was handed in, as far as code can compare it. */
export interface Given {
  /** `list`: every expected item is wanted. `one`: one answer, of which any expected item is a right form. */
  readonly kind: "list" | "one";
  readonly items: readonly string[];
}

/**
 * What was handed in, as the domain collected it: the list `items` or the one text `answer` of the
 * evidence, or the lines of what was submitted where no evidence was kept.
 *
 * @returns undefined where the evidence has neither.
 */
export function givenItems(
  evidence: JsonObject | undefined,
  submission: string,
): Given | undefined {
  if (evidence === undefined) return { kind: "list", items: linesIn(submission) };
  const { items, answer } = evidence;
  if (Array.isArray(items) && (items as readonly Json[]).every((item) => !isNested(item)))
    return { kind: "list", items: (items as readonly Json[]).map(String) };
  if (typeof answer !== "string" && typeof answer !== "number") return undefined;
  const text = String(answer).trim();
  return { kind: "one", items: text === "" ? [] : [text] };
}

function isNested(value: Json): boolean {
  return Array.isArray(value) || isJsonObject(value);
}

function linesIn(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
