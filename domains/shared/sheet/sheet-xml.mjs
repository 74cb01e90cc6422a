/** Reads the rows and cells of a worksheet part, without building a document. */

import { columnNumber, lastColumn, lastRow } from "./addresses.mjs";
import { BookError } from "./sheet-error.mjs";
import { attribute, decodeText } from "./xml-text.mjs";

/** More would not fit into the memory of a sandbox. */
const cellsAtMost = 1_500_000;

/**
 * @typedef {object} RawCell one `<c>` element
 * @property {number} row
 * @property {number} column
 * @property {number} start offset of the element
 * @property {number} end offset behind it
 * @property {string} tag the inside of its start tag
 * @property {string} content what is between its tags
 */

/**
 * @typedef {object} RawRow one `<row>` element
 * @property {number} row
 * @property {number} start
 * @property {number} open offset behind its start tag
 * @property {number} end offset behind the element
 * @property {boolean} empty whether it is a self-closing tag
 */

/** Where the rows are: the offsets of the inside of `<sheetData>`, or undefined. @param {string} xml */
export function sheetDataOf(xml) {
  const match = /<sheetData\b[^>]*?(\/?)>/.exec(xml);
  if (match === null) return undefined;
  const start = match.index + match[0].length;
  if (match[1] === "/") return { tag: match.index, start, end: start, closed: true };
  const end = xml.indexOf("</sheetData>", start);
  return { tag: match.index, start, end: end < 0 ? xml.length : end, closed: false };
}

/**
 * Calls back for every row, and every cell of rows that `wants` takes, in the order of the file.
 *
 * @param {string} xml
 * @param {{ row?: (row: RawRow) => void, wants?: (row: number) => boolean, cell: (cell: RawCell) => void }} visitor
 */
export function visitCells(xml, visitor) {
  const data = sheetDataOf(xml);
  if (data === undefined) return;
  const rowTag = /<row\b((?:[^>"']|"[^"]*"|'[^']*')*?)(\/?)>/g;
  rowTag.lastIndex = data.start;
  let previous = 0;
  let cells = 0;
  for (
    let match = rowTag.exec(xml);
    match !== null && match.index < data.end;
    match = rowTag.exec(xml)
  ) {
    const given = attribute(match[1] ?? "", "r");
    const row = given === undefined ? previous + 1 : Number(given);
    if (!Number.isInteger(row) || row < 1 || row > lastRow) continue;
    previous = row;
    const open = match.index + match[0].length;
    const empty = match[2] === "/";
    let close = empty ? open : xml.indexOf("</row>", open);
    if (close < 0) close = data.end;
    const end = empty ? open : Math.min(close + "</row>".length, data.end);
    visitor.row?.({ row, start: match.index, open, end, empty });
    rowTag.lastIndex = end;
    if (empty || visitor.wants?.(row) === false) continue;
    cells += visitRow(xml, row, open, close, visitor.cell);
    if (cells > cellsAtMost) throw new BookError(`has more than ${cellsAtMost} cells on one sheet`);
  }
}

/**
 * @param {string} xml
 * @param {number} row
 * @param {number} from
 * @param {number} to
 * @param {(cell: RawCell) => void} visit
 */
function visitRow(xml, row, from, to, visit) {
  const cellTag = /<c\b((?:[^>"']|"[^"]*"|'[^']*')*?)(\/?)>/g;
  cellTag.lastIndex = from;
  let previous = 0;
  let count = 0;
  for (
    let match = cellTag.exec(xml);
    match !== null && match.index < to;
    match = cellTag.exec(xml)
  ) {
    const tag = match[1] ?? "";
    const letters = /(?:^|\s)r\s*=\s*["']([A-Za-z]{1,3})/.exec(tag)?.[1];
    const column = letters === undefined ? previous + 1 : columnNumber(letters);
    previous = column;
    const open = match.index + match[0].length;
    let end = open;
    let content = "";
    if (match[2] !== "/") {
      let close = xml.indexOf("</c>", open);
      if (close < 0 || close > to) close = to;
      content = xml.slice(open, close);
      end = Math.min(close + "</c>".length, to);
    }
    cellTag.lastIndex = end;
    if (column > lastColumn) continue;
    count++;
    visit({ row, column, start: match.index, end, tag, content });
  }
  return count;
}

/**
 * @typedef {object} RawFormula
 * @property {string} text empty for a cell that shares the formula of another
 * @property {string | undefined} kind `shared`, `array`, `dataTable`, or undefined for a plain one
 * @property {string | undefined} index number of a shared formula
 * @property {string | undefined} range where a shared or array formula stands
 */

/**
 * @param {string} content of a cell
 * @returns {RawFormula | undefined}
 */
export function rawFormula(content) {
  if (!content.includes("<f")) return undefined;
  const match = /<f\b((?:[^>"']|"[^"]*"|'[^']*')*?)(?:\/>|>([\s\S]*?)<\/f>)/.exec(content);
  if (match === null) return undefined;
  const tag = match[1] ?? "";
  const kind = attribute(tag, "t");
  return {
    text: decodeText(match[2] ?? "").trim(),
    kind: kind === "normal" ? undefined : kind,
    index: attribute(tag, "si"),
    range: attribute(tag, "ref"),
  };
}

/** @param {string} content of a cell */
export function rawValue(content) {
  const match = /<v\b[^>]*?(?:\/>|>([\s\S]*?)<\/v>)/.exec(content);
  return match === null ? undefined : (match[1] ?? "");
}

/** The text of a string item: all its runs, without the reading aids. @param {string} xml */
export function itemText(xml) {
  const plain = xml.includes("<rPh") ? xml.replace(/<rPh\b[\s\S]*?<\/rPh>/g, "") : xml;
  let text = "";
  for (const match of plain.matchAll(/<t\b[^>]*?(?:\/>|>([\s\S]*?)<\/t>)/g)) text += match[1] ?? "";
  return decodeText(text);
}

/**
 * Merged areas, in the order of the file.
 *
 * @param {string} xml
 * @returns {import("./addresses.mjs").Area[]}
 */
export function mergesOf(xml) {
  const areas = [];
  const from = xml.indexOf("<mergeCells");
  if (from < 0) return [];
  const end = xml.indexOf("</mergeCells>", from);
  const block = xml.slice(from, end < 0 ? undefined : end);
  for (const match of block.matchAll(
    /<mergeCell\b[^>]*?\bref="\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"/g,
  )) {
    const [, a = "", top = "", b = "", bottom = ""] = match;
    areas.push({
      from: { row: Number(top), column: columnNumber(a) },
      to: { row: Number(bottom), column: columnNumber(b) },
    });
  }
  return areas;
}
