import { type CsvColumn, csvFields, csvOf } from "../csv.ts";
import type { Format } from "../formats.ts";
import { decimal, signedDecimal } from "../numbers.ts";
import { render } from "../render.ts";
import type { Naming, TextTable } from "../text-table.ts";
import { hasAverage, recomputedAverage } from "./average.ts";
import type { Benchmark, PaperRow, PaperTable } from "./figures.ts";

/** Renders a table of the paper as it stands there; the text ends in a line end. */
export function renderPrinted(table: PaperTable, format: Format): string {
  const data = printedRows(table);
  return render(
    {
      text: (naming) => printedTable(table, naming),
      csv: () => csvOf(columnsOf(table), data.rows),
      data,
    },
    format,
  );
}

function columnsOf({ users, columns }: PaperTable): CsvColumn<PrintedRow>[] {
  return [
    ...csvFields<PrintedRow>("condition", "author", "mode", "against"),
    ...users.flatMap(({ name: user }) =>
      columns.map(
        ({ id }): CsvColumn<PrintedRow> => [
          `${user} ${id}`,
          (row) => row.cells[user]?.[id] ?? null,
        ],
      ),
    ),
    ...csvFields<PrintedRow>("minutes", "avg", "recomputedAvg"),
  ];
}

/** A row of a table as data. */
type PrintedRow = ReturnType<typeof printedRows>["rows"][number];

/**
 * A table of the paper as data. Figures as they are printed, by user and column: percent, or from 0 to 1 where
 * the paper prints them so; averages as printed and from the cells, null in a table without one.
 */
export function printedRows(table: PaperTable) {
  const { source, title, columns } = table;
  return {
    source,
    table: table.table,
    title,
    rows: table.rows.map((row) => ({
      condition: row.condition,
      author: row.author,
      mode: row.mode,
      against: row.against,
      cells: Object.fromEntries(
        Object.entries(row.cells).map(([user, figures]) => [
          user,
          Object.fromEntries(columns.map(({ id }, i) => [id, figures[i] ?? Number.NaN])),
        ]),
      ),
      minutes: row.minutes ?? null,
      avg: row.avg ?? null,
      recomputedAvg:
        row.avg === undefined ? null : Number(decimal(recomputedAverage(table, row), 4)),
    })),
  };
}

/** A table of the paper in its own layout: users side by side, and with an average the recomputed one too. */
function printedTable(table: PaperTable, { cell, caption }: Naming): TextTable {
  const { columns, users, rows } = table;
  const averaged = hasAverage(table);
  const timed = rows.some(({ minutes }) => minutes !== undefined);
  return {
    title: paperTitle(table, caption),
    above: users.map(({ name, label }) => `${caption(name)}: ${caption(label)}`),
    names: 1,
    head: [
      ["skill, author"],
      ...users.flatMap(({ name }) => columns.map(({ id }) => [cell(name), cell(id)])),
      ...(timed ? [["minutes"]] : []),
      ...(averaged ? [["Avg"], ["Avg of", "cells"]] : []),
    ],
    lines: rows.map((row) => [
      [nameOf(table, row, cell)],
      ...users.flatMap(({ name }) =>
        columns.map((column, i) => [figureText(row, row.cells[name]?.[i] ?? 0, column)]),
      ),
      ...(timed ? [[row.minutes === undefined ? "" : String(row.minutes)]] : []),
      ...(averaged ? averages(table, row).map((text) => [text]) : []),
    ]),
    notes: [
      ...columns.map(
        ({ id, name, scale }) =>
          `${id}: ${name}${scale === "percent" ? ", in percent" : ", from 0 to 1"}.`,
      ),
      ...differences(table),
      ...(averaged
        ? [table.averageRule, "Avg of cells: that rule applied to the cells of the row."]
        : []),
      ...(timed ? ["minutes: wall time of making the skill."] : []),
    ],
  };
}

/** Where the figures come from, on one line. */
export function paperTitle(table: PaperTable, name: (text: string) => string): string {
  const number = table.table.replace(/^table/, "table ");
  return `${name(table.source)}, ${name(number)}: ${name(table.title)}`;
}

/** What the differences of a table are taken to, in words. */
export function differences({ rows }: PaperTable): string[] {
  const pairs = rows.flatMap(({ mode, against }) =>
    against === null ? [] : [`${mode ?? "a row"} against ${against}`],
  );
  return pairs.length === 0
    ? []
    : [`Signed figures are differences, of the same user: ${[...new Set(pairs)].join(", ")}.`];
}

/** The condition and who wrote its skill, as far as the paper says. */
function nameOf(table: PaperTable, row: PaperRow, cell: (text: string) => string): string {
  const condition = [row.mode ?? "", cell(row.condition)].filter(Boolean).join(" ");
  const author = row.author !== null ? cell(row.author) : table.authorIsUser ? "the user" : "";
  return [condition, author].filter(Boolean).join(", ");
}

function averages(table: PaperTable, row: PaperRow): string[] {
  if (row.avg === undefined) return ["", ""];
  const text = row.against === null ? decimal : signedDecimal;
  return [text(row.avg, 2), text(recomputedAverage(table, row), 2)];
}

function figureText(row: PaperRow, figure: number, { decimals }: Benchmark): string {
  return row.against === null ? decimal(figure, decimals) : signedDecimal(figure, decimals);
}
