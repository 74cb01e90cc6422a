import { fold } from "../../../../../harness/models/rule-based/kit.ts";
import type { Answer } from "../answer.ts";
import { answerColumn } from "../answer-column.ts";
import { numberWord } from "../cell-values.ts";
import { select } from "../conditions.ts";
import { headersIn } from "../headers.ts";
import { asksForSeveral } from "../question.ts";
import type { Column } from "../table.ts";
import { keysOf, type Reading, type Thought } from "../thought.ts";

interface Extreme {
  readonly at: number;
  /** 1 for the greatest, -1 for the least. */
  readonly sign: 1 | -1;
  /** Kinds of column that the word itself points to, by words of their headers. */
  readonly about: readonly string[];
}

const greatest: Readonly<Record<string, readonly string[]>> = {
  most: [],
  highest: ["height", "elevation"],
  largest: ["area", "population", "size", "capacity"],
  biggest: ["size", "area", "population", "margin"],
  greatest: [],
  maximum: [],
  longest: ["length", "distance", "duration", "minute", "time", "year", "day"],
  tallest: ["height", "ft", "floor"],
  latest: ["date", "year"],
  newest: ["year", "date", "built", "opened"],
  oldest: ["age"],
  heaviest: ["weight", "mass"],
  top: ["point", "total"],
  farthest: ["distance"],
  furthest: ["distance"],
  deepest: ["depth"],
  widest: ["width"],
  strongest: [],
  recent: ["date", "year"],
  slowest: ["time"],
};
const least: Readonly<Record<string, readonly string[]>> = {
  least: [],
  lowest: ["height", "elevation"],
  smallest: ["area", "population", "size"],
  fewest: [],
  minimum: [],
  shortest: ["length", "distance", "duration", "time", "height"],
  earliest: ["date", "year"],
  youngest: ["age"],
  fastest: ["time"],
  lightest: ["weight"],
  closest: ["distance"],
  quickest: ["time"],
  narrowest: ["width"],
};

function extremeOf(thought: Thought): Extreme | undefined {
  for (const [at, word] of thought.question.words.entries()) {
    if (thought.question.words[at - 1] === "at") continue;
    if (Object.hasOwn(greatest, word)) return { at, sign: 1, about: greatest[word] ?? [] };
    if (Object.hasOwn(least, word)) return { at, sign: -1, about: least[word] ?? [] };
  }
  return undefined;
}

/** Questions for the row with the greatest or least value of a column, or for the commonest cell. */
export const superlative: Reading = (thought) => {
  const extreme = extremeOf(thought);
  if (!extreme) return undefined;
  const selected = select(thought);
  const value = byFirstFigures(thought, valueColumn(thought, extreme, selected.columns));
  if (!value) return commonest(thought, extreme, selected.rows, selected.columns);
  const { column } = value;
  const ranked =
    column.kind === "rank" ||
    /^(?:rank|ranked|ranking|position|seed)$/.test(thought.question.words[extreme.at + 1] ?? "");
  const sign = (ranked && column.kind === "rank" ? -1 : 1) * extreme.sign * value.sign;
  const keys = keysOf(thought, column, selected.rows);
  const limit = limitOf(thought, extreme.at);
  const found = extremes(thought, selected.rows, keys, sign, limit);
  if (found.length === 0) return undefined;
  const answer = answerColumn(
    thought,
    new Set([...selected.columns, ...(asksValue(thought) ? [] : [column.index])]),
  );
  if (!answer) return undefined;
  return {
    kind: "cells",
    rows: found,
    column: answer.column.index,
    form: answer.form,
    distinct: true,
  };
};

function asksValue(thought: Thought): boolean {
  return /^(?:what (?:is|was|were|are)|whats|how) (?:the )?(?:total )?(?:most|highest|largest|greatest|lowest|least|smallest|longest|shortest|fewest|biggest|top|maximum|minimum|latest|earliest|fastest)/.test(
    thought.question.text,
  );
}

function limitOf(thought: Thought, at: number): number {
  const { words } = thought.question;
  for (const near of [at - 1, at + 1]) {
    const value = numberWord(words[near] ?? "");
    if (value !== undefined && value > 1 && value < 12) return value;
  }
  return 1;
}

