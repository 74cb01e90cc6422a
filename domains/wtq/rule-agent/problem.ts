import type { Problem } from "../../../harness/contracts/index.ts";
import { habits } from "./habits.ts";
import type { Source } from "./table-reading.ts";
import { trace } from "./trace.ts";

/** The question of a task's text. */
export function questionOf(text: string): string | undefined {
  return /^Question:\s*(.*)$/m.exec(text)?.[1];
}

/** The workbook that a task names, where it is asked of one. */
function workbookOf(text: string): string | undefined {
  return /`([\w.-]+\.xlsx)`/.exec(text)?.[1];
}

/** Where the table of a task lies. */
export function sourceOf(text: string): Source {
  const workbook = workbookOf(text);
  return { workbook, print: workbook === undefined ? "cat" : `sheet read ${workbook}` };
}

/**
 * A question of a table.
 *
 * @param csv what was seen of the table, as RFC 4180 text with a header; empty where nothing was.
 * @param source where a fix finds the table.
 */
export function tableProblem(question: string, csv: string, source: Source): Problem {
  return {
    habits,
    key: ["table", source.print, question, csv].join("\n"),
    question,
    isSeen: csv !== "",
    trace(on) {
      const traced = trace(question, csv, on);
      return { ...traced, command: () => handingIn(traced.command(), source) };
    },
  };
}

/** Prints the answer, or writes it to the workbook that the task asks for. */
function handingIn(command: string, { workbook }: Source): string {
  if (workbook === undefined) return command;
  return `sheet read ${workbook} > table.csv; n=0; ${command} | while IFS= read -r item; do n=$((n+1)); sheet write answer.xlsx "A$n" "$item"; done; echo done`;
}
