import { bareNumber, isBlank, looseNumber } from "./cell-values.ts";
import type { Table } from "./table.ts";

/** A number computed from cells of one column. */
export type Amount =
  | { readonly of: "rows"; readonly rows: readonly number[]; readonly column: number }
  | { readonly of: "distinct"; readonly rows: readonly number[]; readonly column: number }
  | {
      readonly of: "sum";
      readonly rows: readonly number[];
      readonly column: number;
      /** Whether cells that are more than digits count as well. */
      readonly loose: boolean;
    }
  | {
      readonly of: "minus";
      readonly left: Amount;
      readonly right: Amount;
      readonly absolute: boolean;
    }
  | { readonly of: "constant"; readonly value: number };

/** What of a cell is given as an item. */
export type Form = "cell" | "year" | "number" | "first-part";

/** What the engine understood the question to ask, in terms of rows and columns. */
export type Answer =
  | {
      readonly kind: "cells";
      readonly rows: readonly number[];
      readonly column: number;
      readonly form: Form;
      /** Each text once. */
      readonly distinct: boolean;
    }
  | { readonly kind: "amount"; readonly amount: Amount; readonly unit: string }
  | {
      /** Yes where the left one is greater, otherwise no. */
      readonly kind: "choice";
      readonly left: Amount;
      readonly right: Amount;
    };

/** An answer of cells as they stand, each text once. */
export function cellsOf(rows: readonly number[], column: number, form: Form = "cell"): Answer {
  return { kind: "cells", rows, column, form, distinct: true };
}

/** A cell as a number to add up; undefined where it is none. */
export function measured(cell: string, loose: boolean): number | undefined {
  if (!loose) return bareNumber(cell);
  return isBlank(cell) ? undefined : looseNumber(cell);
}

function amountOf(amount: Amount, table: Table): number {
  switch (amount.of) {
    case "constant":
      return amount.value;
    case "rows":
      return amount.rows.length;
    case "minus": {
      const difference = amountOf(amount.left, table) - amountOf(amount.right, table);
      return amount.absolute ? Math.abs(difference) : difference;
    }
  }
  const cells = table.columns[amount.column]?.cells ?? [];
  const texts = amount.rows.map((row) => cells[row] ?? "");
  if (amount.of === "distinct") return new Set(texts.filter((text) => text !== "")).size;
  return texts.reduce((sum, text) => sum + (measured(text, amount.loose) ?? 0), 0);
}

/** A number as it is submitted: no trailing zeros, at most four decimals. */
function numeral(value: number): string {
  return String(Number(value.toFixed(4)));
}

/** The part of a cell that the form asks for. */
function formed(cell: string, form: Form): string {
  if (form === "year") return /(?<!\d)(?:1\d{3}|20\d{2})(?!\d)/.exec(cell)?.[0] ?? cell;
  if (form === "number") {
    const value = looseNumber(cell);
    return value === undefined ? cell : numeral(value);
  }
  if (form === "first-part") return cell.replace(/\s*[,(;/].*$/, "") || cell;
  return cell;
}

/** The items of an answer, in the order of the rows. */
export function itemsOf(answer: Answer, table: Table): string[] {
  if (answer.kind === "amount") {
    const value = numeral(amountOf(answer.amount, table));
    return [answer.unit === "" ? value : `${value} ${answer.unit}`];
  }
  if (answer.kind === "choice")
    return [amountOf(answer.left, table) > amountOf(answer.right, table) ? "yes" : "no"];
  const cells = table.columns[answer.column]?.cells ?? [];
  const items = answer.rows
    .map((row) => formed(cells[row] ?? "", answer.form))
    .filter((item) => item !== "");
  return answer.distinct ? [...new Set(items)] : items;
}

/** How items are written down once they are found. */
export interface Presentation {
  /** Only the first item is given. */
  readonly first: boolean;
  /** Decimals are rounded to whole numbers. */
  readonly round: boolean;
  /** All items stand on one line, with commas. */
  readonly joined: boolean;
}

/** Writes items down. */
export function present(items: readonly string[], how: Presentation): string[] {
  const kept = how.first ? items.slice(0, 1) : items;
  const rounded = how.round ? kept.map(roundedText) : [...kept];
  return how.joined && rounded.length > 1 ? [rounded.join(", ")] : rounded;
}

/** A text with its first decimal number rounded half up. */
function roundedText(item: string): string {
  return item.replace(/\d+\.\d+/, (digits) => String(Math.floor(Number(digits) + 0.5)));
}
