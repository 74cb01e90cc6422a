/** The cells of a worksheet part: where they stand in it, and what they hold. */

import { cellAt, columnLetters, columnNumber, isIn, lastColumn, lastRow } from "./addresses.mjs";
import { BookFault } from "./fault.mjs";
import { meant, readXml } from "./xml.mjs";

/** More would not fit into the memory of a sandbox. */
const cellsAtMost = 1_500_000;

/**
 * Calls back for every row and cell, in the order of the file: `data(at)` and `dataEnd(at)` around all
 * rows, `row(row, at)` and `rowEnd(row, at)`, with the offsets of the tags; and `cell(cell)`: `row`,
 * `column`, the offsets `start` and `end` of the element, `attributes`, and where they are there the
 * texts `value` and `inline` and the `formula` (`text`, `attributes`, offsets). Offsets of cells are only
 * found where the listener says `places`.
 */
export function scanCells(xml, on) {
  let [row, column, count] = [0, 0, 0];
  /** The cell at hand, and what of it a text belongs to. */
  let [cell, target] = [undefined, undefined];
  /** In the reading aids of East Asian text, which are not part of it. */
  let isAid = false;
  readXml(xml, {
    open(name, attributes, at) {
      if (name === "sheetData") on.data?.(at());
      else if (name === "row") {
        row = Number(attributes["r"] ?? row + 1);
        column = 0;
        on.row?.(row, at());
      } else if (name === "c") {
        const letters = /^[A-Za-z]{1,3}/.exec(attributes["r"] ?? "")?.[0];
        column = letters === undefined ? column + 1 : columnNumber(letters);
        cell = { row, column, attributes, start: on.places ? at().start : 0, end: 0 };
      } else if (cell === undefined) return;
      else if (name === "f") {
        target = "formula";
        cell.formula = { text: "", attributes, start: on.places ? at().start : 0, end: 0 };
      } else if (name === "v" || name === "is") {
        target = name === "v" ? "value" : undefined;
        cell[target ?? "inline"] = "";
      } else if (name === "rPh") isAid = true;
      else if (name === "t" && !isAid && cell.inline !== undefined) target = "inline";
    },
    text(text) {
      if (cell === undefined || target === undefined) return;
      if (target === "formula") cell.formula.text += text;
      else cell[target] += text;
    },
    close(name, at) {
      target = undefined;
      if (name === "rPh") isAid = false;
      else if (name === "sheetData") on.dataEnd?.(at());
      else if (name === "row") on.rowEnd?.(row, at());
      else if (name === "f" && cell?.formula) cell.formula.end = on.places ? at().end : 0;
      else if (name === "c" && cell !== undefined) {
        cell.end = on.places ? at().end : 0;
        if (row <= lastRow && column <= lastColumn) on.cell(cell);
        cell = undefined;
        if (++count > cellsAtMost)
          throw new BookFault(`has more than ${cellsAtMost} cells on one sheet`);
      }
    },
  });
}

/**
 * The cells that hold something, in the order of the file, and how many `rows` and `columns` they
 * reach over. A cell has `row`, `column`, `type` (number, text, boolean, error), `value` (undefined
 * for a formula that was never calculated), `style`, and where there is one its `formula` without the
 * leading `=`, with `array`, the range of an array formula.
 *
 * @param {import("./workbook.mjs").Workbook} book
 */
export function cellsIn(book, xml) {
  const [cells, shared, mergeOf] = [[], sharedFormulas(), mergeFinder(xml)];
  let [rows, columns] = [0, 0];
  scanCells(xml, {
    cell(raw) {
      const { row, column, attributes } = raw;
      const style = Number(attributes["s"] ?? 0);
      const cell = { row, column, style, ...formulaOf(raw, shared), ...contentOf(book, raw) };
      if (cell.value === undefined && cell.formula === undefined) return;
      [rows, columns] = [Math.max(rows, row), Math.max(columns, column)];
      // What is below a merged area is not shown, and not there for other programs.
      const first = mergeOf(raw)?.from ?? raw;
      if (first.row === row && first.column === column) cells.push(cell);
    },
  });
  return { cells, rows, columns };
}

