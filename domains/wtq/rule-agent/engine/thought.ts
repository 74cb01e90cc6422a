import { fold, type HasHabit } from "../../../../harness/models/rule-based/kit.ts";
import type { Answer } from "./answer.ts";
import { dateIn, dateKey, isBlank, looseNumber } from "./cell-values.ts";
import { type HeaderMention, headersIn } from "./headers.ts";
import { type Mention, mentionsOf } from "./mentions.ts";
import { type ReadQuestion, readQuestion } from "./question.ts";
import { readTable, type SeenColumn, type SeenTable } from "./table.ts";

/** One attempt to understand a question of a table, with the habits that are on. */
export interface Thought {
  readonly table: SeenTable;
  readonly question: ReadQuestion;
  readonly mentions: readonly Mention[];
  /** Rows that count: all but totals, when those are known to be skipped. */
  readonly rows: readonly number[];
  readonly on: HasHabit;
}

/** Understands a part of the questions; undefined when the question is none of its kind. */
export type Reading = (thought: Thought) => Answer | undefined;

/** Looks at a question and its table, for who has these habits. */
export function think(question: string, csv: string, on: HasHabit): Thought {
  const table = readTable(csv);
  const parsed = readQuestion(question);
  const mentions = mentionsOf(parsed, table, csv);
  return { table, question: parsed, mentions, rows: countedRows(table, on), on };
}

/** Whether a row sums up the others. */
function isTotalRow(table: SeenTable, row: number): boolean {
  const first = table.columns
    .map((column) => column.cells[row] ?? "")
    .filter((cell) => cell !== "");
  return (
    /^(?:grand |sub-?|career |overall )?(?:totals?|averages?|overall|sum|mean|combined)\b[^a-z]*$/i.test(
      fold(first[0] ?? ""),
    ) || /^(?:grand |career )?totals?\b[^a-z]*$/i.test(fold(first[1] ?? ""))
  );
}

function countedRows(table: SeenTable, on: HasHabit): number[] {
  const all = Array.from({ length: table.rowCount }, (_, row) => row);
  if (all.length > 2 && on("always-drop-last-row")) all.pop();
  const totals = all.filter((row) => isTotalRow(table, row));
  if (totals.length === 0 || totals.length > all.length / 2) return all;
  return on("skip-totals") ? all.filter((row) => !totals.includes(row)) : all;
}

/** How a column's cells become numbers to compare, and undefined where only their text can be compared. */
export function measureOf(thought: Thought, column: SeenColumn): "loose" | "date" | undefined {
  if (column.kind === "year")
    return column.bare ? "loose" : thought.on("dates") ? "date" : undefined;
  if (column.kind === "date") return thought.on("dates") ? "date" : undefined;
  if (column.bare) return "loose";
  if (column.kind === "number" || column.kind === "rank")
    return thought.on("plain-numbers") ? "loose" : undefined;
  return undefined;
}

/** Comparable values of a column's rows; undefined where a cell has none. */
export function keysOf(
  thought: Thought,
  column: SeenColumn,
  rows: readonly number[],
): (number | undefined)[] {
  const measure = measureOf(thought, column);
  if (measure === undefined) {
    const order = [...new Set(rows.map((row) => fold(column.cells[row] ?? "")))].sort((a, b) =>
      a < b ? -1 : 1,
    );
    return rows.map((row) => {
      const cell = column.cells[row] ?? "";
      return isBlank(cell) ? undefined : order.indexOf(fold(cell));
    });
  }
  return rows.map((row) => {
    const cell = column.cells[row] ?? "";
    if (isBlank(cell)) return undefined;
    if (measure === "loose") return looseNumber(cell);
    const date = dateIn(cell);
    return date && dateKey(date);
  });
}

/** The first column of dates or years. */
export function dateColumn({ table }: Thought): SeenColumn | undefined {
  return table.columns.find(({ kind }) => kind === "date" || kind === "year");
}

/** The column of numbers that words of the question name, from one place to before another. */
export function numbersNamed(
  { table, question }: Thought,
  from: number,
  to: number,
  taken: ReadonlySet<number>,
): SeenColumn | undefined {
  const isFit = ({ column, score }: HeaderMention) =>
    score >= 0.5 && !taken.has(column) && table.columns[column]?.kind === "number";
  return table.columns[headersIn(question, table, from, to).find(isFit)?.column ?? -1];
}

/** Without the habit of comparing by the column that is named, the first column of numbers is compared. */
export function measureByName(thought: Thought, named: SeenColumn): SeenColumn {
  const first = thought.table.columns.find(({ kind }) => kind === "number");
  if (named.kind !== "number" || !first || first === named) return named;
  return thought.on("named-measure") ? named : first;
}
