import type { Answer } from "../answer.ts";
import { headersIn } from "../headers.ts";
import type { Mention } from "../mentions.ts";
import type { Column } from "../table.ts";
import { keysOf, type Reading, type Thought } from "../thought.ts";

/** Questions that offer two things: `who was older, A or B?`. */
export const eitherOr: Reading = (thought) => {
  const { words } = thought.question;
  if (/\bhow many\b/.test(thought.question.text)) return undefined;
  const or = words.lastIndexOf("or");
  if (or < 0) return undefined;
  const right = thought.mentions.find((mention) => mention.from > or && mention.from <= or + 3);
  const left = [...thought.mentions]
    .reverse()
    .find((mention) => mention.to <= or && mention.to >= or - 3);
  if (!left || !right) return undefined;
  if (!thought.on("either-or")) return undefined;
  const pair = sameColumn(left, right);
  if (!pair) return undefined;
  const [a, b] = pair;
  const column = compared(thought, [a.column, left.column, right.column], or);
  const sign =
    /\b(?:less|fewer|least|fewest|lower|lowest|earlier|earliest|first|before|older|oldest|smaller|smallest|shorter|shortest|faster|fastest|youngest|worst)\b/.test(
      thought.question.text,
    )
      ? -1
      : 1;
  const cell = (row: number): Answer => ({
    kind: "cells",
    rows: [row],
    column: a.column,
    form: "cell",
    distinct: true,
  });
  const rowsOf = (rows: readonly number[]) => rows.filter((row) => thought.rows.includes(row));
  const [aRows, bRows] = [rowsOf(a.rows), rowsOf(b.rows)];
  const [aRow, bRow] = [aRows[0], bRows[0]];
  if (aRow === undefined || bRow === undefined) return undefined;
  if (!column) {
    if (aRows.length === bRows.length) {
      const early = sign < 0 || /\b(?:better|higher|top|above|ahead)\b/.test(thought.question.text);
      return cell(aRow < bRow === early ? aRow : bRow);
    }
    return cell(aRows.length > bRows.length === sign > 0 ? aRow : bRow);
  }
  const total = (rows: readonly number[]) =>
    keysOf(thought, column, rows).filter((key) => key !== undefined);
  const reduce = (keys: readonly number[]) =>
    column.kind === "number"
      ? keys.reduce((sum, key) => sum + key, 0)
      : sign < 0
        ? Math.min(...keys)
        : Math.max(...keys);
  const both = keysOf(thought, column, [aRow, bRow]);
  const aKeys = total(aRows);
  const bKeys = total(bRows);
  const single = aRows.length === 1 && bRows.length === 1;
  const x = single ? both[0] : aKeys.length > 0 ? reduce(aKeys) : undefined;
  const y = single ? both[1] : bKeys.length > 0 ? reduce(bKeys) : undefined;
  if (x === undefined || y === undefined || x === y)
    return cell(x === undefined && y !== undefined ? bRow : aRow);
  const ranked = column.kind === "rank" ? -1 : 1;
  const older =
    /\b(?:older|oldest|younger|youngest)\b/.test(thought.question.text) && column.kind === "number"
      ? -1
      : 1;
  return cell(sign * ranked * older * (x - y) > 0 ? aRow : bRow);
};

/** The two mentions as places in one column. */
function sameColumn(
  left: Mention,
  right: Mention,
):
  | [{ column: number; rows: readonly number[] }, { column: number; rows: readonly number[] }]
  | undefined {
  for (const a of [left, ...left.others]) {
    for (const b of [right, ...right.others]) if (a.column === b.column) return [a, b];
  }
  return undefined;
}

function compared(thought: Thought, taken: readonly number[], or: number): Column | undefined {
  const { table, question } = thought;
  const ordered = (column: Column | undefined) =>
    column !== undefined && column.kind !== "text" && !taken.includes(column.index);
  const text = question.text;
  if (
    /\b(?:earlier|later|earliest|latest|first|last|before|after|recent|recently|older|oldest|newer|newest|younger|youngest)\b/.test(
      text,
    )
  ) {
    const dated = table.columns.find(
      (column) => (column.kind === "date" || column.kind === "year") && ordered(column),
    );
    if (dated) return dated;
    const age = table.columns.find((column) => column.stems.includes("age"));
    if (age) return age;
  }
  const named = headersIn(question, table, 0, or).find(
    (header) => ordered(table.columns[header.column]) && header.score >= 0.5,
  );
  const first = table.columns.find((column) => column.kind === "number" && ordered(column));
  const column = table.columns[named?.column ?? -1];
  if (column)
    return column.kind !== "number" || !first || column === first || thought.on("named-measure")
      ? column
      : first;
  for (const [pattern, kinds] of [
    [
      /\b(?:longer|longest|shorter|shortest)\b/,
      ["length", "distance", "duration", "time", "height"],
    ],
    [/\b(?:taller|tallest|higher|highest)\b/, ["height", "elevation"]],
    [
      /\b(?:larger|largest|bigger|smaller|smallest|biggest)\b/,
      ["area", "population", "size", "capacity"],
    ],
    [/\b(?:faster|fastest|slower|quicker)\b/, ["time", "speed"]],
    [/\b(?:better|higher|ranked|best|ahead)\b/, ["rank", "position", "place", "pos", "point"]],
  ] as const) {
    if (!pattern.test(text)) continue;
    for (const kind of kinds) {
      const column = table.columns.find(
        (candidate) => candidate.stems.includes(kind) && ordered(candidate),
      );
      if (column) return column;
    }
  }
  const numeric = table.columns.filter((column) => column.kind === "number" && ordered(column));
  return numeric.length === 1 ? numeric[0] : undefined;
}
