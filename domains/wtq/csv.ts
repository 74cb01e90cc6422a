import { InputError } from "../../harness/errors.ts";

// A cell in quotes, where a backslash escapes the next character, or one without quotes; then what ends it.
const cell = /(?:"(?:[^"\\]|\\[\s\S])*"|[^",\r\n\\]*)(?:,|\r?\n|$)/y;

/**
 * Checks that a text is a table of the dataset: comma-separated, `\"` for a quotation mark and `\\` for a
 * backslash in cells with quotes. Rows may differ in length.
 *
 * @param name of the file, for error messages.
 * @throws {InputError} with file and line where it is not.
 */
export function checkTable(text: string, name: string): void {
  if (text === "") throw unreadable(name, 1, "the table is empty");
  for (let position = 0; position < text.length; position = cell.lastIndex) {
    cell.lastIndex = position;
    if (cell.test(text)) continue;
    const line = text.slice(0, position).split("\n").length;
    throw unreadable(name, line, "a quotation mark is not closed or not escaped");
  }
}

/**
 * The same table as RFC 4180 text, which is what agents get: every cell in quotes, a quotation mark doubled.
 *
 * Works on the text, so that thousands of tables cost no parsing.
 *
 * @param text that `checkTable` has passed.
 */
export function toStandardCsv(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(/\\([\s\S])/g, (_, escaped: string) => (escaped === '"' ? '""' : escaped));
}

/** Reads RFC 4180 text made by `toStandardCsv`. */
export function parseStandardCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const match of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    if (match[0] === "" && row.length === 0) break;
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (match[3] === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

function unreadable(name: string, line: number, problem: string): InputError {
  return new InputError({
    where: `${name}:${line}`,
    problem,
    fix: "Fetch the data set again with `npm run data -- fetch wtq`.",
  });
}
