import { compare, type Reference } from "../../../domains/wtq/grading/match.ts";
import { unescapeList } from "../../../domains/wtq/tables.ts";

/** What the official evaluator reports of a whole prediction file. */
export interface BatchReport {
  readonly lines: readonly (readonly [string, boolean])[];
  readonly unknownIds: readonly string[];
  readonly examples: number;
  readonly correct: number;
  readonly accuracy: number;
}

/**
 * Scores a prediction file as the evaluator's main program does: unknown ids only warn, missing ones do not
 * count, predictions are not unescaped, and lines end wherever Python's `unicode.splitlines` ends them.
 */
export function officialBatch(tagged: string, predictions: string): BatchReport {
  const [header = "", ...rows] = linesOf(tagged);
  const columns = header.split("\t");
  const field = (fields: readonly string[], name: string) => fields[columns.indexOf(name)] ?? "";
  const references = new Map<string, Reference>();
  for (const row of rows) {
    const fields = row.split("\t");
    const target = unescapeList(field(fields, "targetValue"));
    const canon = unescapeList(field(fields, "targetCanon"));
    references.set(field(fields, "id"), { target, canon });
  }
  const lines: [string, boolean][] = [];
  const unknownIds: string[] = [];
  for (const line of linesOf(predictions)) {
    const [id = "", ...items] = line.split("\t");
    const reference = references.get(id);
    if (reference === undefined) unknownIds.push(id);
    else lines.push([id, compare(reference, items).kind === "right"]);
  }
  const correct = lines.filter(([, right]) => right).length;
  const accuracy = Number(((correct + 1e-9) / (lines.length + 1e-9)).toFixed(4));
  return { lines, unknownIds, examples: lines.length, correct, accuracy };
}

const END = "\\n\\r\\v\\f\\x1c-\\x1e\\x85\\u2028\\u2029";
const line = new RegExp(`[^${END}]*(?:\\r\\n|[${END}]|$)`, "g");

/** Lines without their final newline; other line ends stay in the line, as `rstrip("\n")` leaves them. */
function linesOf(text: string): string[] {
  const pieces = text.match(line) ?? [];
  return pieces.filter((piece) => piece !== "").map((piece) => piece.replace(/\n+$/, ""));
}
