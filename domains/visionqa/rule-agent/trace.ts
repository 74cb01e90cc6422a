import type { Traced } from "../../../harness/contracts/index.ts";
import { textOf } from "./page-text.ts";
import { byWhom } from "./readings/by-whom.ts";
import { caption } from "./readings/caption.ts";
import { firstOfKind } from "./readings/first-of-kind.ts";
import { addressee, signer } from "./readings/letter-parts.ts";
import { stamp } from "./readings/stamp.ts";
import { tableCell } from "./readings/table-cell.ts";
import { title } from "./readings/title.ts";
import { total } from "./readings/total.ts";
import { type Found, type Reading, think } from "./thought.ts";
import { worded } from "./wording.ts";

/** In the order in which they are tried. */
const readings: readonly Reading[] = [
  signer,
  addressee,
  stamp,
  title,
  byWhom,
  tableCell,
  total,
  caption,
  firstOfKind,
];

/**
 * Answers a question of a page with the habits that are on.
 *
 * @param page the page as it was read, laid out as text.
 */
export function trace(question: string, page: string, habits: ReadonlySet<string>): Traced {
  const asked = new Set<string>();
  const thought = think(question, page, (habit) => {
    asked.add(habit);
    return habits.has(habit);
  });
  let found: Found | undefined;
  for (const reading of readings) {
    found = reading(thought);
    if (found !== undefined) break;
  }
  const first = thought.page.find(({ cells }) => cells.length > 0);
  const guess = first && { text: first.cells[0]?.text ?? "", line: textOf(first) };
  const answer = found ?? guess;
  return {
    items: answer === undefined ? [] : [worded(answer, thought)],
    asked,
    // Nothing computes an answer from a picture.
    command: () => undefined,
  };
}
