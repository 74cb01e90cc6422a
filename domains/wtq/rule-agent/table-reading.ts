import type { Observed } from "../../../harness/contracts/index.ts";
import { glance } from "./trace.ts";

/** Where the table of a task lies, and how it is printed. */
export interface Source {
  /** The workbook in whose first sheet it is, where that is asked of the agent. */
  readonly workbook: string | undefined;
  /** The command that prints it from the start. */
  readonly print: string;
}

/** Characters asked for in one page; observations are commonly cut not far above it. */
const pageChars = 5000;

const cutNote =
  /\n?\[\.\.\. \d+ characters left out \.\.\.\]\n?|\[[^\]\n]*(?:left out|truncated|omitted|trimmed|cut off)[^\]\n]*\]/;

/** The table that stands in a user message itself, as far as it is there. */
export function shownTable(task: string): string | undefined {
  const csv = /^The table, as comma-separated values:\n\n```csv\n([\s\S]*?)\n```$/m.exec(task)?.[1];
  return csv?.replace(/^\[Cut off here: [^\n]*$/m, "");
}

/** What of the table has been seen, and the command that would show more of it. */
export interface View {
  readonly csv: string;
  /** Undefined when there is no more to see. */
  readonly next: string | undefined;
}

/** The command that a reading of the table begins with. @param whole whether all of it is wanted. */
export function firstLook(source: Source, whole: boolean): string {
  if (whole) return source.print === "cat" ? "cat table.csv" : source.print;
  return source.print === "cat"
    ? `head -n ${glance} table.csv`
    : `${source.print} | head -n ${glance}`;
}

function page(source: Source, from: number, lines: number): string {
  const range = `sed -n '${from},${from + lines - 1}p'`;
  return source.print === "cat" ? `${range} table.csv` : `${source.print} | ${range}`;
}

const pageCommand = /sed -n '(\d+),(\d+)p'/;

/** Pieces the table together from what was printed of it. */
export function viewOf(observed: readonly Observed[], source: Source, whole: boolean): View {
  const first = observed.find(({ command }) => command === firstLook(source, whole));
  if (!first) return { csv: "", next: firstLook(source, whole) };
  let seen = piece(first.text);
  let cut = seen.cut;
  for (const { command, text } of observed) {
    const asked = pageCommand.exec(command);
    if (!asked || Number(asked[1]) !== seen.lines + 1) continue;
    const more = piece(text === "[no output]" ? "" : text);
    if (more.lines === 0) return { csv: seen.csv, next: undefined };
    cut = true;
    const full = !more.cut && more.lines < Number(asked[2]) - Number(asked[1]) + 1;
    seen = { csv: seen.csv + more.csv, lines: seen.lines + more.lines, cut: more.cut };
    if (full) return { csv: seen.csv, next: undefined };
  }
  if (!cut || !whole) return { csv: seen.csv, next: undefined };
  const perLine = seen.csv.length / Math.max(1, seen.lines);
  return {
    csv: seen.csv,
    next: page(source, seen.lines + 1, Math.max(1, Math.floor(pageChars / Math.max(1, perLine)))),
  };
}

/** The complete lines before the place where a text was cut, or all of it. */
function piece(text: string): { csv: string; lines: number; cut: boolean } {
  const found = cutNote.exec(text);
  const cut = found !== null;
  let csv = cut ? text.slice(0, found.index) : text;
  if (cut && csv.includes("\n")) csv = csv.slice(0, csv.lastIndexOf("\n"));
  if (csv !== "" && !csv.endsWith("\n")) csv += "\n";
  return { csv, lines: csv === "" ? 0 : csv.split("\n").length - 1, cut };
}
