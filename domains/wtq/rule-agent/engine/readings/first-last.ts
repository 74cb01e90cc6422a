import { answerColumn } from "../answer-column.ts";
import { boundsOf } from "../bounds.ts";
import { numberWord } from "../cell-values.ts";
import { select } from "../conditions.ts";
import { keysOf, type Reading, type Thought } from "../thought.ts";
import { extremes } from "./superlative.ts";

/** Questions for the first or last row, by date where the rows have one. */
export const firstLast: Reading = (thought) => {
  const { words, text } = thought.question;
  const at = words.findIndex(
    (word, nth) =>
      /^(?:first|last|final|earliest|latest|initial|bottom|top)$/.test(word) &&
      !claimed(thought, nth),
  );
  if (at < 0) return undefined;
  const sign = /^(?:first|earliest|initial|top)$/.test(words[at] ?? "") ? -1 : 1;
  const selected = select(thought);
  const answer = answerColumn(thought, selected.columns);
  if (!answer || selected.rows.length === 0) return undefined;
  const limit = numberWord(words[at + 1] ?? "") ?? 1;
  const count = limit > 0 && limit < 12 ? limit : 1;
  const place = (rows: readonly number[]) => ({
    kind: "cells" as const,
    rows,
    column: answer.column.index,
    form: answer.form,
    distinct: true,
  });
  const byPlace = /\b(?:list(?:ed)?|chart|table|row)\b/.test(text);
  const dated = thought.table.columns.find(
    (column) => column.kind === "date" || column.kind === "year",
  );
  const placed = /\b(?:place|finish(?:ed)?|came in|rank(?:ed)?)\b/.test(text)
    ? thought.table.columns.find((column) => column.kind === "rank")
    : undefined;
  if (!byPlace && placed) {
    return place(
      extremes(thought, selected.rows, keysOf(thought, placed, selected.rows), sign, count),
    );
  }
  if (!byPlace && dated && thought.on("last-by-date")) {
    const found = extremes(
      thought,
      selected.rows,
      keysOf(thought, dated, selected.rows),
      sign,
      count,
    );
    if (found.length > 0) {
      const one = sign < 0 ? found.slice(0, count) : found.slice(-count);
      return place(one);
    }
  }
  return place(sign < 0 ? selected.rows.slice(0, count) : selected.rows.slice(-count));
};

function claimed(thought: Thought, at: number): boolean {
  if (boundsOf(thought).some((bound) => bound.from <= at && at < bound.to)) return true;
  return thought.mentions.some((mention) => mention.from <= at && at < mention.to);
}
