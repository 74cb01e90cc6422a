import { shownValue } from "./grading/cell-value.ts";
import { WorkbookFault } from "./grading/read/fault.ts";
import type { GradedSheet } from "./grading/read/sheet.ts";
import { openWorkbook } from "./grading/read/workbook.ts";

const shown = { sheets: 8, rows: 6, columns: 20, cellChars: 60, chars: 4000 };

/** A workbook beyond these is not read for a preview: prompts are made for all tasks of a study at once. */
const previewLimits = {
  archiveBytes: 16 * 2 ** 20,
  entries: 2000,
  partBytes: 24 * 2 ** 20,
  totalBytes: 48 * 2 ** 20,
};

/**
 * What an agent sees of a workbook before it opens it: the first rows of its sheets, a few thousand
 * characters at most, in bounded time whatever it holds.
 *
 * Reads stored values, as the graders do: a formula that was never calculated shows as empty.
 */
export function glanceAt(bytes: Uint8Array): string {
  try {
    const { sheets } = openWorkbook(bytes, {
      limits: previewLimits,
      keep: (_, index) => index < shown.sheets,
    });
    const parts = sheets.slice(0, shown.sheets).map(sheetText);
    const more = sheets.length - parts.length;
    if (more > 0) parts.push(`... (${more} more sheets)`);
    return cut(parts.join("\n\n"), shown.chars);
  } catch (error) {
    if (error instanceof WorkbookFault) return `[No preview: ${error.message}]`;
    throw error;
  }
}

/**
 * Why nobody can work on a workbook. One that is too large for a glance may still be worked on, and
 * takes seconds.
 *
 * @returns undefined where somebody can.
 */
export function problemOfWorkbook(bytes: Uint8Array): string | undefined {
  try {
    openWorkbook(bytes, { keep: () => false });
    return undefined;
  } catch (error) {
    if (error instanceof WorkbookFault) return error.message;
    throw error;
  }
}

function sheetText(sheet: GradedSheet): string {
  const { name, maxRow, maxColumn } = sheet;
  const columns = Math.min(maxColumn, shown.columns);
  const head = `Sheet ${JSON.stringify(name)}, ${maxRow} rows, ${maxColumn} columns:`;
  const lines: string[] = [];
  for (let row = 1; row <= Math.min(maxRow, shown.rows); row++) {
    const cells = Array.from({ length: columns }, (_, index) => {
      const value = sheet.value(row, index + 1);
      return value === null ? "" : csvField(cut(shownValue(value), shown.cellChars));
    });
    lines.push(`${cells.join(",")}${maxColumn > columns ? ",..." : ""}`);
  }
  if (maxRow > shown.rows) lines.push(`... (${maxRow - shown.rows} more rows)`);
  return [head, ...lines].join("\n");
}

function csvField(text: string): string {
  const line = text.replace(/[\r\n]+/g, " ");
  return /[",]/.test(line) ? `"${line.replaceAll('"', '""')}"` : line;
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 3)}...`;
}
