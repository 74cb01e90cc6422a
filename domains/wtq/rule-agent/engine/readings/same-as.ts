import { fold } from "../../../../../harness/models/rule-based/kit.ts";
import { answerColumn } from "../answer-column.ts";
import { headersIn } from "../headers.ts";
import type { Reading } from "../thought.ts";

/** Questions for what shares a value with a named thing: `the same number of wins as X`. */
export const sameAs: Reading = (thought) => {
  const { question, table } = thought;
  const at = question.words.indexOf("same");
  if (at < 0) return undefined;
  const anchor = thought.mentions.find((mention) => mention.from > at) ?? thought.mentions[0];
  const header = headersIn(question, table, at + 1, Math.min(question.words.length, at + 6)).find(
    (found) => found.column !== anchor?.column,
  );
  const column = table.columns[header?.column ?? -1];
  const row = anchor?.rows[0];
  if (!column || !anchor || row === undefined) return undefined;
  const value = fold(column.cells[row] ?? "");
  const rows = thought.rows.filter(
    (other) => !anchor.rows.includes(other) && fold(column.cells[other] ?? "") === value,
  );
  if (rows.length === 0) return undefined;
  const answer = answerColumn(thought, new Set([column.index]));
  return {
    kind: "cells",
    rows,
    column: answer && answer.score > 0.5 ? answer.column.index : anchor.column,
    form: "cell",
    distinct: true,
  };
};
