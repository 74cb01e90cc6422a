import { cellsOf } from "../answer.ts";
import { answerColumn } from "../answer-column.ts";
import { boundsOf } from "../bounds.ts";
import { numberWord } from "../cell-values.ts";
import { select } from "../conditions.ts";
import { dateColumn, keysOf, measureOf, type Reading } from "../thought.ts";
import { extremes } from "./superlative.ts";

/** Questions for the first or last row, by date where the rows have one. */
export const firstLast: Reading = (thought) => {
  const { words, text } = thought.question;
  const spans = [...boundsOf(thought), ...thought.mentions];
  const at = words.findIndex(
    (word, nth) =>
      /^(?:first|last|final|earliest|latest|initial|bottom|top)$/.test(word) &&
      !spans.some(({ from, to }) => from <= nth && nth < to),
  );
  if (at < 0) return undefined;
  const sign = /^(?:first|earliest|initial|top)$/.test(words[at] ?? "") ? -1 : 1;
  const { rows, columns } = select(thought);
  const answer = answerColumn(thought, columns);
  if (!answer || rows.length === 0) return undefined;
  const limit = numberWord(words[at + 1] ?? "") ?? 1;
  const count = limit > 0 && limit < 12 ? limit : 1;
  const isByPlace = /\b(?:list(?:ed)?|chart|table|row)\b/.test(text);
  const dated = isByPlace ? undefined : dateColumn(thought);
  const keys = dated && measureOf(thought, dated) ? keysOf(thought, dated, rows) : undefined;
  const sorted = keys ? extremes(thought, { rows, keys }, sign, count) : rows;
  const found = sign < 0 ? sorted.slice(0, count) : sorted.slice(-count);
  return cellsOf(found, answer.column.index, answer.form);
};
