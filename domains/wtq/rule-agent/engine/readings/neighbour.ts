import { cellsOf } from "../answer.ts";
import { answerColumn } from "../answer-column.ts";
import { boundsOf } from "../bounds.ts";
import { select } from "../conditions.ts";
import { dateColumn, keysOf, type Reading, type Thought } from "../thought.ts";

/** Questions for the row next to a named one: `after X`, `previous to X`, `listed below X`. */
export const neighbour: Reading = (thought) => {
  const at = placeOf(thought);
  const anchor =
    thought.mentions.find(({ from }) => from > (at ?? Infinity)) ?? thought.mentions.at(-1);
  if (at === undefined || !anchor || !thought.on("row-order")) return undefined;
  const { words } = thought.question;
  const direction = directionOf(words, at);
  const others = select(thought, ({ from }) => from < anchor.from);
  const rows = anchor.rows.filter((row) => thought.rows.includes(row));
  const origin = direction > 0 ? rows.at(-1) : rows[0];
  if (origin === undefined) return undefined;
  const step = direction * orderOf(thought, at);
  const start = thought.rows.indexOf(origin);
  const ahead = step > 0 ? thought.rows.slice(start) : thought.rows.slice(0, start).reverse();
  const row = ahead.find(
    (row) => !anchor.rows.includes(row) && (others.columns.size === 0 || others.rows.includes(row)),
  );
  if (row === undefined) return undefined;
  const column = answerColumn(thought, others.columns);
  return column && column.score > 0.5
    ? cellsOf([row], column.column.index, column.form)
    : cellsOf([row], anchor.column);
};

/** Where the word stands that points to the next row or the one before. */
function placeOf(thought: Thought): number | undefined {
  const { words, text } = thought.question;
  if (/\bhow many\b|\b(?:before or after|above or below)\b/.test(text)) return undefined;
  const bounds = boundsOf(thought);
  let place: number | undefined;
  for (const [at, word] of words.entries()) {
    if (directionOf(words, at) === 0 || bounds.some(({ from }) => from === at)) continue;
    if (thought.mentions.some(({ from }) => from > at && from <= at + 7)) return at;
    if (/^(?:next|previous|following|preceding)$/.test(word)) place = at;
  }
  return place;
}

function directionOf(words: readonly string[], at: number): -1 | 0 | 1 {
  const word = words[at] ?? "";
  const after =
    /^(?:after|following|below|follows|followed|succeeded|beneath|behind|underneath|next)$/;
  const before = /^(?:before|preceding|above|preceded|precedes|previous|ahead)$/;
  if (after.test(word)) return 1;
  return before.test(word) || (word === "prior" && words[at + 1] === "to") ? -1 : 0;
}

/** 1 where later rows are later or further down; -1 where dates run upwards and the question is about time. */
function orderOf(thought: Thought, at: number): 1 | -1 {
  const { words, text } = thought.question;
  const dated = dateColumn(thought);
  if (
    !dated ||
    /^(?:above|below|beneath|underneath)$/.test(words[at] ?? "") ||
    /\b(?:list(?:ed)?|chart|table|row)\b/.test(text)
  )
    return 1;
  const keys = keysOf(thought, dated, thought.rows).filter((key) => key !== undefined);
  const falling = keys.filter((key, nth) => nth > 0 && key < (keys[nth - 1] ?? 0)).length;
  return falling > keys.length * 0.6 ? -1 : 1;
}