/** Rows with the extreme key; with the habit of ties all that share it. */
export function extremes(
  thought: Thought,
  rows: readonly number[],
  keys: readonly (number | undefined)[],
  sign: number,
  limit = 1,
): number[] {
  const ranked = rows
    .map((row, nth) => ({ row, key: keys[nth] }))
    .filter((entry): entry is { row: number; key: number } => entry.key !== undefined)
    .sort((a, b) => sign * (b.key - a.key) || a.row - b.row);
  const best = ranked[limit - 1]?.key ?? ranked[ranked.length - 1]?.key;
  const tied = ranked.filter((entry) => sign * (entry.key - (best ?? 0)) >= 0);
  if (tied.length > limit && !(asksForSeveral(thought.question) && thought.on("ties-all")))
    return tied.slice(0, limit).map((entry) => entry.row);
  return tied.map((entry) => entry.row);
}

function valueColumn(
  thought: Thought,
  extreme: Extreme,
  taken: ReadonlySet<number>,
): { column: Column; sign: 1 | -1 } | undefined {
  const { table, question } = thought;
  const ordered = (column: Column | undefined): column is Column =>
    column !== undefined && column.kind !== "text";
  const after = headersIn(
    question,
    table,
    extreme.at + 1,
    Math.min(question.words.length, extreme.at + 5),
  )
    .map((header) => ({ ...header, score: header.score - (header.at - extreme.at) * 0.04 }))
    .sort((a, b) => b.score - a.score)
    .find(
      (header) =>
        header.score > 0.3 && ordered(table.columns[header.column]) && !taken.has(header.column),
    );
  const direct = table.columns[after?.column ?? -1];
  const word = question.words[extreme.at] ?? "";
  if (direct && !/^(?:earliest|latest|oldest|youngest|newest|recent)$/.test(word))
    return { column: direct, sign: 1 };
  for (const about of extreme.about) {
    const column = table.columns.find(
      (candidate) => candidate.stems.includes(about) && ordered(candidate),
    );
    if (column) return { column, sign: 1 };
  }
  if (/^(?:earliest|latest|newest|recent|oldest|youngest)$/.test(word)) {
    const column = table.columns.find(
      (candidate) => candidate.kind === "date" || candidate.kind === "year",
    );
    if (column) return { column, sign: word === "oldest" || word === "youngest" ? -1 : 1 };
  }
  if (direct) return { column: direct, sign: 1 };
  const before = headersIn(question, table, 0, extreme.at).find(
    (header) => table.columns[header.column]?.kind === "number" && header.score >= 0.55,
  );
  if (before && (extreme.about.length > 0 || extreme.at >= question.words.length - 2))
    return { column: table.columns[before.column] as Column, sign: 1 };
  if (/^(?:top|best|highest)$/.test(word)) {
    const column = table.columns.find((candidate) => candidate.kind === "rank");
    if (column) return { column, sign: 1 };
  }
  if (extreme.about.length > 0 || /^(?:greatest|maximum|minimum)$/.test(word)) {
    const numeric = table.columns.filter((candidate) => candidate.kind === "number");
    if (numeric.length === 1 && numeric[0]) return { column: numeric[0], sign: 1 };
  }
  return undefined;
}

/** Without the habit of comparing by the column named, the first column of numbers is compared. */
function byFirstFigures(
  thought: Thought,
  value: { column: Column; sign: 1 | -1 } | undefined,
): typeof value {
  const first = thought.table.columns.find((column) => column.kind === "number");
  if (
    !value ||
    !first ||
    value.column.kind !== "number" ||
    first === value.column ||
    thought.on("named-measure")
  )
    return value;
  return { column: first, sign: 1 };
}

/** The cell that stands in most (or fewest) rows: `which team won the most times`. */
function commonest(
  thought: Thought,
  extreme: Extreme,
  rows: readonly number[],
  taken: ReadonlySet<number>,
): Answer | undefined {
  const answer = answerColumn(thought, taken);
  if (!answer) return undefined;
  if (answer.column.distinct === thought.table.rowCount) return undefined;
  if (!thought.on("count-groups"))
    return {
      kind: "cells",
      rows: rows.slice(0, 1),
      column: answer.column.index,
      form: answer.form,
      distinct: true,
    };
  const groups = new Map<string, number[]>();
  for (const row of rows) {
    const cell = fold(answer.column.cells[row] ?? "");
    if (cell !== "") groups.set(cell, [...(groups.get(cell) ?? []), row]);
  }
  const firsts = [...groups.values()].map((group) => group[0] ?? 0);
  const sizes = [...groups.values()].map((group) => group.length);
  return {
    kind: "cells",
    rows: extremes(thought, firsts, sizes, extreme.sign),
    column: answer.column.index,
    form: answer.form,
    distinct: true,
  };
}
