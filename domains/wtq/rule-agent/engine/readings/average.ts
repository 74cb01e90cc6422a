import { select } from "../conditions.ts";
import { headersIn } from "../headers.ts";
import { measureOf, type Reading } from "../thought.ts";

/** Questions for the mean of a column. */
export const average: Reading = (thought) => {
  const { question, table } = thought;
  const at = question.words.findIndex((word) => word === "average" || word === "mean");
  if (at < 0) return undefined;
  const selected = select(thought);
  const header = headersIn(question, table, at, question.words.length).find(
    (found) => table.columns[found.column]?.kind === "number",
  );
  const column = table.columns[header?.column ?? -1];
  if (!column) return undefined;
  const measure = measureOf(thought, column);
  if (!measure || selected.rows.length < 2) return undefined;
  return {
    kind: "amount",
    amount: { of: "average", rows: selected.rows, column: column.index, measure },
    unit: "",
  };
};
