import { columnNumber, lastColumn } from "../columns.ts";
import { pythonFloat, pythonInt } from "../python-number.ts";
import { unreadable } from "./fault.ts";
import { type CellLink, clearMerged, linkedCells, readLink, readMerged } from "./overlays.ts";
import type { Relation } from "./parts.ts";
import { type CellContext, CellReader, type RawCell } from "./read-cells.ts";
import { type CellBlock, CellStore, type GradedSheet, sheetOf } from "./sheet.ts";
import { RichText } from "./strings.ts";
import { attribute, linkId, namespaces, type XmlElement, XmlReader } from "./xml.ts";

/** What a sheet refers to in the rest of the workbook. */
export interface SheetContext extends CellContext {
  readonly name: string;
  /** Name of its part, for messages. */
  readonly part: string;
  /** By id. */
  readonly relations: ReadonlyMap<string, Relation>;
  /** Cells that comments stand at, such as `B2`: they count as cells of the sheet. */
  readonly commented: readonly string[];
}

const plainText = String.raw`[^<>&\r\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]*`;
/**
 * A cell in one of the forms that nearly all cells are written in: groups are its column, row, style,
 * type, formula, value and inline text. Going through these with a parser takes four times as long.
 */
const plainCell = new RegExp(
  String.raw`[\t\n ]*<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]{1,6})")?(?: t="([A-Za-z]{1,9})")? ?(?:/>|>` +
    String.raw`(<f(?: t="\w+")?(?: ref="[\w:]+")?(?: si="[0-9]+")?(?: aca="\w+")?(?: ca="\w+")?(?:/>|>${plainText}</f>))?` +
    `(?:<v>(${plainText})</v>|<v ?/>|<is><t(?: xml:space="preserve")?>(${plainText})</t></is>)?</c>)`,
  "y",
);

/** The start of a row in the forms that most rows have, and its end. Groups: its number, and `/` where it is empty. */
const plainRow =
  /[\t\n ]*<row r="([1-9][0-9]{0,6})"(?: spans="[0-9]{1,9}:[0-9]{1,9}")?(?: ht="[0-9]{1,4}(?:\.[0-9]{1,17})?")?(?: customHeight="1")?(\/?)>/y;
const plainRowEnd = /[\t\n ]*<\/row>/y;

/**
 * Reads a sheet from its part, as openpyxl 3.1.5 does with `data_only=True`.
 *
 * One cell that openpyxl cannot read fails the sheet, and with it the workbook.
 *
 * @throws {WorkbookFault} naming the cell.
 */
export function readSheet(text: string, context: SheetContext): GradedSheet {
  return new SheetReader(context).read(text);
}

/** A cell of a form that is not plain, while it is read. */
type OpenCell = { -readonly [Key in keyof RawCell]: RawCell[Key] } & { rich?: RichText };

class SheetReader {
  readonly #context: SheetContext;
  readonly #cells = new CellStore();
  readonly #reader: CellReader;
  readonly #refuse: (problem: string) => never;
  readonly #merged: CellBlock[] = [];
  readonly #links: CellLink[] = [];
  /** Depth of the row that is open, of the list of merged ranges or links, else 0. */
  #rowDepth = 0;
  #listDepth = 0;
  #list = "";
  /** Whether elements without a prefix, in the row that is open, are those of a sheet. */
  #isPlainRow = false;
  #open: OpenCell | undefined;
  /** Depth of the plain row that was just closed, until something else than a row follows; else 0. */
  #besideDepth = 0;
  /** Whether the row that is open was read without the parser, to which its parent's depth is `#rowDepth` then. */
  #isUnparsedRow = false;
  /** The place of the last cell, for cells and rows that do not say where they are. */
  #row = 0;
  #column = 0;

  constructor(context: SheetContext) {
    this.#context = context;
    this.#refuse = (problem) => unreadable(`sheet ${context.name}: ${problem}`);
    this.#reader = new CellReader(this.#cells, context, this.#refuse);
  }

