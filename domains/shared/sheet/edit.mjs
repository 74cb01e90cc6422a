/** Puts cells into a worksheet part and leaves everything else in it as it is, byte for byte. */

import { nameOf } from "./addresses.mjs";
import { mergeFinder, scanCells, sharedFormulas } from "./cells.mjs";
import { BookFault } from "./fault.mjs";
import { spliced, stored } from "./xml.mjs";

/** Functions that files name with a mark in front, as they are younger than the format. */
const marked = new Map([
  ..."ACOT ACOTH ARABIC ARRAYTOTEXT BASE BITAND BITLSHIFT BITOR BITRSHIFT BITXOR BYCOL BYROW CEILING.MATH CHOOSECOLS CHOOSEROWS COMBINA CONCAT CONFIDENCE.NORM COVARIANCE.P COVARIANCE.S DAYS DECIMAL DROP EXPAND FLOOR.MATH FORMULATEXT HSTACK IFNA IFS ISFORMULA ISOWEEKNUM LAMBDA LET MAKEARRAY MAP MAXIFS MINIFS MODE.MULT MODE.SNGL NORM.DIST NORM.INV NORM.S.DIST NORM.S.INV NUMBERVALUE PERCENTILE.EXC PERCENTILE.INC PERCENTRANK.EXC PERCENTRANK.INC QUARTILE.EXC QUARTILE.INC RANDARRAY RANK.AVG RANK.EQ REDUCE SCAN SEQUENCE SHEET SHEETS SORTBY STDEV.P STDEV.S SWITCH TAKE TEXTAFTER TEXTBEFORE TEXTJOIN TEXTSPLIT TOCOL TOROW UNICHAR UNICODE UNIQUE VAR.P VAR.S VSTACK WRAPCOLS WRAPROWS XLOOKUP XMATCH XOR"
    .split(" ")
    .map((name) => [name, `_xlfn.${name}`]),
  ["FILTER", "_xlfn._xlws.FILTER"],
  ["SORT", "_xlfn._xlws.SORT"],
]);
/** Formulas that give several values when nothing is around them. */
const spills =
  /^\s*(?:FILTER|SORT|SORTBY|UNIQUE|SEQUENCE|TRANSPOSE|TEXTSPLIT|VSTACK|HSTACK|TAKE|DROP|TOCOL|TOROW|CHOOSECOLS|CHOOSEROWS|WRAPROWS|WRAPCOLS|EXPAND)\(/i;

/**
 * The sheet with some cells changed. Styles stay, but for a date in a cell whose format shows none. A
 * cell below a merged area means the area's first cell.
 *
 * @param {import("./workbook.mjs").Workbook} book
 * @param {readonly { row: number, column: number, value: object }[]} edits values as `newValueOf` makes them; later ones win
 */
export function edited(book, xml, edits) {
  const editor = new Editor(book, xml, edits);
  scanCells(xml, editor);
  if (editor.isEmpty === undefined) throw new BookFault("has no place for cells on that sheet");
  // How far the sheet reaches is left for readers to find.
  return spliced(xml, editor.pieces).replace(/<(?:[\w.-]+:)?dimension\b[^>]*\/>/, "");
}

/** Listens to the rows and cells of a sheet, and notes what is to be replaced. */
class Editor {
  /** Asks for the offsets of cells. */
  places = true;
  /** What is replaced, by offsets. */
  pieces = [];
  /** Whether the sheet has no rows; undefined before their place is found. */
  isEmpty = undefined;
  #book;
  #xml;
  #prefix = "";
  /** The edits still to come: by row, and of the row at hand. */
  #rows;
  #coming = [];
  #formulaOf = sharedFormulas();
  /** Shared formulas whose first cell is overwritten. */
  #lost = new Set();

  constructor(book, xml, edits) {
    this.#book = book;
    this.#xml = xml;
    this.#rows = byRow(edits, mergeFinder(xml));
  }

  data({ start, end, empty, prefix }) {
    [this.#prefix, this.isEmpty] = [prefix, empty];
    if (empty) this.#replace(start, end, `${this.#xml.slice(start, end - 2)}>`);
  }

  row(row, { start, end, empty }) {
    this.#addRows(start, row);
    if (this.#rows[0]?.row !== row) return;
    this.#coming = this.#rows.shift().edits;
    // Says how far the row reaches, and may be left out.
    const tag = this.#xml.slice(start, end).replace(/\sspans\s*=\s*(?:"[^"]*"|'[^']*')/, "");
    this.#replace(start, end, empty ? tag.replace(/\/>$/, ">") : tag);
  }

  cell(cell) {
    const { column, start, end, formula } = cell;
    const { t, si } = formula?.attributes ?? {};
    const text = formula && this.#formulaOf(cell);
    const isEdited = this.#coming.some((edit) => edit.column === column);
    while (this.#coming[0]?.column < column) this.#replace(start, start, this.#cell());
    if (isEdited && t === "shared" && formula.text !== "") this.#lost.add(si);
    if (isEdited) this.#replace(start, end, this.#cell(Number(cell.attributes["s"] ?? 0)));
    else if (t === "shared" && formula.text === "" && this.#lost.has(si))
      this.#replace(formula.start, formula.end, this.#element("f", "", stored(text)));
  }

  rowEnd(_, { start, end }) {
    // An empty row that is to have cells was opened above, and has no end tag.
    const isOpened = this.pieces.at(-1)?.end === end;
    if (this.#coming.length === 0 && !isOpened) return;
    const cells = this.#restOfRow();
    if (isOpened) this.#replace(end, end, `${cells}</${this.#prefix}row>`);
    else this.#replace(start, start, cells);
  }

  dataEnd({ start, end }) {
    this.#addRows(this.isEmpty ? end : start, Number.POSITIVE_INFINITY);
    if (this.isEmpty) this.#replace(end, end, `</${this.#prefix}sheetData>`);
  }

  #replace(start, end, by) {
    this.pieces.push({ start, end, by });
  }

  /** Adds the rows before one. */
  #addRows(at, before) {
    while (this.#rows[0]?.row < before) {
      const { row, edits } = this.#rows.shift();
      this.#coming = edits;
      const cells = this.#restOfRow();
      if (cells !== "") this.#replace(at, at, this.#element("row", ` r="${row}"`, cells));
    }
  }

  #element(name, attributes, inner) {
    const tag = this.#prefix + name;
    return `<${tag}${attributes}>${inner}</${tag}>`;
  }

  #restOfRow() {
    let cells = "";
    while (this.#coming.length > 0) cells += this.#cell();
    return cells;
  }

  /** The next of the cells to come. @param {number} style that the cell has had */
  #cell(style = 0) {
    const { value, ...place } = this.#coming.shift();
    const { kind, value: content, format } = value;
    const hasDate = /[dmy]/i.test(this.#book.format(style).code.replace(/general/i, ""));
    const own = format && !hasDate ? this.#book.dateStyle(style, format) : style;
    const attributes = ` r="${nameOf(place)}"${own === 0 ? "" : ` s="${own}"`}`;
    if (kind === "empty") return own === 0 ? "" : `<${this.#prefix}c${attributes}/>`;
    if (kind === "text") {
      const text = this.#element("t", ' xml:space="preserve"', stored(content));
      return this.#element("c", `${attributes} t="inlineStr"`, this.#element("is", "", text));
    }
    if (kind === "formula") {
      const array = spills.test(content) ? ` t="array" ref="${nameOf(place)}"` : "";
      return this.#element("c", attributes, this.#element("f", array, storedFormula(content)));
    }
    const type = kind === "boolean" ? ' t="b"' : "";
    return this.#element("c", attributes + type, this.#element("v", "", Number(content)));
  }
}

/** Edits as `{ row, edits }`, sorted by row and in it by column, one for a cell. */
function byRow(edits, mergeOf) {
  const cells = new Map();
  for (const { value, ...place } of edits) {
    const at = mergeOf(place)?.from ?? place;
    cells.set(nameOf(at), { ...at, value });
  }
  const rows = new Map();
  for (const edit of [...cells.values()].sort((a, b) => a.column - b.column))
    rows.set(edit.row, [...(rows.get(edit.row) ?? []), edit]);
  return [...rows].map(([row, own]) => ({ row, edits: own })).sort((a, b) => a.row - b.row);
}

/** A formula as files hold it. */
function storedFormula(formula) {
  const words = /"(?:[^"]|"")*"|'(?:[^']|'')*'|[\p{L}_\\][\p{L}\d_.\\]*(?=\()/gu;
  return stored(formula.replace(words, (word) => marked.get(word.toUpperCase()) ?? word));
}
