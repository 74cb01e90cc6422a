import { bareNumber, dateIn, dateKey, isBlank, looseNumber } from "./cell-values.ts";
import type { Table } from "./table.ts";

/** How a cell is read as a number. */
export type Measure = "loose" | "bare" | "year" | "date";

/** A number computed from cells of one column. */
export type Amount =
  | { readonly of: "rows"; readonly rows: readonly number[]; readonly column: number }
  | { readonly of: "distinct"; readonly rows: readonly number[]; readonly column: number }
  | {
      readonly of: "sum" | "average" | "max" | "min";
      readonly rows: readonly number[];
      readonly column: number;
      readonly measure: Measure;
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
      readonly kind: "choice";
      readonly left: Amount;
      readonly right: Amount;
      readonly op: ">" | "<" | "=";
      readonly yes: string;
      readonly no: string;
    };

/** A cell as a number; undefined where it is none. */
export function measured(cell: string, measure: Measure): number | undefined {
  if (measure === "bare") return bareNumber(cell);
  if (measure === "loose") return isBlank(cell) ? undefined : looseNumber(cell);
  const date = dateIn(cell);
  if (!date) return undefined;
  return measure === "year" ? date.year || undefined : dateKey(date);
}

/** An amount's value; a sum over nothing is 0, any other reduction of nothing is undefined. */
function amountOf(amount: Amount, table: Table): number | undefined {
  switch (amount.of) {
    case "constant":
      return amount.value;
    case "rows":
      return amount.rows.length;
    case "distinct": {
      const cells = table.columns[amount.column]?.cells ?? [];
      return new Set(amount.rows.map((row) => cells[row] ?? "").filter((cell) => cell !== "")).size;
    }
    case "minus": {
      const left = amountOf(amount.left, table);
      const right = amountOf(amount.right, table);
      if (left === undefined || right === undefined) return undefined;
      return amount.absolute ? Math.abs(left - right) : left - right;
    }
    default: {
      const cells = table.columns[amount.column]?.cells ?? [];
      const values = amount.rows.flatMap((row) => measured(cells[row] ?? "", amount.measure) ?? []);
      if (amount.of === "sum") return values.reduce((sum, value) => sum + value, 0);
      if (values.length === 0) return undefined;
      if (amount.of === "average")
        return values.reduce((sum, value) => sum + value, 0) / values.length;
      return amount.of === "max" ? Math.max(...values) : Math.min(...values);
    }
  }
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
    const value = amountOf(answer.amount, table);
    if (value === undefined) return [];
    return [answer.unit === "" ? numeral(value) : `${numeral(value)} ${answer.unit}`];
  }
  if (answer.kind === "choice") {
    const left = amountOf(answer.left, table) ?? 0;
    const right = amountOf(answer.right, table) ?? 0;
    const holds =
      answer.op === ">" ? left > right : answer.op === "<" ? left < right : left === right;
    return [holds ? answer.yes : answer.no];
  }
  const cells = table.columns[answer.column]?.cells ?? [];
  const items = answer.rows
    .map((row) => formed(cells[row] ?? "", answer.form))
    .filter((item) => item !== "");
  return answer.distinct ? [...new Set(items)] : items;
}
