import { type Answer, cellsOf } from "../answer.ts";
import { type Selected, select } from "../conditions.ts";
import { headersIn } from "../headers.ts";
import type { Question } from "../question.ts";
import type { Column } from "../table.ts";
import { measureOf, type Reading, type Thought } from "../thought.ts";

const howMany = /\bhow (?:many|much)\b/;
const total = /\bnumber of\b|\bamount of\b|\btotal\b|\bsum\b|\bcombined\b|\baltogether\b|\bcount\b/;
/** What is asked besides a number, where a question speaks of one. */
const other =
  /\b(?:who|which|most|least|highest|lowest|largest|smallest|fewest|same)\b|^in what|^what (?:year|team|country|player|city)\b/;
/** Nouns that are easily written after a number. */
const unitNoun =
  /^(?:years?|games?|points?|matches|goals?|days?|seasons?|miles?|medals?|titles?|votes?|months?|wins?|weeks?)$/;

/** Questions for a number of things: a count of rows, a number in a cell, or a sum of them. */
export const quantity: Reading = (thought) => {
  const { text, words } = thought.question;
  if (!howMany.test(text) && (!total.test(text) || other.test(text))) return undefined;
  const start = Math.max(
    0,
    words.findIndex((word) => /^(?:many|much|number|amount|total|sum|combined|count)$/.test(word)),
  );
  const selected = select(thought);
  const isDistinct = /\b(?:different|distinct|unique|separate|various)\b/.test(text);
  const column = isDistinct ? undefined : valueColumn(thought, start, selected);
  if (!column || !measureOf(thought, column)) return counted(thought, start, selected, isDistinct);
  const { rows } = selected;
  if (rows.length > 1 && thought.on("sum-rows"))
    return {
      kind: "amount",
      amount: { of: "sum", rows, column: column.index, loose: true },
      unit: "",
    };
  return cellsOf(rows.slice(0, 1), column.index);
};

function counted(
  thought: Thought,
  start: number,
  { rows, columns: taken }: Selected,
  isDistinct: boolean,
): Answer {
  const { table, question } = thought;
  if (!thought.on("count-rows")) {
    const numeric = table.columns.find(({ kind, index }) => kind === "number" && !taken.has(index));
    return cellsOf(rows.slice(0, 1), numeric?.index ?? 0);
  }
  const named = headersIn(question, table, start + 1, Math.min(question.words.length, start + 5));
  const column = named.find((found) => found.score >= 0.5 && !taken.has(found.column))?.column;
  const noun = nounAt(question, start);
  const unit = unitNoun.test(noun) && !thought.on("bare-number") ? noun : "";
  const of = column !== undefined && isDistinct && thought.on("distinct") ? "distinct" : "rows";
  return { kind: "amount", amount: { of, rows, column: column ?? 0 }, unit };
}

/** The numeric column that the words after `how many` name, if one does. */
function valueColumn(
  { table, question }: Thought,
  start: number,
  { columns: taken }: Selected,
): Column | undefined {
  const { words } = question;
  const verb = /^(?:did|was|were|have|has|had|are|is|with|that|which|who|does|do|in|at|from|for)$/;
  let end = start + 1;
  while (end < Math.min(words.length, start + 6) && !verb.test(words[end] ?? "")) end++;
  const header = headersIn(question, table, start + 1, Math.max(end, start + 2)).find(
    ({ column, score }) =>
      score >= 0.5 && !taken.has(column) && table.columns[column]?.kind === "number",
  );
  return table.columns[header?.column ?? -1];
}

function nounAt({ words }: Question, start: number): string {
  return words[words[start + 1] === "of" ? start + 2 : start + 1] ?? "";
}
