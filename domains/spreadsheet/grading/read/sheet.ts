import type { CellValue } from "../cell-value.ts";
import { WorkbookFault } from "./fault.ts";

/** A sheet as the graders see it. */
export interface GradedSheet {
  readonly name: string;
  /** Chart sheets have a name and no cells: asking for one is an error of the published graders. */
  readonly kind: "cells" | "chart";
  /** The last row and column with a cell, be it only a formatted one; 1 where there is none. */
  readonly maxRow: number;
  readonly maxColumn: number;
  /** @param row from 1. @param column from 1. */
  value(row: number, column: number): CellValue;
  /** Whether nothing is known of the cell, so that `eachCell` passes it over. */
  isBlank(row: number, column: number): boolean;
  /** Whether there is a formula whose result was never stored; its value is null. */
  isUncached(row: number, column: number): boolean;
  /** Calls for every cell of a block that may hold a value, by rows. */
  eachCell(block: CellBlock, take: (row: number, column: number) => void): void;
}

/** A rectangle of cells; all four count from 1 and belong to it. Empty where a last is below its first. */
export interface CellBlock {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
}

/** What a stored cell holds; undefined is the result of a formula that was never stored. */
export type Stored = CellValue | undefined;

const columnsPerRow = 2 ** 15;
/** A sheet with more cells than this is not read; they would take some 200 MB. */
const mostCells = 6_000_000;

/** A place as one number, in the order of rows and then columns. */
export function placeNumber(row: number, column: number): number {
  return row * columnsPerRow + column;
}

/** The cells of one sheet that hold something, by their place. Filled first, then asked. */
export class CellStore {
  #places = new Float64Array(64);
  readonly #values: Stored[] = [];
  #count = 0;
  #isOrdered = true;

  add(row: number, column: number, value: Stored): void {
    if (this.#count === mostCells)
      throw new WorkbookFault("limits", `a sheet has more than ${mostCells} cells`);
    const place = placeNumber(row, column);
    if (this.#count > 0 && place <= (this.#places[this.#count - 1] ?? 0)) this.#isOrdered = false;
    if (this.#count === this.#places.length) {
      const larger = new Float64Array(this.#count * 2);
      larger.set(this.#places);
      this.#places = larger;
    }
    this.#places[this.#count] = place;
    this.#values[this.#count++] = value;
  }

  /** Sorts what came in no order; of cells at one place the last one stays. */
  finish(): void {
    if (this.#isOrdered) return;
    const byPlace = new Map<number, Stored>();
    for (let at = 0; at < this.#count; at++) byPlace.set(this.#places[at] ?? 0, this.#values[at]);
    this.#places = Float64Array.from(byPlace.keys()).sort();
    this.#count = this.#places.length;
    this.#values.length = 0;
    for (const place of this.#places) this.#values.push(byPlace.get(place));
    this.#isOrdered = true;
  }

  /** Where a cell is, to be asked for its value; -1 where nothing is known of it. */
  find(row: number, column: number): number {
    const place = placeNumber(row, column);
    const at = this.#lowest(place);
    return at < this.#count && this.#places[at] === place ? at : -1;
  }

  at(index: number): Stored {
    return this.#values[index];
  }

  /** Takes away what a cell holds. */
  clear(row: number, column: number): void {
    const at = this.find(row, column);
    if (at >= 0) this.#values[at] = null;
  }

  /** Calls for every stored cell of some rows, in the order of rows and then columns. */
  eachInRows(firstRow: number, lastRow: number, take: (row: number, column: number) => void): void {
    const end = placeNumber(lastRow + 1, 0);
    for (let at = this.#lowest(placeNumber(firstRow, 0)); at < this.#count; at++) {
      const place = this.#places[at] ?? 0;
      if (place >= end) return;
      take(Math.floor(place / columnsPerRow), place % columnsPerRow);
    }
  }

  #lowest(place: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#places[middle] ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** A sheet of cells. */
export function sheetOf(
  { name, maxRow, maxColumn }: Pick<GradedSheet, "name" | "maxRow" | "maxColumn">,
  cells: CellStore,
): GradedSheet {
  return {
    ...{ name, kind: "cells", maxRow, maxColumn },
    value: (row, column) => cells.at(cells.find(row, column)) ?? null,
    isBlank: (row, column) => cells.find(row, column) < 0,
    isUncached(row, column) {
      const at = cells.find(row, column);
      return at >= 0 && cells.at(at) === undefined;
    },
    eachCell({ firstRow, lastRow, firstColumn, lastColumn }, take) {
      cells.eachInRows(firstRow, lastRow, (row, column) => {
        if (column >= firstColumn && column <= lastColumn) take(row, column);
      });
    },
  };
}

/** A sheet that is a chart. */
export function chartSheet(name: string): GradedSheet {
  return { ...sheetOf({ name, maxRow: 1, maxColumn: 1 }, new CellStore()), kind: "chart" };
}
