import type { Amount } from "../answer.ts";
import { headersIn } from "../headers.ts";
import { pairIn } from "../mentions.ts";
import type { Column } from "../table.ts";
import { measureByName, measureOf, type Reading, type Thought } from "../thought.ts";

const asks =
  /\bhow (?:many|much) (?:\w+ ){0,3}?(?:more|less|fewer|longer|higher|taller|larger|older|greater|bigger|faster|further|deeper|heavier)\b|\bdifference\b/;

/** Questions for the difference of two things: of their values, or of how often they stand there. */
export const difference: Reading = (thought) => {
  const pair = asks.test(thought.question.text) ? pairIn(thought.mentions) : undefined;
  if (!pair) return undefined;
  const absolute = thought.on("absolute-difference");
  const value = valueColumn(thought, [pair[0].column, pair[1].column]);
  const amounts = pair.map(({ rows: all, column: home }): Amount => {
    const rows = all.filter((row) => thought.rows.includes(row));
    if (value === undefined) return { of: "rows", rows, column: home };
    return { of: "sum", rows: rows.slice(0, 1), column: value.column.index, loose: value.loose };
  });
  const [left, right] = amounts as [Amount, Amount];
  const unit = thought.on("bare-number") ? "" : (value?.noun ?? "more");
  // What is named first is taken from what is named second.
  return { kind: "amount", amount: { of: "minus", left: right, right: left, absolute }, unit };
};

/** The column that is subtracted, and the word of the question that names it. */
function valueColumn(
  thought: Thought,
  taken: readonly number[],
): { column: Column; loose: boolean; noun: string } | undefined {
  const { table, question } = thought;
  const numeric = table.columns.filter(
    ({ kind, index }) => kind === "number" && !taken.includes(index),
  );
  const header = headersIn(question, table, 0, question.words.length).find(
    ({ column, score }) => score >= 0.5 && numeric.some(({ index }) => index === column),
  );
  const [only] = numeric;
  const named = table.columns[header?.column ?? -1];
  const column = named ? measureByName(thought, named) : numeric.length === 1 ? only : undefined;
  if (!column) return undefined;
  const loose = measureOf(thought, column) !== undefined;
  if (!named && !loose) return undefined;
  return { column, loose, noun: header ? (question.words[header.at] ?? "") : "" };
}
