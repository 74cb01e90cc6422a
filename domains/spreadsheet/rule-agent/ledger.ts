import type { SeenSheet } from "./task-text.ts";
import type { Row } from "./worker.ts";

/** Rows under headings on one sheet. Rows and columns count from 1. */
export interface Ledger {
  readonly sheet: string;
  readonly headings: Row;
  /** Row of the first entry. */
  readonly first: number;
  /** Row of the last entry that is taken. */
  readonly last: number;
  /** The entries, as wide as the headings. */
  readonly entries: readonly Row[];
}

/** Looks at a habit: whether it is on. */
export type On = (habit: string) => boolean;

/**
 * Finds the ledger that an instruction speaks of.
 *
 * With `right-sheet` it is on the sheet with the headings that the instruction names, otherwise on the
 * first one; with `find-headings` the headings may lie below a title; `totals-row` and `drop-last-row`
 * say which row is the last entry.
 *
 * @param named words of the instruction that may be headings.
 */
export function findLedger(
  sheets: readonly SeenSheet[],
  named: readonly string[],
  on: On,
): Ledger | undefined {
  const [front] = sheets;
  if (front === undefined) return undefined;
  const score = (sheet: SeenSheet) => {
    const headings = headingsIn(sheet.rows[headingRow(sheet)]);
    return headings.filter((it) => named.includes(it)).length * 100 + headings.length;
  };
  const best = sheets.reduce((left, right) => (score(right) > score(left) ? right : left));
  const sheet = best === front || !on("right-sheet") ? front : best;
  const below = headingRow(sheet);
  const heading = below === 0 || !on("find-headings") ? 0 : below;
  const headings = headingsIn(sheet.rows[heading]);
  const entries = entriesIn(sheet, heading, on).map((row) =>
    headings.map((_, at) => row[at] ?? ""),
  );
  if (headings.length === 0 || entries.length === 0) return undefined;
  const last = heading + 1 + entries.length;
  return { sheet: sheet.name, headings, first: heading + 2, last, entries };
}

/** @param heading row of the headings, from 0. */
function entriesIn({ rows }: SeenSheet, heading: number, on: On): readonly Row[] {
  const end = rows.findLastIndex((row) => row[0] !== "" && row[0] !== undefined) + 1;
  let entries = rows.slice(heading + 1, end);
  if (/^\s*total/i.test(entries.at(-1)?.[0] ?? "") && on("totals-row"))
    entries = entries.slice(0, -1);
  return entries.length > 1 && on("drop-last-row") ? entries.slice(0, -1) : entries;
}

/** The first of the upper rows with several cells filled; from 0. */
function headingRow({ rows }: SeenSheet): number {
  const found = rows.slice(0, 6).findIndex((row) => row.filter((cell) => cell !== "").length > 2);
  return Math.max(0, found);
}

function headingsIn(row: Row = []): Row {
  const end = row.indexOf("");
  return end < 0 ? row : row.slice(0, end);
}
