import type { Rng } from "../../../../harness/contracts/index.ts";
import { between, pick } from "../../../../harness/models/rule-based/kit.ts";
import type { CleanTable, DrawnColumn } from "./tables.ts";
import { type Clean, display } from "./values.ts";

/**
 * Writes a clean table as text cells with the mess of tables on the web: footnote marks behind names
 * and numbers, blanks in several styles, a row with totals.
 *
 * @returns the header, the rows and, where the table has one, the row with totals.
 */
export function messyCells(table: CleanTable, rng: Rng): string[][] {
  const rows = table.rows.map((row) =>
    table.columns.map((column, place) => cellOf(column, row[place], table.marks, rng)),
  );
  const total = table.total === undefined ? [] : [totalRow(table, table.total)];
  return [table.columns.map((column) => column.header), ...rows, ...total];
}

/** The cells as a file of the dataset: every cell in quotes, backslash before quotes and backslashes. */
export function tableFile(cells: readonly (readonly string[])[]): string {
  const lines = cells.map((row) =>
    row.map((cell) => `"${cell.replace(/["\\]/g, "\\$&")}"`).join(","),
  );
  return `${lines.join("\n")}\n`;
}

function cellOf(
  column: DrawnColumn,
  value: Clean | undefined,
  marks: readonly string[],
  rng: Rng,
): string {
  if (value === undefined) return column.blank ?? "";
  const shown = display(value, column.style);
  if (column.use === "name") return rng.next() < 0.2 ? `${shown}${pick(rng, marks)}` : shown;
  const noted = column.use === "amount" && rng.next() < 0.08;
  return noted ? `${shown}[${between(rng, 1, 9)}]` : shown;
}

function totalRow(table: CleanTable, label: string): string[] {
  return table.columns.map((column, place) => {
    if (column.use === "name") return label;
    if (column.adds !== true) return "";
    const sum = table.rows.reduce((total, row) => {
      const value = row[place];
      return value?.kind === "number" ? total + value.number : total;
    }, 0);
    return display({ kind: "number", number: sum }, column.style);
  });
}
