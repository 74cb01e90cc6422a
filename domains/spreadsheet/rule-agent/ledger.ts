import type { SeenSheet } from "./workbook-reading.ts";
import { glance } from "./workbook-reading.ts";

/** Rows under headings on one sheet. Rows and columns count from 1. */
export interface Ledger {
  readonly sheet: string;
  readonly headings: readonly string[];
  /** Row of the first entry. */
  readonly first: number;
  /** Row of the last entry that is taken. */
  readonly last: number;
  /** The entries, as wide as the headings. */
  readonly rows: readonly (readonly string[])[];
}

/** Looks at a habit: whether it is on. */
export type On = (habit: string) => boolean;

/**
 * Finds the ledger that an instruction speaks of.
 *
 * With `right-sheet` it is on the sheet whose headings the instruction names, otherwise on the first one;
 * with `find-headings` the headings may lie below a title; with `whole-sheet` it is read to its end.
 */
export function findLedger(
  instruction: string,
  sheets: readonly SeenSheet[],
  on: On,
): Ledger | undefined {
  const [first] = sheets;
  if (first === undefined) return undefined;
  const best = sheets.reduce((left, right) =>
    score(right, instruction) > score(left, instruction) ? right : left,
  );
  const sheet = best === first || !on("right-sheet") ? first : best;
  const below = headingRow(sheet);
  const heading = below === 0 || !on("find-headings") ? 0 : below;
  const headings = until(sheet.rows[heading] ?? [], "");
  const entries = sheet.rows
    .slice(heading + 1)
    .map((row) => headings.map((_, at) => row[at] ?? ""));
  const end = entries.findLastIndex((row) => row.some((cell) => cell !== "")) + 1;
  let rows = entries.slice(0, end);
  if (heading + 1 + rows.length > glance && !on("whole-sheet"))
    rows = rows.slice(0, glance - heading - 1);
  if (rows.length > 0 && isTotal(rows.at(-1)) && on("totals-row")) rows = rows.slice(0, -1);
  if (rows.length > 1 && on("drop-last-row")) rows = rows.slice(0, -1);
  if (headings.length === 0 || rows.length === 0) return undefined;
  return {
    sheet: sheet.name,
    headings,
    first: heading + 2,
    last: heading + 1 + rows.length,
    rows,
  };
}

/** Headings that the instruction names count, then how wide the sheet is. */
function score(sheet: SeenSheet, instruction: string): number {
  const headings = until(sheet.rows[headingRow(sheet)] ?? [], "");
  const named = headings.filter((heading) => instruction.includes(heading));
  return named.length * 100 + headings.length;
}

/** The first of the upper rows with several cells filled; from 0. */
function headingRow({ rows }: SeenSheet): number {
  const found = rows.slice(0, 6).findIndex((row) => row.filter((cell) => cell !== "").length > 2);
  return Math.max(0, found);
}

function isTotal(row: readonly string[] | undefined): boolean {
  return /^\s*(?:grand |sub)?totals?\b/i.test(row?.[0] ?? "");
}

function until(cells: readonly string[], end: string): readonly string[] {
  const at = cells.indexOf(end);
  return at < 0 ? cells : cells.slice(0, at);
}
