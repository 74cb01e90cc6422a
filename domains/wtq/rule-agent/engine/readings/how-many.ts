import type { Answer } from "../answer.ts";
import { select } from "../conditions.ts";
import { headersIn } from "../headers.ts";
import { measureOf, type Reading, type Thought } from "../thought.ts";

const asks =
  /\bhow (?:many|much)\b|\bnumber of\b|\bamount of\b|\btotal\b|\bsum\b|\bcombined\b|\baltogether\b|\bcount\b/;

/** Nouns that are easily written after a number. */
const unitNoun =
  /^(?:years?|games?|points?|matches|goals?|days?|seasons?|miles?|medals?|titles?|votes?|months?|wins?|weeks?)$/;

/** Questions for a number of things: a count of rows, a number in a cell, or a sum of them. */
export const howMany: Reading = (thought) => {
  const { question } = thought;
  if (!asks.test(question.text)) return undefined;
  if (
    !/\bhow (?:many|much)\b/.test(question.text) &&
    (/\b(?:who|which|most|least|highest|lowest|largest|smallest|fewest|same)\b/.test(
      question.text,
    ) ||
      /^in what|^what (?:year|team|country|player|city)\b/.test(question.text))
  )
    return undefined;
  const start = Math.max(
    0,
    question.words.findIndex((word) =>
      /^(?:many|much|number|amount|total|sum|combined|count)$/.test(word),
    ),
  );
  const selected = select(thought);
  const value = valueColumn(thought, start, selected.columns);
  const noun = nounAt(thought, start);
  const unit = unitNoun.test(noun) && !thought.on("bare-number") ? noun : "";
  const distinct = /\b(?:different|distinct|unique|separate|various)\b/.test(question.text);
  if (value !== undefined && !distinct) {
    const column = thought.table.columns[value];
    const measure = column && measureOf(thought, column);
    if (column && measure && measure !== "date") {
      if (selected.rows.length === 1)
        return { kind: "cells", rows: selected.rows, column: value, form: "cell", distinct: false };
      const summed = thought.on("sum-rows");
      if (summed && selected.rows.length > 0) {
        return {
          kind: "amount",
          amount: { of: "sum", rows: selected.rows, column: value, measure },
          unit: "",
        };
      }
      return {
        kind: "cells",
        rows: selected.rows.slice(0, 1),
        column: value,
        form: "cell",
        distinct: false,
      };
    }
  }
  return counted(thought, selected.rows, start, selected.columns, unit, distinct);
};

function counted(
  thought: Thought,
  rows: readonly number[],
  start: number,
  taken: ReadonlySet<number>,
  unit: string,
  distinct: boolean,
): Answer {
  const { table, question } = thought;
  const header = headersIn(
    question,
    table,
    start + 1,
    Math.min(question.words.length, start + 5),
  ).find((found) => found.score >= 0.5 && !taken.has(found.column));
  const column = table.columns[header?.column ?? -1];
  if (!thought.on("count-rows")) {
    const numeric =
      table.columns.find(
        (candidate) => candidate.kind === "number" && !taken.has(candidate.index),
      ) ?? table.columns[0];
    return {
      kind: "cells",
      rows: rows.slice(0, 1),
      column: numeric?.index ?? 0,
      form: "cell",
      distinct: false,
    };
  }
  if (column && ((distinct && thought.on("distinct")) || thought.on("always-distinct"))) {
    return { kind: "amount", amount: { of: "distinct", rows, column: column.index }, unit };
  }
  return { kind: "amount", amount: { of: "rows", rows, column: column?.index ?? 0 }, unit };
}

/** The numeric column that the words after `how many` name, if one does. */
function valueColumn(
  thought: Thought,
  start: number,
  taken: ReadonlySet<number>,
): number | undefined {
  const { table, question } = thought;
  let end = start + 1;
  while (
    end < Math.min(question.words.length, start + 6) &&
    !/^(?:did|was|were|have|has|had|are|is|with|that|which|who|does|do|in|at|from|for)$/.test(
      question.words[end] ?? "",
    )
  )
    end++;
  const found = headersIn(question, table, start + 1, Math.max(end, start + 2)).find((header) => {
    const column = table.columns[header.column];
    return (
      column !== undefined &&
      header.score >= 0.5 &&
      !taken.has(header.column) &&
      column.kind === "number"
    );
  });
  return found?.column;
}

function nounAt(thought: Thought, start: number): string {
  const { words } = thought.question;
  const at = words[start + 1] === "of" ? start + 2 : start + 1;
  return words[at] ?? "";
}
