import { parse } from "csv-parse/sync";
import type { Observed } from "../../../harness/contracts/index.ts";
import { shellWord } from "../../../harness/models/rule-based/kit.ts";
import { cellName, columnNumber } from "../grading/columns.ts";
import type { LedgerRow } from "./worker.ts";

/** A task as its message states it. */
export interface TaskText {
  readonly instruction: string;
  /** Sheets in the order of the workbook. */
  readonly sheets: readonly string[];
  /** Undefined where the position cannot be read. */
  readonly answer: AnswerRange | undefined;
  /** Whether a script has to be left that does the work again. */
  readonly wantsScript: boolean;
}

/** The cells that are looked at; rows and columns from 1. */
export interface AnswerRange {
  readonly sheet: string;
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
}

/** Whether a text is the message of a task about a workbook, or describes such tasks. */
export function isWorkbookTask(text: string): boolean {
  return /^### spreadsheet_path$|\bfile at spreadsheet_path\b/m.test(text);
}

/** Reads the message of a task. */
export function readTask(text: string): TaskText {
  const field = (name: string) =>
    new RegExp(`^### ${name}\\n([\\s\\S]*?)\\n\\n### `, "m").exec(text)?.[1]?.trim() ?? "";
  const heads = field("spreadsheet_content").matchAll(/^Sheet (".*"), \d+ rows?, /gm);
  const sheets = [...heads].map(([, name]) => String(JSON.parse(name ?? '""')));
  return {
    instruction: field("instruction").replace(/\s+/g, " "),
    sheets,
    answer: rangeOf(field("answer_position"), sheets[0] ?? ""),
    wantsScript: text.includes("`solution.sh`"),
  };
}

function rangeOf(position: string, firstSheet: string): AnswerRange | undefined {
  const found = /^(?:'?([^'!]+)'?!)?([A-Z]{1,3})(\d+)(?::([A-Z]{1,3})(\d+))?/.exec(position);
  if (!found) return undefined;
  const [, sheet, from = "", first = "", to = from, last = first] = found;
  const named = /^\(on the sheet (.+)\)$/m.exec(position)?.[1];
  return {
    sheet: sheet ?? named ?? firstSheet,
    firstRow: Number(first),
    lastRow: Number(last),
    firstColumn: columnNumber(from) ?? 0,
    lastColumn: columnNumber(to) ?? 0,
  };
}

/** A sheet as it was printed: the first row is row 1; without rows where it was not printed. */
export interface SeenSheet {
  readonly name: string;
  readonly rows: readonly LedgerRow[];
}

/** The command that prints a whole sheet. */
export function printSheet(name: string): string {
  return `sheet read input.xlsx --sheet ${shellWord(name)}`;
}

/** The command that prints the cells of the answer. */
export function printAnswer({ sheet, ...range }: AnswerRange): string {
  const from = cellName(range.firstRow, range.firstColumn);
  const to = cellName(range.lastRow, range.lastColumn);
  return `sheet read output.xlsx --sheet ${shellWord(sheet)} ${from}:${to}`;
}

/** What was seen of the sheets of a task. */
export function seenSheets(
  { sheets }: TaskText,
  observed: readonly Observed[],
): readonly SeenSheet[] {
  return sheets.map((name) => {
    const found = observed.find(({ command }) => command === printSheet(name));
    return { name, rows: rowsIn(found?.text ?? "") };
  });
}

/** The rows of a printed range. */
export function rowsIn(printed: string): readonly LedgerRow[] {
  if (printed.trim() === "[no output]") return [];
  return parse(printed, { relax_column_count: true, relax_quotes: true });
}
