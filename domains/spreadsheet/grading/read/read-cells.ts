import type { CellValue } from "../cell-value.ts";
import { cellName, columnNumber, lastRow } from "../columns.ts";
import { pythonFloat, pythonInt } from "../python-number.ts";
import { dateOfSerial, durationOfSerial, isoValue } from "./serial-date.ts";
import { type CellStore, placeNumber, type Stored } from "./sheet.ts";
import type { NumberKind } from "./styles.ts";

/** What cells refer to in the rest of the workbook. */
export interface CellContext {
  readonly shared: readonly string[];
  /** By number of the cell's style. */
  readonly styles: readonly NumberKind[];
  /** One of `epochs`. */
  readonly epoch: number;
  /** False where only the soundness of the sheet matters: then no cell is kept. */
  readonly keep: boolean;
}

/** A cell as it is written; a text is undefined where its element or attribute is absent. */
export interface RawCell {
  readonly row: number;
  readonly column: number;
  /** Number of the style. */
  readonly style: string | undefined;
  readonly type: string | undefined;
  readonly value: string | undefined;
  /** Text of an inline string. */
  readonly inline: string | undefined;
  readonly hasFormula: boolean;
}

/** Cells as openpyxl reads them, one after the other in the order of the part. */
export class CellReader {
  maxRow = 0;
  maxColumn = 0;
  readonly #cells: CellStore;
  readonly #context: CellContext;
  readonly #refuse: (problem: string) => never;
  /** The furthest place so far: a cell that comes behind it may be one that was there before. */
  #furthest = 0;

  /** @param refuse ends the reading; says which sheet it is. */
  constructor(cells: CellStore, context: CellContext, refuse: (problem: string) => never) {
    this.#cells = cells;
    this.#context = context;
    this.#refuse = refuse;
  }

  /** The sheet reaches at least to here. */
  extend(row: number, column: number): void {
    if (row > this.maxRow) this.maxRow = row;
    if (column > this.maxColumn) this.maxColumn = column;
  }

  /** Takes the next cell. One that openpyxl cannot read ends the reading. */
  add(cell: RawCell): void {
    const { row, column, style, type = "n", value = "" } = cell;
    const kind =
      style === undefined
        ? (this.#context.styles[0] ?? this.#refuse(`a cell in row ${row} without a style`))
        : this.styleOf(style, "a cell in row", row);
    this.extend(row, column);
    if (type === "inlineStr") {
      if (cell.inline === undefined) this.#addNothing(cell, cell.hasFormula);
      else this.#keep(cell, cell.inline);
      // A formula of type str has a result: the empty text, which openpyxl reads as nothing.
    } else if (value === "") this.#addNothing(cell, cell.hasFormula && type !== "str");
    else this.#keep(cell, this.#valueOf(cell, value, kind));
  }

  /** A style by its number; Python counts negative ones from the end, where none is a date. */
  styleOf(text: string, what: string, place: number): NumberKind {
    const { styles } = this.#context;
    const number = wholeNumber(text);
    if (number < 0 && number >= -styles.length) return "number";
    return styles[number] ?? this.#refuse(`${what} ${place} has the style ${text.slice(0, 20)}`);
  }

  /** The row and column of a reference such as `B7`. */
  placeOf(reference: string): readonly [row: number, column: number] {
    // The row starts at the first digit; where there is none, at the last character.
    const digit = reference.search(/[0-9]/);
    const cut = digit < 0 ? reference.length - 1 : digit;
    const column = columnNumber(reference.slice(0, cut));
    const row = pythonInt(reference.slice(cut));
    if (column === undefined || row === undefined)
      this.#refuse(`a cell at ${JSON.stringify(reference.slice(0, 40))}`);
    return [Number(row), column];
  }

  #valueOf(cell: RawCell, text: string, kind: NumberKind): CellValue {
    switch (cell.type ?? "n") {
      case "n": {
        const number = castNumber(text) ?? this.#refuseValue(cell, " holds no number:");
        if (kind === "number") return number;
        return kind === "date"
          ? dateOfSerial(number, this.#context.epoch)
          : durationOfSerial(number);
      }
      case "s": {
        const { shared } = this.#context;
        const index = wholeNumber(text);
        const found = shared[index < 0 ? index + shared.length : index];
        return found ?? this.#refuseValue(cell, ": no shared string");
      }
      case "b":
        return (pythonInt(text) ?? this.#refuseValue(cell, " holds no boolean:")) !== 0n;
      case "d":
        return isoValue(text) ?? this.#refuseValue(cell, " holds no date:");
      default:
        return text;
    }
  }

  #refuseValue({ row, column, value = "" }: RawCell, problem: string): never {
    const text = JSON.stringify(value.slice(0, 40));
    return this.#refuse(`${cellName(row, column)}${problem} ${text}`);
  }

  #addNothing({ row, column }: RawCell, isUncached: boolean): void {
    const place = placeNumber(row, column);
    if (isUncached) this.#keep({ row, column }, undefined);
    else if (place <= this.#furthest) this.#keep({ row, column }, null);
    else this.#furthest = place;
  }

  #keep({ row, column }: Pick<RawCell, "row" | "column">, value: Stored): void {
    // Rows beyond the last one cannot be asked for.
    if (!this.#context.keep || row > lastRow) return;
    this.#furthest = Math.max(this.#furthest, placeNumber(row, column));
    this.#cells.add(row, column, value);
  }
}

/** A number as openpyxl casts it: a float where there is a point or an exponent, else an int. */
function castNumber(text: string): number | bigint | undefined {
  return /[.eE]/.test(text) ? pythonFloat(text) : pythonInt(text);
}

/** `int(text)` of Python as a number; NaN where it raises. */
function wholeNumber(text: string): number {
  return /^[0-9]{1,15}$/.test(text) ? Number(text) : Number(pythonInt(text) ?? Number.NaN);
}
