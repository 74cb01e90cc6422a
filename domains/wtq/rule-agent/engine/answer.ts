import { looseNumber } from "./cell-values.ts";
import type { SeenTable } from "./table.ts";

/** A number computed from cells of one column: how many rows, how many texts, or the sum of numbers. */
export interface Tally {
  readonly of: "rows" | "distinct" | "sum";
  readonly rows: readonly number[];
  readonly column: number;
}

/** A tally, or how far two of them are apart. */
export type Amount = Tally | { readonly of: "gap"; readonly left: Tally; readonly right: Tally };

/** What of a cell is given as an item. */
export type Form = "cell" | "year";

/** What the engine understood the question to ask, in terms of rows and columns. */
export type Answer =
  | {
      /** Cells, each text once. */
      readonly kind: "cells";
      readonly rows: readonly number[];
      readonly column: number;
      readonly form: Form;
    }
  | { readonly kind: "amount"; readonly amount: Amount }
  /** Yes where there are rows, otherwise no. */
  | { readonly kind: "any"; readonly rows: readonly number[] };

/** An answer of cells as they stand. */
export function cellsOf(rows: readonly number[], column: number, form: Form = "cell"): Answer {
  return { kind: "cells", rows, column, form };
}

/** The sum of the cells that hold a number. */
export function sumOf(
  rows: readonly number[],
  column: { index: number; cells: readonly string[] },
) {
  const numeric = rows.filter((row) => looseNumber(column.cells[row] ?? "") !== undefined);
  return { of: "sum", rows: numeric, column: column.index } satisfies Tally;
}

function amountOf(amount: Amount, table: SeenTable): number {
  if (amount.of === "gap")
    return Math.abs(amountOf(amount.left, table) - amountOf(amount.right, table));
  if (amount.of === "rows") return amount.rows.length;
  const cells = table.columns[amount.column]?.cells ?? [];
  const texts = amount.rows.map((row) => cells[row] ?? "");
  if (amount.of === "distinct") return new Set(texts.filter((text) => text !== "")).size;
  return texts.reduce((sum, text) => sum + (looseNumber(text) ?? 0), 0);
}

/** The items of an answer, in the order of the rows. */
export function itemsOf(answer: Answer, table: SeenTable): string[] {
  if (answer.kind === "amount") return [String(Number(amountOf(answer.amount, table).toFixed(4)))];
  if (answer.kind === "any") return [answer.rows.length > 0 ? "yes" : "no"];
  const cells = table.columns[answer.column]?.cells ?? [];
  const year = /(?<!\d)(?:1\d{3}|20\d{2})(?!\d)/;
  const items = answer.rows.map((row) => {
    const cell = cells[row] ?? "";
    return answer.form === "year" ? (year.exec(cell)?.[0] ?? cell) : cell;
  });
  return [...new Set(items.filter((item) => item !== ""))];
}

/** How items are written down once they are found. */
export interface Presentation {
  /** Only the first item is given. */
  readonly first: boolean;
  /** All items stand on one line, with commas. */
  readonly joined: boolean;
}

/** Writes items down. */
export function present(items: readonly string[], how: Presentation): string[] {
  const kept = how.first ? items.slice(0, 1) : [...items];
  return how.joined && kept.length > 1 ? [kept.join(", ")] : kept;
}
