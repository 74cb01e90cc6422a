import { isDigits } from "../../../shared/python-text.ts";
import { lastColumn, lastRow } from "../columns.ts";
import { pythonInt } from "../python-number.ts";
import type { CellBlock } from "../read/sheet.ts";
import { PythonError } from "./cell-rule.ts";

/** How far a sheet reaches; stands in for what a range leaves out. */
export interface Extent {
  readonly maxRow: number;
  readonly maxColumn: number;
}

/** What a range of the published evaluators comes to: a block by numbers, or one name as it is. */
export type CellSelection =
  | { readonly kind: "block"; readonly block: CellBlock }
  | { readonly kind: "single"; readonly name: string };

/**
 * The cells of a range as the official evaluator names them.
 *
 * Letters count by their distance from `A`, so `j` is column 42 and `$` lies far before the first;
 * digits and letters may stand in any order. `A:G` has no row and raises.
 *
 * @throws {PythonError} ValueError.
 */
export function officialRange(range: string): CellSelection {
  return selectionOf(range, undefined);
}

/**
 * The cells of a range as the reference evaluator names them: as the official one, but rows and
 * columns that are left out are filled in from the sheet of the answer.
 *
 * @param extent undefined where nothing is known of the sheet: then 1000 rows and 26 columns.
 * @throws {PythonError} ValueError.
 */
export function referenceRange(range: string, extent: Extent | undefined): CellSelection {
  return selectionOf(range, {
    ...{ firstRow: 1, lastRow: extent?.maxRow || 1000 },
    ...{ firstColumn: 1, lastColumn: extent?.maxColumn || 26 },
  });
}

/** @param absent stands in for rows and columns that are left out; without it they raise. */
function selectionOf(range: string, absent: CellBlock | undefined): CellSelection {
  const [start = "", end, ...more] = range.split(":");
  if (end === undefined) return { kind: "single", name: range };
  if (more.length > 0)
    throw new PythonError("ValueError", "too many values to unpack (expected 2)");
  const rowIn = (text: string, otherwise: number | undefined) => {
    const digits = [...text].filter(isDigits).join("");
    return digits === "" && otherwise !== undefined ? otherwise : rowOf(digits);
  };
  const columnIn = (text: string, otherwise: number | undefined) => {
    const letters = [...text].filter((character) => !isDigits(character)).join("");
    return letters === "" && otherwise !== undefined ? otherwise : columnByLetters(letters);
  };
  const block = {
    firstColumn: columnIn(start, absent?.firstColumn),
    firstRow: rowIn(start, absent?.firstRow),
    lastColumn: columnIn(end, absent?.lastColumn),
    lastRow: rowIn(end, absent?.lastRow),
  };
  return { kind: "block", block };
}

function rowOf(digits: string): number {
  const row = pythonInt(digits);
  if (row === undefined)
    throw new PythonError("ValueError", `invalid literal for int() with base 10: '${digits}'`);
  return Number(row);
}

/** Any character counts; the result may be negative. */
export function columnByLetters(letters: string): number {
  let column = 0;
  for (const letter of letters) column = column * 26 + (letter.codePointAt(0) ?? 0) - 64;
  return column;
}

const coordinate = /^\$?([A-Za-z]{1,3})?\$?(\p{Nd}+)?\n?$/u;

/**
 * The one cell of a name, as a worksheet of openpyxl looks it up.
 *
 * @throws {PythonError} what openpyxl or the evaluator raises where the name is not that of one cell.
 */
export function cellNamed(name: string): { readonly row: number; readonly column: number } {
  const found = coordinate.exec(name);
  if (found === null)
    throw new PythonError("ValueError", `${name} is not a valid coordinate or range`);
  const [, letters, digits] = found;
  const row = digits === undefined ? undefined : rowOf(digits);
  if (letters !== undefined && row !== undefined) {
    checkRow(row);
    return { row, column: columnByLetters(letters.toUpperCase()) };
  }
  if (letters === undefined) {
    if (row === undefined || row === 0)
      throw new PythonError("IndexError", `${name} is not a valid coordinate or range`);
    checkRow(row);
  }
  throw new PythonError("AttributeError", "'tuple' object has no attribute 'value'");
}

function checkRow(row: number): void {
  if (row < 1 || row > lastRow)
    throw new PythonError(
      "ValueError",
      `Row numbers must be between 1 and ${lastRow}. Row number supplied was ${row}`,
    );
}

/**
 * The part of a block that can be compared before the evaluator comes to a cell that raises; it goes
 * column by column.
 *
 * @returns blocks in that order, and what is raised behind them.
 */
export function comparable(block: CellBlock): {
  readonly blocks: readonly CellBlock[];
  readonly raises: PythonError | undefined;
} {
  const { firstRow, lastRow: endRow, firstColumn, lastColumn: endColumn } = block;
  if (endRow < firstRow || endColumn < firstColumn) return { blocks: [], raises: undefined };
  // A column before the first has no letters: its names are rows.
  if (firstColumn < 1) return { blocks: [], raises: raisedBy(String(firstRow)) };
  if (firstColumn > lastColumn)
    return {
      blocks: [],
      raises: new PythonError("ValueError", "the name is not a valid coordinate or range"),
    };
  if (firstRow < 1) return { blocks: [], raises: raisedBy(`A${firstRow}`) };
  if (endRow > lastRow) {
    const blocks = firstRow > lastRow ? [] : [{ ...block, lastColumn: firstColumn, lastRow }];
    return { blocks, raises: raisedBy(`A${Math.max(firstRow, lastRow + 1)}`) };
  }
  if (endColumn > lastColumn)
    return { blocks: [{ ...block, lastColumn }], raises: raisedBy(`AAAA${firstRow}`) };
  return { blocks: [block], raises: undefined };
}

function raisedBy(name: string): PythonError | undefined {
  try {
    cellNamed(name);
    return undefined;
  } catch (error) {
    if (error instanceof PythonError) return error;
    throw error;
  }
}
