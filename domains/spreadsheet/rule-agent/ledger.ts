import type { HasHabit } from "../../../harness/models/rule-based/kit.ts";
import type { SeenSheet } from "./task-text.ts";
import type { LedgerRow } from "./worker.ts";

/** Rows under headings on one sheet. Rows and columns count from 1. */
export interface Ledger {
  readonly sheet: string;
  readonly headings: LedgerRow;
  /** Row of the first entry. */
  readonly first: number;
  /** Row of the last entry that is taken. */
  readonly last: number;
  /** The entries, as wide as the headings. */
  readonly entries: readonly LedgerRow[];
}

/**
 * Finds the ledger that an instruction speaks of.
 *
 * With `right-sheet` it is on the sheet with the headings that the instruction names, otherwise on the
 * first one; with `find-headings` the headings may lie below a title; with `totals-row` a last
 * row of totals is no entry.
 *
 * @param named the headings.
 */
export function findLedger(
  sheets: readonly SeenSheet[],
  named: readonly string[],
  has: HasHabit,
): Ledger | undefined {
  const [front] = sheets;
  const right = sheets.find((sheet) =>
    named.every((heading) => sheet.rows[headingRow(sheet)]?.includes(heading)),
  );
  const sheet = right === front || has("right-sheet") ? right : front;
  if (sheet === undefined) return undefined;
  const below = headingRow(sheet);
  const heading = below === 0 || !has("find-headings") ? 0 : below;
  const headings = sheet.rows[heading]?.filter((cell) => cell !== "") ?? [];
  const entries = entriesBelow(heading, sheet, has);
  if (entries.length === 0) return undefined;
  const last = heading + 1 + entries.length;
  return { sheet: sheet.name, headings, first: heading + 2, last, entries };
}

/** The first of the upper rows with several cells filled; from 0. */
function headingRow({ rows }: SeenSheet): number {
  const found = rows.slice(0, 6).findIndex((row) => row.filter((cell) => cell !== "").length > 2);
  return Math.max(0, found);
}

/** @param heading row of the headings, from 0. */
function entriesBelow(heading: number, { rows }: SeenSheet, has: HasHabit): readonly LedgerRow[] {
  const isTotal = /^\s*total/i.test(rows.at(-1)?.[0] ?? "") && has("totals-row");
  return rows.slice(heading + 1, isTotal ? -1 : undefined);
}
