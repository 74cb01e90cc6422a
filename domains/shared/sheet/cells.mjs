/** The cells of a sheet as values: what a reader that sees only stored values finds. */

import { columnNumber } from "./addresses.mjs";
import { itemText, mergesOf, rawFormula, rawValue, visitCells } from "./sheet-xml.mjs";
import { shiftFormula } from "./shift-formula.mjs";
import { attribute, decodeText } from "./xml-text.mjs";

/**
 * @typedef {object} Cell a cell that holds something
 * @property {number} row
 * @property {number} column
 * @property {"number" | "text" | "boolean" | "error" | "none"} type `none`: a formula that was never calculated
 * @property {number | string | boolean | undefined} value
 * @property {number} style
 * @property {string} [formula] without the leading `=`
 * @property {string} [array] the range of an array formula that begins here
 * @property {boolean} [dynamic] whether an array formula is one of those that spill
 * @property {boolean} [foreign] a formula of another kind, such as a data table
 */

/**
 * @param {import("./workbook.mjs").Workbook} book
 * @param {import("./workbook.mjs").SheetEntry} sheet
 * @returns {{ cells: Cell[], rows: number, columns: number }} cells that hold something, in the order of the file, and how far they reach
 */
export function cellsOf(book, sheet) {
  const xml = book.sheetText(sheet);
  /** @type {Map<string, { text: string, row: number, column: number }>} */
  const shared = new Map();
  /** @type {Cell[]} */
  const cells = [];
  let rows = 0;
  let columns = 0;
  visitCells(xml, {
    cell(raw) {
      if (raw.content === "") return;
      const cell = cellOf(book, raw, shared);
      if (cell === undefined) return;
      cells.push(cell);
      if (cell.row > rows) rows = cell.row;
      if (cell.column > columns) columns = cell.column;
    },
  });
  const merges = mergesOf(xml);
  return { cells: merges.length === 0 ? cells : withoutCovered(cells, merges), rows, columns };
}

/**
 * @param {import("./workbook.mjs").Workbook} book
 * @param {import("./sheet-xml.mjs").RawCell} raw
 * @param {Map<string, { text: string, row: number, column: number }>} shared
 * @returns {Cell | undefined}
 */
function cellOf(book, raw, shared) {
  const style = Number(attribute(raw.tag, "s") ?? 0);
  const cell = { row: raw.row, column: raw.column, style, ...storedValue(book, raw) };
  const formula = rawFormula(raw.content);
  if (formula === undefined) return cell.type === "none" ? undefined : cell;
  if (formula.kind === "shared" && formula.index !== undefined) {
    const master = shared.get(formula.index);
    if (formula.text !== "")
      shared.set(formula.index, { text: formula.text, row: raw.row, column: raw.column });
    else if (master !== undefined)
      return {
        ...cell,
        formula: shiftFormula(master.text, raw.row - master.row, raw.column - master.column),
      };
  }
  if (formula.kind === "dataTable") return { ...cell, foreign: true };
  if (formula.text === "") return cell.type === "none" ? undefined : cell;
  if (formula.kind !== "array") return { ...cell, formula: formula.text };
  const dynamic = attribute(raw.tag, "cm") !== undefined;
  return { ...cell, formula: formula.text, array: formula.range ?? "", dynamic };
}

/**
 * @param {import("./workbook.mjs").Workbook} book
 * @param {import("./sheet-xml.mjs").RawCell} raw
 * @returns {Pick<Cell, "type" | "value">}
 */
function storedValue(book, { tag, content }) {
  const kind = attribute(tag, "t") ?? "n";
  if (kind === "inlineStr") return { type: "text", value: itemText(content) };
  const value = rawValue(content);
  if (value === undefined) return { type: "none", value: undefined };
  if (kind === "s") return { type: "text", value: book.sharedString(Number(value)) };
  if (kind === "str" || kind === "d") return { type: "text", value: decodeText(value) };
  if (kind === "b") return { type: "boolean", value: /^(1|true)$/i.test(value.trim()) };
  if (kind === "e") return { type: "error", value: decodeText(value) };
  if (value.trim() === "") return { type: "none", value: undefined };
  const number = Number(value);
  return Number.isNaN(number)
    ? { type: "text", value: decodeText(value) }
    : { type: "number", value: number };
}

/**
 * What is below a merged area is not shown, and not there for other programs.
 *
 * @param {Cell[]} cells
 * @param {import("./addresses.mjs").Area[]} merges
 */
function withoutCovered(cells, merges) {
  const index = coverIndex(merges);
  return cells.filter(({ row, column }) => {
    const area = index(row, column);
    return area === undefined || (area.from.row === row && area.from.column === column);
  });
}

/**
 * Finds the merged area that a place lies in. Areas of many rows are kept apart, so that one of a
 * million rows is not spread over an index.
 *
 * @param {import("./addresses.mjs").Area[]} merges
 * @returns {(row: number, column: number) => import("./addresses.mjs").Area | undefined}
 */
export function coverIndex(merges) {
  const tall = [];
  /** @type {Map<number, import("./addresses.mjs").Area[]>} */
  const byRow = new Map();
  for (const area of merges) {
    if (area.to.row - area.from.row > 100) {
      tall.push(area);
      continue;
    }
    for (let row = area.from.row; row <= area.to.row; row++) {
      const list = byRow.get(row);
      if (list) list.push(area);
      else byRow.set(row, [area]);
    }
  }
  /** @param {number} row @param {number} column */
  return (row, column) => {
    const covers = (/** @type {import("./addresses.mjs").Area} */ { from, to }) =>
      from.row <= row && row <= to.row && from.column <= column && column <= to.column;
    return byRow.get(row)?.find(covers) ?? tall.find(covers);
  };
}

/** @param {string} range such as `A1:B2` @returns {import("./addresses.mjs").Area | undefined} */
export function areaOf(range) {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$/i.exec(range);
  if (match === null) return undefined;
  const [, a = "", top = "", b = a, bottom = top] = match;
  return {
    from: { row: Number(top), column: columnNumber(a) },
    to: { row: Number(bottom), column: columnNumber(b) },
  };
}
