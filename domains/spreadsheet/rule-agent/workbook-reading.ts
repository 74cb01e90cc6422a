import type { Observed } from "../../../harness/contracts/index.ts";
import { shellWord } from "../../../harness/models/rule-based/kit.ts";
import { parseCsv } from "../../shared/csv.ts";
import type { TaskText } from "./task-text.ts";

/** Rows that are seen of a sheet by who does not read it whole. */
export const glance = 12;

/** A sheet as it was printed: rows of cells, the first is row 1. */
export interface SeenSheet {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}

const cutNote = /\[[^\]\n]*(?:left out|truncated|omitted|trimmed|cut off)[^\]\n]*\]/;

/** The command that prints a sheet from its first row. @param whole whether to its last. */
export function printSheet(name: string, whole: boolean): string {
  const print = `sheet read input.xlsx --sheet ${shellWord(name)}`;
  return whole ? print : `${print} | head -n ${glance}`;
}

/** The commands that show the sheets of a task. */
export function firstLooks({ sheets }: TaskText, whole: boolean): readonly string[] {
  return sheets.map((name) => printSheet(name, whole));
}

/** What was seen of the sheets, in the order of the workbook; a sheet that was not printed is empty. */
export function seenSheets(task: TaskText, observed: readonly Observed[]): readonly SeenSheet[] {
  return task.sheets.map((name) => {
    const text = [true, false]
      .map((whole) => observed.find(({ command }) => command === printSheet(name, whole))?.text)
      .find((it) => it !== undefined);
    return { name, rows: text === undefined ? [] : parseCsv(uncut(text)) };
  });
}

/** The complete lines before the place where a text was cut, or all of it. */
function uncut(text: string): string {
  const found = cutNote.exec(text);
  if (text.trim() === "[no output]") return "";
  if (found === null) return text;
  return text.slice(0, text.lastIndexOf("\n", found.index) + 1);
}
