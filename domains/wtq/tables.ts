import { type CsvError, parse } from "csv-parse/sync";
import { InputError, messageOf } from "../../harness/errors.ts";

/**
 * A table of the data set as RFC 4180 text, which is what agents get: every cell in quotes, a quotation mark
 * doubled. Upstream writes `\"` for a quotation mark and `\\` for a backslash. Rows may differ in length.
 *
 * @param name of the file, for messages.
 * @throws {InputError} with file and line where it is no such table.
 */
export function standardCsv(text: string, name: string): string {
  const rows = rowsOf(text, name, "\\");
  if (rows.length === 0) throw unreadable(name, 1, "the table is empty");
  const line = (row: readonly string[]) =>
    row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",");
  return rows.map((row) => `${line(row)}\n`).join("");
}

/** The rows of what `standardCsv` made. */
export function standardRows(csv: string): readonly (readonly string[])[] {
  return rowsOf(csv, "a table", '"');
}

function rowsOf(text: string, name: string, mark: string): readonly (readonly string[])[] {
  try {
    return parse(text, { escape: mark, relax_column_count: true });
  } catch (error) {
    const { code, lines } = error as CsvError & { readonly lines?: number };
    const problem = ["CSV_QUOTE_NOT_CLOSED", "CSV_INVALID_CLOSING_QUOTE"].includes(code)
      ? "a quotation mark is not closed, or stands inside a cell without its escape"
      : `it is no table (${messageOf(error)})`;
    throw unreadable(name, lines ?? 1, problem);
  }
}

function unreadable(name: string, line: number, problem: string): InputError {
  return new InputError({
    where: `${name}:${line}`,
    problem,
    fix: "Fetch the data set again with `npm run data -- fetch wtq`.",
  });
}

/** A field of the data set's TSV files as text; the three replacements follow each other, as in the evaluator. */
export function unescapeField(field: string): string {
  if (!field.includes("\\")) return field;
  return field.replaceAll("\\n", "\n").replaceAll("\\p", "|").replaceAll("\\\\", "\\");
}

/** A field that holds a list: items between vertical bars, each escaped on its own. */
export function unescapeList(field: string): string[] {
  return field.split("|").map(unescapeField);
}
