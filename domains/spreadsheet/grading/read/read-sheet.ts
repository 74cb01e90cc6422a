import { cellName, columnNumber, lastColumn, lastRow } from "../columns.ts";
import { pythonFloat, pythonInt } from "../python-number.ts";
import { CellStore, contents, keptText } from "./cell-store.ts";
import { unreadable } from "./fault.ts";
import type { NumberKind } from "./number-format.ts";
import { clearMerged, type Link, linkedCells, readLinks, readMerged } from "./overlays.ts";
import { namespaces, type Relation } from "./parts.ts";
import { isPlainNumber, type Slice } from "./plain-number.ts";
import { readRichText } from "./rich-text.ts";
import { isoValue } from "./serial-date.ts";
import { type CellBlock, castNumber, type Sheet, sheetOf } from "./sheet.ts";
import type { XmlScanner } from "./xml.ts";

/** What a sheet refers to in the rest of the workbook. */
export interface SheetContext {
  readonly name: string;
  readonly shared: readonly string[];
  /** By number of the cell's style. */
  readonly styles: readonly NumberKind[];
  /** One of `epochs`. */
  readonly epoch: number;
  /** By id. */
  readonly relations: ReadonlyMap<string, Relation>;
  /** Cells that comments stand at, such as `B2`: they count as cells of the sheet. */
  readonly commented: readonly string[];
  /** False where only its soundness matters: then no cell is kept. */
  readonly keep: boolean;
}

const zero = 0x30;

/**
 * Reads a sheet from its part, as openpyxl 3.1.5 does with `data_only=True`.
 *
 * One cell that openpyxl cannot read fails the sheet, and with it the workbook.
 *
 * @throws {WorkbookFault} naming the cell.
 */
export function readSheet(scanner: XmlScanner, context: SheetContext): Sheet {
  return new SheetReader(scanner, context).read();
}

class SheetReader {
  readonly #scanner: XmlScanner;
  readonly #context: SheetContext;
  readonly #cells = new CellStore();
  readonly #kept: string[] = [];
  #maxRow = 0;
  #maxColumn = 0;
  /** The place of the last cell, for cells and rows that do not say where they are. */
  #row = 0;
  #column = 0;
  /** The furthest place so far: a cell that comes behind it may be one that was there before. */
  #furthest = 0;
  #merged: readonly CellBlock[] = [];
  #links: readonly Link[] = [];
  readonly #refuse: (problem: string) => never;

  constructor(scanner: XmlScanner, context: SheetContext) {
    this.#scanner = scanner;
    this.#context = context;
    this.#refuse = (problem) => unreadable(`sheet ${context.name}: ${problem}`);
  }

  read(): Sheet {
    const scanner = this.#scanner;
    for (let event = scanner.next(); event !== "done"; event = scanner.next()) {
      if (event !== "start" || scanner.space !== namespaces.main) continue;
      if (scanner.local === "row") this.#readRow();
      else if (scanner.local === "col") this.#checkColumns();
      else if (scanner.local === "mergeCells") this.#merged = readMerged(scanner, this.#refuse);
      else if (scanner.local === "hyperlinks")
        this.#links = readLinks(scanner, this.#context.relations, this.#refuse);
      else if (scanner.local === "tablePart") this.#checkTable();
    }
    this.#overlay();
    for (const place of this.#context.commented) this.#extend(this.#placeOf(place));
    return sheetOf({
      name: this.#context.name,
      maxRow: this.#maxColumn === 0 ? 1 : this.#maxRow,
      maxColumn: Math.max(1, this.#maxColumn),
      cells: this.#cells,
      bytes: this.#context.keep ? scanner.bytes : Buffer.alloc(0),
      kept: this.#kept,
      shared: this.#context.shared,
      epoch: this.#context.epoch,
    });
  }

  #readRow(): void {
    const scanner = this.#scanner;
    const inside = scanner.depth;
    const given = scanner.attribute("r");
    if (given === undefined) this.#row++;
    else this.#row = this.#rowNumber(given);
    this.#column = 0;
    const style = scanner.attribute("s");
    if (style !== undefined) this.#styleOf(style, `row ${this.#row}`);
    this.#checkNumber("ht");
    this.#checkNumber("outlineLevel");
    const row = this.#row;
    for (;;) {
      const event = scanner.next();
      if (event === "end" && scanner.depth < inside) return;
      // Whatever stands in a row is taken for a cell.
      if (event === "start") this.#readCell(row);
    }
  }

  /** A whole number, which may be written as a float on a row that has no other properties. */
  #rowNumber(text: string): number {
    const whole = pythonInt(text);
    if (whole !== undefined) return Number(whole);
    const scanner = this.#scanner;
    const properties = scanner.plainAttributeCount() - (scanner.attributeAt("spans") < 0 ? 1 : 2);
    const value = properties > 0 ? undefined : pythonFloat(text);
    if (value !== undefined && Number.isInteger(value)) return value;
    return this.#refuse(`a row with the number ${text.slice(0, 40)}`);
  }

