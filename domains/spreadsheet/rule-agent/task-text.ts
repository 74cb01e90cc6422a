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
  /** Undefined for the first sheet. */
  readonly sheet: string | undefined;
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
  const sheets = [...field("spreadsheet_content").matchAll(/^Sheet (".*"), \d+ rows?, /gm)];
  return {
    instruction: field("instruction").replace(/\s+/g, " "),
    sheets: sheets.map(([, name]) => String(JSON.parse(name ?? '""'))),
    answer: rangeOf(field("answer_position")),
    wantsScript: text.includes("`solution.sh`"),
  };
}

function rangeOf(position: string): AnswerRange | undefined {
  const found = /^(?:'?([^'!]+)'?!)?([A-Z]{1,3})(\d+)(?::([A-Z]{1,3})(\d+))?/.exec(position);
  if (!found) return undefined;
  const [, sheet, from = "", first = "", to = from, last = first] = found;
  const named = /^\(on the sheet (.+)\)$/m.exec(position)?.[1];
  return {
    sheet: sheet ?? named,
    firstRow: Number(first),
    lastRow: Number(last),
    firstColumn: columnNumber(from),
    lastColumn: columnNumber(to),
  };
}

function columnNumber(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

/** The letters of a column, from 1. */
export function columnName(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return `${rest > 0 ? columnName(rest) : ""}${String.fromCharCode(65 + ((column - 1) % 26))}`;
}

/** Such as `B2`. */
export function cellName(row: number, column: number): string {
  return `${columnName(column)}${row}`;
}
