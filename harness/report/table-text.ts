import { groupedBy } from "../grouped-by.ts";
import {
  detectablePoints,
  formNotes,
  formText,
  heading,
  legend,
  significance,
  significanceMark,
  withInterval,
} from "./caption.ts";
import { type CsvColumn, csvFields, csvOf, ends } from "./csv.ts";
import type { Format } from "./formats.ts";
import { counted, points, signedPoints } from "./numbers.ts";
import { render } from "./render.ts";
import { coverageGapMax, type Table, type TableRow } from "./table.ts";
import type { Naming, TextTable } from "./text-table.ts";

/** Renders the table of a study; the text ends in a line end. */
export function renderTable(table: Table, format: Format): string {
  return render(
    {
      text: (naming) => tableText(table, naming),
      csv: () => csvOf(columnsOf(table), table.rows),
      data: table,
    },
    format,
  );
}

/** The table as people read it: a line a condition and author, a column a user and split. */
function tableText(table: Table, { cell, caption }: Naming): TextTable {
  const severalMetrics = new Set(table.rows.map((row) => row.metric)).size > 1;
  const columnOf = (row: TableRow) => JSON.stringify([row.user, row.split, row.metric]);
  const columns = [...groupedBy(orderedByUser(table), columnOf).values()];
  const lineOf = (row: TableRow) => JSON.stringify([row.condition, row.author]);
  const lines = [...groupedBy(table.rows, lineOf).values()];
  return {
    title: heading(table, caption),
    above: legend(table, caption),
    names: 2,
    head: [
      ["condition"],
      ["author"],
      ...columns.map(([{ user, split, metric }]) => {
        const label = `${cell(user)} on ${cell(split)}`;
        return [severalMetrics ? `${label}, ${cell(metric)}` : label];
      }),
    ],
    lines: lines.map((rows) => [
      [cell(rows[0].condition)],
      [rows[0].author === null ? "" : cell(rows[0].author)],
      ...columns.map(([column]) => {
        const row = rows.find((candidate) => columnOf(candidate) === columnOf(column));
        return row === undefined ? ["not run"] : texts(row, cell);
      }),
    ]),
    notes: [...notes(table), ...formNotes(table.rows, caption)],
  };
}

/** Mean in percent, difference to the baseline (empty for a baseline), graded / ungraded / asked, and form. */
function texts(row: TableRow, cell: Naming["cell"]): string[] {
  return [
    row.mean === null ? "nothing graded" : withInterval(points(row.mean), row.ci95),
    deltaText(row, cell),
    `${row.graded} / ${row.ungraded} / ${row.n}`,
    formText(row),
  ];
}

/** `+5.1 [1.2, 9.0] * vs no-skill`, in percentage points, or why there is none. */
function deltaText(row: TableRow, cell: Naming["cell"]): string {
  if (row.baseline === null) return "";
  if (row.delta === null) return `no delta: ${row.deltaAbsent}`;
  const sameAuthor = row.baselineAuthor === null || row.baselineAuthor === row.author;
  const against = `${cell(row.baseline)}${sameAuthor ? "" : ` by ${cell(row.baselineAuthor ?? "")}`}`;
  if (row.sameSkill) return `0.0, the same skill as ${against}`;
  const figures = withInterval(signedPoints(row.delta), row.deltaCi95);
  return `${figures}${significanceMark(row.pHolm, row.delta)} vs ${against}`;
}

/** Users, then splits, in the study's order: a line may lack a column that a later one has. */
function orderedByUser(table: Table): TableRow[] {
  const users = table.models.map((model) => model.name);
  const splits = table.splits.map((split) => split.name);
  return [...table.rows].sort(
    (a, b) =>
      users.indexOf(a.user) - users.indexOf(b.user) ||
      splits.indexOf(a.split) - splits.indexOf(b.split) ||
      (a.metric === b.metric ? 0 : a.metric < b.metric ? -1 : 1),
  );
}

/** How to read the table, one paragraph an entry. */
function notes(table: Table): string[] {
  const tests = table.rows.filter((row) => row.p !== null).length;
  const size = detectablePoints(table.rows);
  return [
    "A cell: mean of the graded episodes in percent [95% interval]; difference to the named baseline in percentage points [95% interval]; graded / ungraded / asked.",
    `Deltas are against the baseline of the same user and split, over the episodes (task, seed) graded in both arms; none is given where the graded shares differ by more than ${points(coverageGapMax)} points.`,
    `Intervals resample whole groups of tasks, with all their tasks and seeds (${table.resamples} resamples, seed ${table.seed}).`,
    tests > 0 &&
      `* better, ! worse than the baseline: p below ${significance} by flipping the signs of whole groups, after Holm's correction over the ${counted(tests, "test")} of this table.`,
    tests > 0 &&
      size !== undefined &&
      `Smallest true difference found with 80% power, at 5% before the correction: ${size} points, by row.`,
  ].filter((note) => note !== false);
}

function countsText(counts: Readonly<Record<string, number>> | undefined): string | null {
  const texts = Object.entries(counts ?? {}).map(([name, count]) => `${name} ${count}`);
  return counts === undefined ? null : texts.join("; ");
}

function columnsOf(table: Table): CsvColumn<TableRow>[] {
  return [
    ["study", () => table.study],
    ["data", () => table.data.name],
    ["real", () => table.data.real],
    ...csvFields<TableRow>("condition", "mode", "author", "user"),
    ["userLabel", ({ user }) => table.models.find(({ name }) => name === user)?.label ?? ""],
    ...csvFields<TableRow>("split", "metric", "n", "graded", "ungraded", "mean"),
    ...ends<TableRow>("mean", (row) => row.ci95),
    ...ends<TableRow>("wilson", (row) => row.wilson95),
    ["strictMean", (row) => row.strict.mean],
    ...ends<TableRow>("strict", (row) => row.strict.ci95),
    ...csvFields<TableRow>("baseline", "baselineAuthor", "delta"),
    ...ends<TableRow>("delta", (row) => row.deltaCi95),
    ...csvFields<TableRow>("deltaAbsent", "p", "pHolm", "mcnemar", "pairs", "wins", "losses"),
    ...csvFields<TableRow>("minimumDetectableEffect"),
    ...(["calls", "inputTokens", "outputTokens", "unmetered", "costUsd"] as const).map(
      (name): CsvColumn<TableRow> => [name, (row) => row.spent?.[name] ?? null],
    ),
    ["formShare", ({ form }) => form?.share ?? null],
    ["formReasons", ({ form }) => countsText(form?.ended)],
    ["recovered", ({ form }) => countsText(form?.recovered)],
    ["answersByText", ({ form }) => form?.byText ?? null],
  ];
}
