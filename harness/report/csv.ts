import { plainText } from "./grid.ts";
import type { Table, TableRow } from "./table.ts";

type Value = string | number | boolean | null;

/** In the order of the columns. */
const columns: readonly (readonly [
  header: string,
  value: (row: TableRow, table: Table) => Value,
])[] = [
  ["study", (_, table) => table.study],
  ["data", (_, table) => table.data.name],
  ["real", (_, table) => table.data.real],
  ["condition", (row) => row.condition],
  ["mode", (row) => row.mode],
  ["author", (row) => row.author],
  ["user", (row) => row.user],
  ["userLabel", (row, table) => labelOf(row.user, table)],
  ["split", (row) => row.split],
  ["metric", (row) => row.metric],
  ["n", (row) => row.n],
  ["graded", (row) => row.graded],
  ["ungraded", (row) => row.ungraded],
  ["mean", (row) => row.mean],
  ["meanLow", (row) => row.ci95?.[0] ?? null],
  ["meanHigh", (row) => row.ci95?.[1] ?? null],
  ["wilsonLow", (row) => row.wilson95?.[0] ?? null],
  ["wilsonHigh", (row) => row.wilson95?.[1] ?? null],
  ["strictMean", (row) => row.strict.mean],
  ["strictLow", (row) => row.strict.ci95?.[0] ?? null],
  ["strictHigh", (row) => row.strict.ci95?.[1] ?? null],
  ["baseline", (row) => row.baseline],
  ["baselineAuthor", (row) => row.baselineAuthor],
  ["delta", (row) => row.delta],
  ["deltaLow", (row) => row.deltaCi95?.[0] ?? null],
  ["deltaHigh", (row) => row.deltaCi95?.[1] ?? null],
  ["deltaAbsent", (row) => row.deltaAbsent],
  ["p", (row) => row.p],
  ["pHolm", (row) => row.pHolm],
  ["mcnemar", (row) => row.mcnemar],
  ["pairs", (row) => row.pairs],
  ["wins", (row) => row.wins],
  ["losses", (row) => row.losses],
  ["minimumDetectableEffect", (row) => row.minimumDetectableEffect],
  ["calls", (row) => row.spent?.calls ?? null],
  ["inputTokens", (row) => row.spent?.inputTokens ?? null],
  ["outputTokens", (row) => row.spent?.outputTokens ?? null],
  ["unmetered", (row) => row.spent?.unmetered ?? null],
  ["costUsd", (row) => row.spent?.costUsd ?? null],
];

/** The rows as CSV after RFC 4180 (with bare line feeds), one line a row; nothing is an empty field. */
export function renderCsv(table: Table): string {
  return csvLines(
    columns.map(([header]) => header),
    table.rows.map((row) => columns.map(([, value]) => value(row, table))),
  );
}

/** A header and lines of values as CSV after RFC 4180, with bare line feeds; null is an empty field. */
export function csvLines(head: readonly string[], rows: readonly (readonly Value[])[]): string {
  const lines = [head, ...rows.map((values) => values.map(field))];
  return `${lines.map((fields) => fields.join(",")).join("\n")}\n`;
}

function labelOf(user: string, table: Table): string {
  return table.models.find((model) => model.name === user)?.label ?? "";
}

function field(value: Value): string {
  if (typeof value !== "string") return value === null ? "" : String(value);
  const text = plainText(value);
  // A program that opens CSV files would run a text that starts like a formula; the apostrophe makes it text.
  const inert = /^\s*[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
