import { answerColumn } from "../answer-column.ts";
import { select } from "../conditions.ts";
import { asksForSeveral } from "../question.ts";
import type { Reading } from "../thought.ts";

/** Every other question: the answer column of the rows that fulfil the conditions. */
export const lookUp: Reading = (thought) => {
  const selected = select(thought);
  const narrowed = selected.columns.size > 0 || selected.rows.length < thought.rows.length;
  const answer = answerColumn(thought, selected.columns);
  if (!answer) return undefined;
  const rows =
    narrowed && asksForSeveral(thought.question) ? selected.rows : selected.rows.slice(0, 1);
  return { kind: "cells", rows, column: answer.column.index, form: answer.form, distinct: true };
};
