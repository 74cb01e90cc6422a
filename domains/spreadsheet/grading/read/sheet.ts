import type { CellValue } from "../cell-value.ts";
import { pythonFloat, pythonInt } from "../python-number.ts";
import { type CellStore, contents, keptText, type StoredCell } from "./cell-store.ts";
import { dateOfSerial, durationOfSerial, isoValue } from "./serial-date.ts";

/** A sheet as the graders see it. */
export interface Sheet {
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

/** What a sheet of cells is made of. */
export interface SheetContent {
  readonly name: string;
  readonly maxRow: number;
  readonly maxColumn: number;
  readonly cells: CellStore;
  /** The part that number and text cells are slices of. */
  readonly bytes: Buffer;
  readonly kept: readonly string[];
  readonly shared: readonly string[];
  /** One of `epochs`. */
  readonly epoch: number;
}

/** Values are made when they are asked for; that they can be made was checked before. */
export function sheetOf(content: SheetContent): Sheet {
  const { name, maxRow, maxColumn, cells } = content;
  return {
    name,
    kind: "cells",
    maxRow,
    maxColumn,
    value(row, column) {
      const cell = cells.get(row, column);
      return cell === undefined ? null : valueOfCell(cell, content);
    },
    isBlank: (row, column) => !cells.has(row, column),
    isUncached: (row, column) => cells.get(row, column)?.content === contents.formula,
    eachCell({ firstRow, lastRow, firstColumn, lastColumn }, take) {
      cells.eachInRows(firstRow, lastRow, (row, column) => {
        if (column >= firstColumn && column <= lastColumn) take(row, column);
      });
    },
  };
}

export function chartSheet(name: string): Sheet {
  return {
    ...{ name, kind: "chart", maxRow: 1, maxColumn: 1 },
    value: () => null,
    isBlank: () => true,
    isUncached: () => false,
    eachCell: () => {},
  };
}

function valueOfCell(cell: StoredCell, { bytes, kept, shared, epoch }: SheetContent): CellValue {
  const text = () =>
    (cell.content & keptText) === 0
      ? bytes.toString("utf8", cell.start, cell.end)
      : (kept[cell.start] ?? "");
  switch (cell.content & ~keptText) {
    case contents.number:
      return numberOf(text());
    case contents.date:
      return dateOfSerial(numberOf(text()), epoch);
    case contents.duration:
      return durationOfSerial(numberOf(text()));
    case contents.shared:
      return shared[cell.start] ?? "";
    case contents.boolean:
      return cell.start === 1;
    case contents.text:
      return text();
    case contents.iso:
      return isoValue(text()) ?? null;
    default:
      return null;
  }
}

/** A number as openpyxl casts it: a float where there is a point or an exponent, else an int. */
export function castNumber(text: string): number | bigint | undefined {
  return /[.eE]/.test(text) ? pythonFloat(text) : pythonInt(text);
}

function numberOf(text: string): number | bigint {
  return castNumber(text) ?? Number.NaN;
}
