import { type Answer, cellsOf, sumOf, type Tally } from "../answer.ts";
import { type Selected, select } from "../conditions.ts";
import { headersIn } from "../headers.ts";
import { measureOf, numbersNamed, type Reading, type Thought } from "../thought.ts";

const howMany = /\bhow (?:many|much)\b/;
const total = /\bnumber of\b|\bamount of\b|\btotal\b|\bsum\b|\bcombined\b|\baltogether\b|\bcount\b/;
/** What is asked besides a number, where a question speaks of one. */
const other =
  /\b(?:who|which|most|least|highest|lowest|largest|smallest|fewest|same)\b|^in what|^what (?:year|team|country|player|city)\b/;
const verb = /^(?:did|was|were|have|has|had|are|is|with|that|which|who|does|do|in|at|from|for)$/;

/** Questions for a number of things: a count of rows, a number in a cell, or a sum of them. */
export const quantity: Reading = (thought) => {
  const { text, words } = thought.question;
  if (!howMany.test(text) && (!total.test(text) || other.test(text))) return undefined;
  const start = Math.max(
    0,
    words.findIndex((word) => /^(?:many|much|number|amount|total|sum|combined|count)$/.test(word)),
  );
  const selected = select(thought);
  const { rows, columns } = selected;
  const isDistinct = /\b(?:different|distinct|unique|separate|various)\b/.test(text);
  const end = words.findIndex((word, at) => at > start && (at >= start + 6 || verb.test(word)));
  const column = numbersNamed(thought, start + 1, end < 0 ? words.length : end, columns);
  if (isDistinct || !column || !measureOf(thought, column))
    return counted(thought, start, selected, isDistinct);
  if (rows.length > 1 && thought.on("sum-rows"))
    return { kind: "amount", amount: sumOf(rows, column) };
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
  const column = headersIn(question, table, start + 1, start + 5).find(
    (found) => found.score >= 0.5 && !taken.has(found.column),
  )?.column;
  const of = column !== undefined && isDistinct && thought.on("distinct") ? "distinct" : "rows";
  return { kind: "amount", amount: { of, rows, column: column ?? 0 } satisfies Tally };
}
