import type { Interval } from "../stats/wilson.ts";
import { plainText } from "./text-table.ts";

type Value = string | number | boolean | null;

/** A column of a CSV file. */
export type CsvColumn<Row> = readonly [header: string, value: (row: Row) => Value];

/** Names of the fields of a row that are values. */
type FieldOf<Row> = { [Key in keyof Row]-?: Row[Key] extends Value ? Key : never }[keyof Row];

/** Columns with the names and values of fields. */
export function csvFields<Row>(...names: readonly (FieldOf<Row> & string)[]): CsvColumn<Row>[] {
  return names.map((name) => [name, (row) => row[name] as Value]);
}

/** The ends of an interval as two columns, such as `meanLow` and `meanHigh`. */
export function ends<Row>(name: string, interval: (row: Row) => Interval | null): CsvColumn<Row>[] {
  return [
    [`${name}Low`, (row) => interval(row)?.[0] ?? null],
    [`${name}High`, (row) => interval(row)?.[1] ?? null],
  ];
}

/** The rows as CSV after RFC 4180 (with bare line feeds), one line a row; null is an empty field. */
export function csvOf<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string {
  const lines = [
    columns.map(([header]) => header),
    ...rows.map((row) => columns.map(([, value]) => field(value(row)))),
  ];
  return `${lines.map((line) => line.join(",")).join("\n")}\n`;
}

function field(value: Value): string {
  if (typeof value !== "string") return value === null ? "" : String(value);
  const text = plainText(value);
  // A program that opens CSV files would run a text that starts like a formula; the apostrophe makes it text.
  const inert = /^\s*[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