  read(text: string): GradedSheet {
    const xml = new XmlReader(this.#context.part, {
      open: (element, depth) => this.#opened(element, depth),
      close: (element, depth, content) => this.#closed(element, depth, content),
    });
    for (let at = 0; at < text.length; ) {
      const after = xml.behindTag ? this.#readPlain(text, at) : undefined;
      // A tag ends with the first > behind its start or, in an attribute, with a later one.
      const end = after ?? (text.indexOf(">", at) + 1 || text.length);
      if (after === undefined) xml.write(text.slice(at, end));
      at = end;
    }
    xml.end();
    this.#overlay();
    for (const place of this.#context.commented)
      this.#reader.extend(...this.#reader.placeOf(place));
    const { maxRow, maxColumn } = this.#reader;
    const extent = { maxRow: maxColumn === 0 ? 1 : maxRow, maxColumn: Math.max(1, maxColumn) };
    return sheetOf({ name: this.#context.name, ...extent }, this.#cells);
  }

  /** Reads a cell, or the start or end of a row, without the parser. @returns where it ends, undefined where it is not plain. */
  #readPlain(text: string, at: number): number | undefined {
    if (this.#isPlainRow && this.#open === undefined) {
      plainCell.lastIndex = at;
      const cell = plainCell.exec(text);
      if (cell !== null) {
        this.#addPlain(cell);
        return plainCell.lastIndex;
      }
      plainRowEnd.lastIndex = at;
      if (!this.#isUnparsedRow || !plainRowEnd.test(text)) return undefined;
      this.#closeRow(this.#rowDepth + 1);
      return plainRowEnd.lastIndex;
    }
    // Another row beside a plain one is of the same namespace.
    if (this.#besideDepth <= 1) return undefined;
    plainRow.lastIndex = at;
    const row = plainRow.exec(text);
    if (row === null) return undefined;
    [this.#row, this.#column] = [Number(row[1]), 0];
    if (row[2] === "") {
      [this.#rowDepth, this.#isPlainRow, this.#isUnparsedRow] = [this.#besideDepth - 1, true, true];
    }
    return plainRow.lastIndex;
  }

  #closeRow(depth: number): void {
    this.#besideDepth = this.#isPlainRow ? depth : 0;
    [this.#rowDepth, this.#isPlainRow, this.#isUnparsedRow] = [0, false, false];
  }

  // Indexes and a full literal: taking apart and spreading would cost more than all the rest.
  #addPlain(found: RegExpExecArray): void {
    this.#column = columnNumber(found[1] ?? "") ?? 0;
    this.#reader.add({
      row: Number(found[2]),
      column: this.#column,
      style: found[3],
      type: found[4],
      hasFormula: found[5] !== undefined,
      value: found[6],
      inline: found[7],
    });
  }

  #opened(element: XmlElement, depth: number): void {
    const { local, uri } = element;
    this.#besideDepth = 0;
    if (this.#rowDepth > 0) this.#openedInRow(element, depth - this.#rowDepth);
    else if (this.#listDepth > 0) this.#openedInList(element);
    else if (uri !== namespaces.main) return;
    else if (local === "row") this.#openRow(element, depth);
    else if (local === "col") this.#checkColumns(element);
    else if (local === "mergeCells" || local === "hyperlinks")
      [this.#list, this.#listDepth] = [local, depth];
    else if (local === "tablePart" && !this.#context.relations.has(linkId(element) ?? ""))
      this.#refuse("a table that is nowhere");
  }

  #openedInList(element: XmlElement): void {
    if (this.#list === "mergeCells" && element.local === "mergeCell")
      this.#merged.push(readMerged(element, this.#refuse));
    if (this.#list === "hyperlinks" && element.local === "hyperlink")
      this.#links.push(readLink(element, this.#context.relations, this.#refuse));
  }

  #closed(element: XmlElement, depth: number, text: string): void {
    if (depth === this.#listDepth) this.#listDepth = 0;
    this.#besideDepth = 0;
    if (this.#rowDepth === 0) return;
    const level = depth - this.#rowDepth;
    if (level === 0 && this.#isUnparsedRow)
      this.#refuse(`row ${this.#row} has no end: the part is not well-formed XML`);
    if (level === 0) this.#closeRow(depth);
    const cell = this.#open;
    if (cell === undefined) return;
    if (level === 1) {
      this.#open = undefined;
      this.#reader.add(cell);
    } else if (level > 2) cell.rich?.close(element, level - 2, text);
    else if (cell.rich !== undefined) {
      cell.inline ??= cell.rich.text();
      delete cell.rich;
    } else if (element.local === "v" && element.uri === namespaces.main) cell.value ??= text;
  }

  #openRow(element: XmlElement, depth: number): void {
    this.#rowDepth = depth;
    this.#isPlainRow = element.prefix === "";
    const given = attribute(element, "r");
    this.#row = given === undefined ? this.#row + 1 : this.#rowNumber(given, element);
    this.#column = 0;
    const style = attribute(element, "s");
    if (style !== undefined) this.#reader.styleOf(style, "row", this.#row);
    for (const property of ["ht", "outlineLevel"]) this.#checkNumber(element, property);
  }

  /** A whole number, which may be written as a float on a row that has no other properties. */
  #rowNumber(text: string, { attributes }: XmlElement): number {
    const whole = pythonInt(text);
    if (whole !== undefined) return Number(whole);
    const others = Object.values(attributes).filter(
      ({ name, prefix }) => prefix === "" && !["r", "spans", "xmlns"].includes(name),
    );
    const value = others.length > 0 ? undefined : pythonFloat(text);
    if (value !== undefined && Number.isInteger(value)) return value;
    return this.#refuse(`a row with the number ${text.slice(0, 40)}`);
  }

  /** Whatever stands in a row is taken for a cell. */
  #openedInRow(element: XmlElement, level: number): void {
    const cell = this.#open;
    if (level === 1) this.#openCell(element);
    else if (level > 2) cell?.rich?.open(element, level - 2);
    else if (cell === undefined || element.uri !== namespaces.main) return;
    else if (element.local === "f") cell.hasFormula = true;
    else if (element.local === "is") cell.rich = new RichText();
  }

  #openCell(element: XmlElement): void {
    const reference = attribute(element, "r") ?? "";
    let row = this.#row;
    if (reference === "") this.#column++;
    else [row, this.#column] = this.#reader.placeOf(reference);
    this.#open = {
      ...{ row, column: this.#column, hasFormula: false, value: undefined, inline: undefined },
      style: attribute(element, "s"),
      type: attribute(element, "t"),
    };
  }

  /** A property that must be a number where it is there. */
  #checkNumber(element: XmlElement, property: string): void {
    const text = attribute(element, property);
    if (text !== undefined && pythonFloat(text) === undefined)
      this.#refuse(`${property} is ${JSON.stringify(text.slice(0, 40))}`);
  }

  #checkColumns(element: XmlElement): void {
    const first = pythonInt(attribute(element, "min") ?? "");
    if (first === undefined || first < 1n || first > lastColumn) this.#refuse("a bad column width");
    const style = attribute(element, "style");
    if (style !== undefined) this.#reader.styleOf(style, "column", Number(first));
    for (const property of ["max", "width", "outlineLevel"]) this.#checkNumber(element, property);
  }

  /** What merged ranges and links make of the cells, once all are there. */
  #overlay(): void {
    this.#cells.finish();
    for (const { lastRow, lastColumn: column } of this.#merged)
      this.#reader.extend(lastRow, column);
    clearMerged(this.#cells, this.#merged);
    for (const { block } of this.#links)
      if (block.lastRow >= block.firstRow && block.lastColumn >= block.firstColumn)
        this.#reader.extend(block.lastRow, block.lastColumn);
    if (!this.#context.keep) return;
    for (const { row, column, text } of linkedCells(this.#cells, this.#links, this.#merged))
      this.#cells.add(row, column, text);
    this.#cells.finish();
  }
}
