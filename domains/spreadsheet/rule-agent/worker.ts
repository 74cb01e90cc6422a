import type { Slots } from "./template.ts";

/** Cells of a row of a sheet, as text; empty for no value. */
export type Row = readonly string[];

/** A job with all that it is done from. */
export interface Job {
  /** The rows of the ledger, without headings and totals. */
  readonly entries: readonly Row[];
  /** Columns of the ledger, from 1, by the slot that names their heading. */
  readonly columns: Readonly<Record<string, number>>;
  readonly slots: Slots;
  /** Whether a habit is on. */
  readonly has: (habit: string) => boolean;
}

/** Reads and writes the cells of a job as its habits say. `functions` in `program.ts` are the same in awk. */
export type Worker = ReturnType<typeof workerFor>;

export function workerFor(job: Job) {
  const { entries, columns, slots, has } = job;
  const at = (row: Row, slot: string) => row[(columns[slot] ?? 0) - 1] ?? "";
  const fold = (text: string) => (has("match-loosely") ? tidy(text).toLowerCase() : text);
  /** The number in a cell. */
  const number = (cell: string): number | undefined => {
    const text = has("text-numbers") ? cell.replace(/ /g, "") : cell;
    return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
  };
  const amount = (row: Row) => number(at(row, "amount"));
  /** The numbers of some rows; cells that hold none are passed over. */
  const amounts = (rows: readonly Row[]) => rows.flatMap((row) => amount(row) ?? []);
  /** The amounts row by row, undefined for a row that gets no result. */
  const ownAmounts = () =>
    entries.map((row) => amount(row) ?? (has("blank-stays") ? undefined : 0));
  /** A calculated number as it is written. */
  const shown = (value: number) => {
    const digits = has("asked-digits") ? Number(slots["digits"] ?? 6) : 6;
    const power = 10 ** (has("whole-results") ? 0 : digits);
    return String(Math.floor(value * power + 0.5) / power);
  };
  return {
    ...job,
    at,
    fold,
    number,
    amount,
    amounts,
    ownAmounts,
    shown,
    /** The entries with a word in the column `key`, by default the one asked for. */
    chosen: (value = slots["value"] ?? "") =>
      entries.filter((row) => fold(at(row, "key")) === fold(value)),
    /** Whether a number is enough. */
    reaches(value: number) {
      const bound = Number(slots["bound"]);
      return has("limit-included") ? value >= bound : value > bound;
    },
    /** A column with a result for each entry that has an amount. */
    each: (result: (amount: number, row: Row) => string) =>
      ownAmounts().map((value, place) => [
        value === undefined ? "" : result(value, entries[place] ?? []),
      ]),
  };
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Without spaces at the ends or doubled. */
export function tidy(text: string): string {
  return text.replace(/ +/g, " ").replace(/^ | $/g, "");
}
