import { answerColumn } from "../answer-column.ts";
import { boundsOf } from "../bounds.ts";
import { select } from "../conditions.ts";
import type { Mention } from "../mentions.ts";
import { keysOf, type Reading, type Thought } from "../thought.ts";

/** Questions for the row next to a named one: `after X`, `previous to X`, `listed below X`. */
export const neighbour: Reading = (thought) => {
  const { words, text } = thought.question;
  if (/\bhow many\b|\b(?:before or after|above or below)\b/.test(text)) return undefined;
  const bounds = boundsOf(thought);
  let direction = 0;
  let at = -1;
  for (const [position, word] of words.entries()) {
    const way = directionOf(words, position);
    if (way === 0 || bounds.some((bound) => bound.from === position && bound.low !== bound.high))
      continue;
    const follows = thought.mentions.some(
      (mention) => mention.from > position && mention.from <= position + 7,
    );
    if (!follows && !/^(?:next|previous|following|preceding)$/.test(word)) continue;
    direction = way;
    at = position;
    if (follows) break;
  }
  if (direction === 0) return undefined;
  const anchor = anchorOf(thought, at);
  if (!anchor) return undefined;
  if (!thought.on("row-order")) return undefined;
  const others = select(thought, { skip: (mention) => mention.from >= anchor.from });
  const rows = anchor.rows.filter((row) => thought.rows.includes(row));
  const origin = direction > 0 ? rows[rows.length - 1] : rows[0];
  if (origin === undefined) return undefined;
  const where = thought.rows.indexOf(origin);
  const step = direction * orderOf(thought, at);
  const reach = others.mentions.length > 0 ? new Set(others.rows) : undefined;
  for (let to = where + step; to >= 0 && to < thought.rows.length; to += step) {
    const row = thought.rows[to];
    if (row === undefined || anchor.rows.includes(row)) continue;
    if (reach && !reach.has(row)) continue;
    const column = answerColumn(thought, new Set(others.columns));
    const chosen =
      column && column.score > 0.5
        ? column
        : { column: thought.table.columns[anchor.column], form: "cell" as const };
    if (!chosen.column) return undefined;
    return {
      kind: "cells",
      rows: [row],
      column: chosen.column.index,
      form: chosen.form,
      distinct: false,
    };
  }
  return undefined;
};

function directionOf(words: readonly string[], at: number): number {
  const word = words[at] ?? "";
  if (/^(?:after|following|below|follows|followed|succeeded|beneath|behind|underneath)$/.test(word))
    return 1;
  if (word === "next") return 1;
  if (/^(?:before|preceding|above|preceded|precedes|previous|ahead)$/.test(word)) return -1;
  if (word === "prior" && words[at + 1] === "to") return -1;
  return 0;
}

function anchorOf(thought: Thought, at: number): Mention | undefined {
  return (
    thought.mentions.find((mention) => mention.from > at) ??
    thought.mentions[thought.mentions.length - 1]
  );
}

/** 1 where later rows are later or further down; -1 where dates run upwards and the question is about time. */
function orderOf(thought: Thought, at: number): number {
  const word = thought.question.words[at] ?? "";
  if (
    /^(?:above|below|beneath|underneath)$/.test(word) ||
    /\b(?:list(?:ed)?|chart|table|row)\b/.test(thought.question.text)
  )
    return 1;
  const dated = thought.table.columns.find(
    (column) => column.kind === "date" || column.kind === "year",
  );
  if (!dated) return 1;
  const keys = keysOf(thought, dated, thought.rows).filter((key) => key !== undefined);
  const [first] = keys;
  const last = keys[keys.length - 1];
  if (first === undefined || last === undefined) return 1;
  const falling = keys.filter((key, nth) => nth > 0 && key < (keys[nth - 1] ?? 0)).length;
  return last < first && falling > keys.length * 0.6 ? -1 : 1;
}