function formulaOf(raw, shared) {
  const { t, ref = "" } = raw.formula?.attributes ?? {};
  const formula = raw.formula === undefined || t === "dataTable" ? "" : shared(raw);
  if (formula === "") return {};
  return t === "array" ? { formula, array: ref } : { formula };
}

function contentOf(book, { attributes, value, inline }) {
  const kind = attributes["t"] ?? "n";
  if (kind === "inlineStr") return { type: "text", value: inline && meant(inline) };
  if (value === undefined || (kind === "n" && value.trim() === "")) return { type: "text" };
  if (kind === "s") return { type: "text", value: book.strings[Number(value)] ?? "" };
  if (kind === "b") return { type: "boolean", value: /^(1|true)$/i.test(value.trim()) };
  if (kind === "e") return { type: "error", value };
  const number = kind === "n" ? Number(value) : Number.NaN;
  if (Number.isNaN(number)) return { type: "text", value: meant(value) };
  return { type: "number", value: number };
}

/**
 * Cells may share a formula: the first holds it, the others say that they are like it. Asked in the
 * order of the file, what comes back gives every cell its own.
 */
export function sharedFormulas() {
  const firsts = new Map();
  return ({ row, column, formula }) => {
    const { t, si } = formula.attributes;
    const text = formula.text.trim();
    if (t === "shared" && text !== "") firsts.set(si, { text, row, column });
    const first = t === "shared" && text === "" ? firsts.get(si) : undefined;
    return first ? shifted(first.text, row - first.row, column - first.column) : text;
  };
}

/** Texts and names in quotes or brackets; cells; columns; rows; other words and numbers. */
const pieces =
  /"(?:[^"]|"")*"|'(?:[^']|'')*'!?|\[[^\]]*\]|(\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}(?![\w.(!])|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?![\w.(!])|\$?[1-9]\d{0,6}:\$?[1-9]\d{0,6}(?![\w.(]))|[\p{L}_\\][\p{L}\w.\\?]*!?|\d+(?:\.\d*)?(?:[eE][+-]?\d+)?/gu;

/** A formula moved down and to the right, as copying does: relative references move along. */
function shifted(formula, rows, columns) {
  return formula.replace(pieces, (piece, reference) => {
    const [letters = "A"] = /[A-Za-z]+/.exec(piece) ?? [];
    if (reference === undefined || columnNumber(letters) > lastColumn) return piece;
    let isLost = false;
    const moved = piece.replace(/(\$?)([A-Za-z]+|\d+)/g, (side, fixed, name) => {
      if (fixed) return side;
      const isRow = /\d/.test(name);
      const at = isRow ? Number(name) + rows : columnNumber(name) + columns;
      isLost ||= at < 1 || at > (isRow ? lastRow : lastColumn);
      return isRow || isLost ? String(at) : columnLetters(at);
    });
    return isLost ? "#REF!" : moved;
  });
}

/** Finds the merged area of a place, quickest for places in the order of the file; undefined where none is. */
export function mergeFinder(xml) {
  const merge =
    /<(?:[\w.-]+:)?mergeCell\s[^>]*?ref=["']([A-Z]{1,3}[1-9]\d{0,6}):([A-Z]{1,3}[1-9]\d{0,6})/g;
  const areas = [...xml.matchAll(merge)].map(([, from, to]) => ({
    from: cellAt(from),
    to: cellAt(to),
  }));
  let [line, here] = [0, []];
  return (place) => {
    if (areas.length === 0) return undefined;
    if (place.row !== line)
      here = areas.filter(({ from, to }) => from.row <= place.row && place.row <= to.row);
    line = place.row;
    return here.find((area) => isIn(place, area));
  };
}
