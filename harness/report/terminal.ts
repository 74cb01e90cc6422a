import CliTable from "cli-table3";
import { footer, type Grid, type GridCell, gridOf, heading, legend, plainText } from "./grid.ts";
import type { Table } from "./table.ts";

const nameMax = 28;

/**
 * The table for a terminal, without colours, ending in a line end.
 *
 * Columns that do not fit side by side go into further tables below, each with the names of the
 * conditions again; a single column wider than `width` is printed as it is.
 *
 * @param width in characters.
 */
export function renderTerminal(table: Table, width = 120): string {
  const grid = gridOf(table, shortName);
  const sections = [
    [heading(table, plainText), ...legend(table, plainText)]
      .map((line) => wrapped(line, width))
      .join("\n"),
    ...blocks(grid, width).map((columns) => drawn(grid, columns)),
    footer(table)
      .map((paragraph) => wrapped(paragraph, width))
      .join("\n"),
  ];
  return `${sections.join("\n\n")}\n`;
}

/** Both ends of a long name, since names often differ in their last part. */
export function shortName(text: string): string {
  const letters = [...plainText(text)];
  if (letters.length <= nameMax) return letters.join("");
  const end = Math.floor((nameMax - 1) / 2);
  return `${letters.slice(0, nameMax - 1 - end).join("")}…${letters.slice(-end).join("")}`;
}

/** Columns of the grid that fit side by side, in order. */
function blocks(grid: Grid, width: number): number[][] {
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => text.length));
  // A column has a space on both sides of its text and a border to its left.
  const frame = 3;
  const names =
    widest(["condition", ...grid.lines.map((line) => line.condition)]) +
    widest(["author", ...grid.lines.map((line) => line.author)]) +
    2 * frame +
    1;
  const result: number[][] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const [index, label] of grid.columns.entries()) {
    const texts = grid.lines.flatMap((line) => textsOf(line.cells[index]));
    const needed = widest([label, ...texts]) + frame;
    if (used + needed > width) {
      result.push([]);
      used = names;
    }
    result.at(-1)?.push(index);
    used += needed;
  }
  return result;
}

function drawn(grid: Grid, columns: readonly number[]): string {
  const table = new CliTable({
    head: ["condition", "author", ...columns.map((index) => grid.columns[index] ?? "")],
    style: { head: [], border: [] },
  });
  for (const line of grid.lines) {
    table.push([
      line.condition,
      line.author,
      ...columns.map((index) => textsOf(line.cells[index]).join("\n")),
    ]);
  }
  return table.toString();
}

function textsOf(cell: GridCell | undefined): string[] {
  return cell === undefined ? ["not run"] : [cell.mean, cell.delta, cell.counts].filter(Boolean);
}

/** Breaks a line at spaces; later lines are indented. */
export function wrapped(text: string, width: number): string {
  const [first = "", ...words] = text.split(" ");
  const lines = [first];
  for (const word of words) {
    const line = lines.pop() ?? "";
    if (line.length + 1 + word.length > width) lines.push(line, `  ${word}`);
    else lines.push(`${line} ${word}`);
  }
  return lines.join("\n");
}
