import type { Task } from "../../harness/contracts/index.ts";
import { type CellValue, shownValue } from "./grading/cell-value.ts";
import { cellName } from "./grading/columns.ts";
import { strictPlaces } from "./grading/compare/strict.ts";
import { WorkbookFault } from "./grading/read/fault.ts";
import { openWorkbook, type Workbook } from "./grading/read/workbook.ts";
import type { Library } from "./library.ts";
import { spreadsheetTask } from "./task.ts";

/** Cells told at most; an analyst reads them. */
const told = { cells: 300, chars: 80 };

/**
 * Tells the expected cells of a task: of its first case, those of the answer position that hold a value.
 *
 * The items are the values that the input does not have in the same place, so a command that writes one of
 * them was told it.
 *
 * @param library has the workbooks of the data set that the tasks are from.
 */
export function revealer(
  library: Library,
): (task: Task) => { readonly text: string; readonly items: readonly string[] } {
  return (task) => {
    const { input, reference } = spreadsheetTask(task);
    const expected = opened(library.read(reference.goldens[0]));
    if (expected === undefined) return { text: "The expected workbook cannot be read.", items: [] };
    const before = opened(library.read(input.workbooks[0]));
    const lines: string[] = [];
    const items = new Set<string>();
    let count = 0;
    const places = strictPlaces(expected, input.answerPosition, input.answerSheet ?? undefined);
    for (const { sheet, block } of typeof places === "string" ? [] : places) {
      const old = before?.sheet(sheet.name);
      sheet.eachCell(block, (row, column) => {
        const value = sheet.value(row, column);
        if (value === null || value === "" || ++count > told.cells) return;
        const shown = shownCell(value);
        lines.push(`${sheet.name}!${cellName(row, column)} = ${shown}`);
        if (shownCell(old?.value(row, column) ?? null) !== shown) items.add(shown);
      });
    }
    const head = `Expected in ${input.answerPosition}; cells that are not listed are empty:`;
    const rest = count > told.cells ? [`(${count - told.cells} more cells)`] : [];
    return { text: [head, ...lines, ...rest].join("\n"), items: [...items] };
  };
}

/** A value in one line; a date without a time of day is only a date. */
function shownCell(value: CellValue): string {
  if (value === null) return "";
  const text = shownValue(value).replace(/\s+/g, " ").trim();
  const day = /^(\d{4}-\d\d-\d\d) 00:00:00$/.exec(text)?.[1];
  return (day ?? text).slice(0, told.chars);
}

function opened(bytes: Uint8Array): Workbook | undefined {
  try {
    return openWorkbook(bytes);
  } catch (error) {
    if (error instanceof WorkbookFault) return undefined;
    throw error;
  }
}