  /** A property that must be a number where it is there. */
  #checkNumber(property: string): void {
    const scanner = this.#scanner;
    const at = scanner.attributeAt(property);
    if (at < 0) return;
    const raw = { start: scanner.attributeStart(at), end: scanner.attributeEnd(at) };
    const text = isPlainNumber(scanner.bytes, raw) ? undefined : scanner.attribute(property);
    if (text !== undefined && pythonFloat(text) === undefined)
      this.#refuse(`${property} is ${JSON.stringify(text.slice(0, 40))}`);
  }

  #readCell(rowOfRow: number): void {
    const scanner = this.#scanner;
    const place = scanner.attributeAt("r");
    let row = rowOfRow;
    if (place >= 0 && scanner.attributeEnd(place) > scanner.attributeStart(place))
      row = this.#readPlace(place);
    else this.#column++;
    const column = this.#column;
    const style = scanner.attributeAt("s");
    const kind = style < 0 ? this.#plainStyle(row) : this.#readStyle(style, row);
    const type = scanner.attribute("t") ?? "n";
    if (row > this.#maxRow) this.#maxRow = row;
    if (column > this.#maxColumn) this.#maxColumn = column;
    this.#readContents(row, column, type, kind);
  }

  /** The place of a cell from its reference. @returns the row; the column is kept. */
  #readPlace(attribute: number): number {
    const { bytes } = this.#scanner;
    const end = this.#scanner.attributeEnd(attribute);
    let at = this.#scanner.attributeStart(attribute);
    let column = 0;
    const start = at;
    for (; at < end; at++) {
      const letter = (bytes[at] ?? 0) & ~0x20;
      if (letter < 0x41 || letter > 0x5a) break;
      column = column * 26 + letter - 0x40;
    }
    const letters = at - start;
    let row = 0;
    const digits = at;
    for (; at < end; at++) {
      const digit = (bytes[at] ?? 0) - zero;
      if (digit < 0 || digit > 9) break;
      row = row * 10 + digit;
    }
    if (at < end || at === digits || letters < 1 || letters > 3) {
      const [oddRow, oddColumn] = this.#placeOf(this.#scanner.attribute("r") ?? "");
      this.#column = oddColumn;
      return oddRow;
    }
    this.#column = column;
    return row;
  }

  #placeOf(reference: string): readonly [row: number, column: number] {
    // The row starts at the first digit; where there is none, at the last character.
    const digit = reference.search(/[0-9]/);
    const cut = digit < 0 ? reference.length - 1 : digit;
    const column = columnNumber(reference.slice(0, cut));
    const row = pythonInt(reference.slice(cut));
    if (column === undefined || row === undefined)
      this.#refuse(`a cell at ${JSON.stringify(reference.slice(0, 40))}`);
    return [Number(row), column];
  }

  #plainStyle(row: number): NumberKind {
    const kind = this.#context.styles[0];
    return kind ?? this.#refuse(`a cell in row ${row} without a style`);
  }

  #readStyle(attribute: number, row: number): NumberKind {
    const { bytes } = this.#scanner;
    const end = this.#scanner.attributeEnd(attribute);
    let at = this.#scanner.attributeStart(attribute);
    let style = at < end ? 0 : -1;
    for (; at < end; at++) {
      const digit = (bytes[at] ?? 0) - zero;
      if (digit < 0 || digit > 9) break;
      style = style * 10 + digit;
    }
    const kind = at < end ? undefined : this.#context.styles[style];
    if (kind !== undefined) return kind;
    return this.#styleOf(this.#scanner.attribute("s") ?? "", `a cell in row ${row}`);
  }

  /** A style by its number; Python counts negative ones from the end, where none is a date. */
  #styleOf(text: string, what: string): NumberKind {
    const { styles } = this.#context;
    const number = Number(pythonInt(text) ?? Number.NaN);
    if (number < 0 && number >= -styles.length) return "number";
    return styles[number] ?? this.#refuse(`${what} has the style ${text.slice(0, 20)}`);
  }

  #readContents(row: number, column: number, type: string, kind: NumberKind): void {
    const scanner = this.#scanner;
    const inside = scanner.depth;
    let [valueSeen, inlineSeen, formula] = [false, false, false];
    let inline: string | undefined;
    let [start, end] = [0, 0];
    let text: string | undefined;
    for (;;) {
      const event = scanner.next();
      if (event === "end" && scanner.depth < inside) break;
      if (event !== "start") continue;
      if (scanner.space !== namespaces.main) scanner.skip();
      else if (scanner.local === "v" && !valueSeen) {
        valueSeen = true;
        scanner.readContent();
        [start, end, text] = [scanner.textStart, scanner.textEnd, scanner.text];
      } else if (scanner.local === "is" && !inlineSeen) {
        inlineSeen = true;
        inline = readRichText(scanner);
      } else {
        if (scanner.local === "f") formula = true;
        scanner.skip();
      }
    }
    if (type === "inlineStr") {
      if (inline === undefined) this.#addNothing(row, column, formula);
      else this.#keepText(row, column, contents.text, inline);
    } else if (text === undefined && start === end)
      // A formula of type str has a result: the empty text, which openpyxl reads as nothing.
      this.#addNothing(row, column, formula && type !== "str");
    else this.#addValue(row, column, type, kind, { start, end, text });
  }

  #addValue(row: number, column: number, type: string, kind: NumberKind, raw: Raw): void {
    switch (type) {
      case "n": {
        const plain = raw.text === undefined && isPlainNumber(this.#scanner.bytes, raw);
        if (!plain && castNumber(this.#textOf(raw)) === undefined)
          this.#refuse(`${cellName(row, column)} holds no number: ${this.#excerpt(raw)}`);
        this.#addRaw(row, column, contents[kind], raw);
        return;
      }
      case "s": {
        const { shared } = this.#context;
        const index = this.#indexOf(raw);
        const at = index < 0 ? index + shared.length : index;
        if (shared[at] === undefined)
          this.#refuse(`${cellName(row, column)}: no shared string ${this.#excerpt(raw)}`);
        this.#add(row, column, contents.shared, at, 0);
        return;
      }
      case "b": {
        const truth = pythonInt(this.#textOf(raw));
        if (truth === undefined)
          this.#refuse(`${cellName(row, column)} holds no boolean: ${this.#excerpt(raw)}`);
        this.#add(row, column, contents.boolean, truth === 0n ? 0 : 1, 0);
        return;
      }
      case "d": {
        if (isoValue(this.#textOf(raw)) === undefined)
          this.#refuse(`${cellName(row, column)} holds no date: ${this.#excerpt(raw)}`);
        this.#addRaw(row, column, contents.iso, raw);
        return;
      }
      default:
        this.#addRaw(row, column, contents.text, raw);
    }
  }

  #addRaw(row: number, column: number, content: number, raw: Raw): void {
    if (raw.text === undefined) this.#add(row, column, content, raw.start, raw.end);
    else this.#keepText(row, column, content, raw.text);
  }

  #keepText(row: number, column: number, content: number, text: string): void {
    if (this.#context.keep) this.#kept.push(text);
    this.#add(row, column, content | keptText, this.#kept.length - 1, 0);
  }

  #addNothing(row: number, column: number, formula: boolean): void {
    const place = row * 2 ** 15 + column;
    if (formula) this.#add(row, column, contents.formula, 0, 0);
    else if (place <= this.#furthest) this.#add(row, column, contents.nothing, 0, 0);
    else this.#furthest = place;
  }

  #add(row: number, column: number, content: number, start: number, end: number): void {
    if (!this.#context.keep) return;
    // Rows beyond the last one cannot be asked for.
    if (row > lastRow) return;
    this.#furthest = Math.max(this.#furthest, row * 2 ** 15 + column);
    this.#cells.add(row, column, content, start, end);
  }

  /** A whole number, NaN for anything else. */
  #indexOf(raw: Raw): number {
    const { bytes } = this.#scanner;
    let index = raw.start < raw.end && raw.text === undefined ? 0 : Number.NaN;
    for (let at = raw.start; at < raw.end; at++) {
      const digit = (bytes[at] ?? 0) - zero;
      index = digit >= 0 && digit <= 9 ? index * 10 + digit : Number.NaN;
    }
    return Number.isNaN(index) ? Number(pythonInt(this.#textOf(raw)) ?? Number.NaN) : index;
  }

  #textOf(raw: Raw): string {
    return raw.text ?? this.#scanner.bytes.toString("utf8", raw.start, raw.end);
  }

  #excerpt(raw: Raw): string {
    return JSON.stringify(this.#textOf(raw).slice(0, 40));
  }

  #checkColumns(): void {
    const first = pythonInt(this.#scanner.attribute("min") ?? "");
    if (first === undefined || first < 1n || first > lastColumn) this.#refuse("a bad column width");
    const style = this.#scanner.attribute("style");
    if (style !== undefined) this.#styleOf(style, `column ${first}`);
    for (const property of ["max", "width", "outlineLevel"]) this.#checkNumber(property);
  }

  #checkTable(): void {
    const id = this.#scanner.attributeOf(namespaces.relations, "id");
    if (!this.#context.relations.has(id ?? "")) this.#refuse("a table that is nowhere");
  }

  /** What merged ranges and links make of the cells, once all are there. */
  #overlay(): void {
    this.#cells.finish();
    for (const { lastRow: row, lastColumn: column } of this.#merged) this.#extend([row, column]);
    clearMerged(this.#cells, this.#merged);
    for (const { block } of this.#links) {
      if (block.lastRow < block.firstRow || block.lastColumn < block.firstColumn) continue;
      this.#extend([block.lastRow, block.lastColumn]);
    }
    if (!this.#context.keep) return;
    for (const { row, column, text } of linkedCells(this.#cells, this.#links, this.#merged))
      this.#keepText(row, column, contents.text, text);
    this.#cells.finish();
  }

  #extend([row, column]: readonly [number, number]): void {
    this.#maxRow = Math.max(this.#maxRow, row);
    this.#maxColumn = Math.max(this.#maxColumn, column);
  }
}

/** The content of a cell's `v`: a slice of the part, or a text where it is not simply that slice. */
interface Raw extends Slice {
  readonly text: string | undefined;
}
