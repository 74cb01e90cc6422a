import type { HasHabit, Slots } from "../../../harness/models/rule-based/kit.ts";

/** Cells of a row of a sheet, as text; empty for no value. */
export type LedgerRow = readonly string[];

/** A job with all that it is done from. */
export interface SheetJob {
  /** The rows of the ledger, without headings and totals. */
  readonly entries: readonly LedgerRow[];
  /** Columns of the ledger, from 1, by the slot that names their heading. */
  readonly columns: Readonly<Record<string, number>>;
  readonly slots: Slots;
  /** Looks at a habit: whether it is on. */
  readonly has: HasHabit;
}

/** Reads and writes the cells of a job as its habits say. */
export type Worker = ReturnType<typeof workerFor>;

/** A habit is looked at only where it makes a difference. `functions` in `program.ts` are the same in awk. */
export function workerFor(job: SheetJob) {
  const { entries, columns, slots, has } = job;
  const bound = Number(slots["bound"]);
  const at = (row: LedgerRow, slot: string) => row[(columns[slot] ?? 0) - 1] ?? "";
  /** What two cells must share to say the same word. */
  const fold = (text: string) => {
    const plain = tidy(text);
    return plain !== text && has("match-loosely") ? plain : text;
  };
  /** The number in a cell. */
  const number = (cell: string): number | undefined => {
    const text = cell.includes(" ") && has("text-numbers") ? cell.replaceAll(" ", "") : cell;
    return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
  };
  const amount = (row: LedgerRow) => number(at(row, "amount"));
  return {
    ...job,
    at,
    fold,
    number,
    /** The numbers of some rows; cells that hold none are passed over. */
    amounts: (rows: readonly LedgerRow[]) => rows.flatMap((row) => amount(row) ?? []),
    /** A calculated number as it is written, with the decimals that are asked for. */
    shown(value: number, digits?: string) {
      const isAsked = digits !== undefined && has("asked-digits");
      const isWhole = !Number.isInteger(value) && has("whole-results");
      const power = 10 ** (isWhole ? 0 : isAsked ? Number(digits) : 6);
      return String(Math.floor(value * power + 0.5) / power);
    },
    /** The entries with a word in the column `key`, by default the one asked for. */
    chosen: (value = slots["value"] ?? "") =>
      entries.filter((row) => fold(at(row, "key")) === fold(value)),
    /** Whether a number is enough. */
    reaches: (value: number) => (value === bound ? has("limit-included") : value > bound),
    /** A column with a result for each entry that has an amount. */
    each: (result: (amount: number, row: LedgerRow) => string) =>
      entries.map((row) => {
        const value = amount(row) ?? (has("blank-stays") ? undefined : 0);
        return [value === undefined ? "" : result(value, row)];
      }),
  };
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** A word as it would be in a list of its own: without stray spaces, with one capital. */
function tidy(text: string): string {
  const word = text.trim();
  return word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase();
}
