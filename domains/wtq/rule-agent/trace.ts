import type { Traced } from "../../../harness/contracts/index.ts";
import { noting } from "../../../harness/models/rule-based/kit.ts";
import { itemsOf, type Presentation, present } from "./engine/answer.ts";
import { commandFor } from "./engine/awk.ts";
import { think } from "./engine/thought.ts";
import { understand } from "./engine/understand.ts";

/** As `Traced`; there always is a command. */
interface TableTrace extends Traced {
  command(): string;
}

/** Lines that are seen of a table by who does not read it whole. */
export const glance = 30;

/** The first lines of a text. */
function topOf(text: string, lines: number): string {
  let at = -1;
  for (let line = 0; line < lines; line++) {
    at = text.indexOf("\n", at + 1);
    if (at < 0) return text;
  }
  return text.slice(0, at + 1);
}

/**
 * Answers a question of a table with the habits that are on.
 *
 * @param tableCsv the table as RFC 4180 text with a header.
 * @returns its command computes the items from `table.csv` alone and prints them, one a line.
 */
export function trace(question: string, tableCsv: string, habits: ReadonlySet<string>): TableTrace {
  const { asked, has: on } = noting(habits);
  const top = topOf(tableCsv, glance);
  const csv = top.length < tableCsv.length && !on("whole-table") ? top : tableCsv;
  const thought = think(question, csv, on);
  const answer = understand(thought);
  const found = itemsOf(answer, thought.table);
  const how: Presentation = {
    first: found.length > 1 && on("one-item"),
    joined: found.length > 1 && !on("one-a-line"),
  };
  return {
    items: present(found, how),
    asked,
    command: () => commandFor(answer, how),
  };
}
