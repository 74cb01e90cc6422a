/** Puts cells into a worksheet part and leaves everything else in it as it is, byte for byte. */

import { addressOf, areaName } from "./addresses.mjs";
import { areaOf, coverIndex } from "./cells.mjs";
import { mergesOf, rawFormula, sheetDataOf, visitCells } from "./sheet-xml.mjs";
import { shiftFormula } from "./shift-formula.mjs";
import { attribute, encodeText } from "./xml-text.mjs";

/**
 * @typedef {object} Edit
 * @property {number} row
 * @property {number} column
 * @property {import("./cell-word.mjs").NewValue | Result} value
 */

/**
 * @typedef {object} Result what the formula of a cell gave; the formula itself stays
 * @property {"result"} kind
 * @property {"n" | "str" | "b" | "e"} type as files call it
 * @property {string} value
 * @property {string} [range] where an array formula now stands
 */

/** Functions that files name with a mark in front, as they are younger than the format. */
const marked = new Map([
  ...["FILTER", "SORT"].map((name) => /** @type {const} */ ([name, `_xlfn._xlws.${name}`])),
  ..."ACOT ACOTH AGGREGATE ARABIC ARRAYTOTEXT BASE BITAND BITLSHIFT BITOR BITRSHIFT BITXOR BYCOL BYROW CEILING.MATH CHOOSECOLS CHOOSEROWS COMBINA CONCAT CONFIDENCE.NORM COVARIANCE.P COVARIANCE.S DAYS DECIMAL DROP EXPAND FLOOR.MATH FORMULATEXT HSTACK IFNA IFS ISFORMULA ISOWEEKNUM LAMBDA LET MAKEARRAY MAP MAXIFS MINIFS MODE.MULT MODE.SNGL NORM.DIST NORM.INV NORM.S.DIST NORM.S.INV NUMBERVALUE PERCENTILE.EXC PERCENTILE.INC PERCENTRANK.EXC PERCENTRANK.INC QUARTILE.EXC QUARTILE.INC RANDARRAY RANK.AVG RANK.EQ REDUCE SCAN SEQUENCE SHEET SHEETS SORTBY STDEV.P STDEV.S SWITCH TAKE TEXTAFTER TEXTBEFORE TEXTJOIN TEXTSPLIT TOCOL TOROW UNICHAR UNICODE UNIQUE VAR.P VAR.S VSTACK WRAPCOLS WRAPROWS XLOOKUP XMATCH XOR"
    .split(" ")
    .filter((name) => name !== "AGGREGATE")
    .map((name) => /** @type {const} */ ([name, `_xlfn.${name}`])),
]);

/** Formulas that give several values when nothing is around them. */
const spills =
  /^\s*(?:FILTER|SORT|SORTBY|UNIQUE|SEQUENCE|TRANSPOSE|TEXTSPLIT|VSTACK|HSTACK|TAKE|DROP|TOCOL|TOROW|CHOOSECOLS|CHOOSEROWS|WRAPROWS|WRAPCOLS|EXPAND)\(/i;
const formulaElement = /<f\b(?:[^>"']|"[^"]*"|'[^']*')*?(?:\/>|>[\s\S]*?<\/f>)/;

/** A formula as files hold it. @param {string} formula without the leading `=` */
function storedFormula(formula) {
  return formula.replace(
    /"(?:[^"]|"")*"|'(?:[^']|'')*'|[\p{L}_\\][\p{L}\d_.\\]*(?=\()/gu,
    (piece) => {
      const first = piece.charAt(0);
      return first === '"' || first === "'" ? piece : (marked.get(piece.toUpperCase()) ?? piece);
    },
  );
}

/**
 * The sheet with those cells changed. Styles stay, but for a date in a cell whose format shows none.
 * A cell below a merged area means the area's first cell. Values that formulas had are not computed
 * anew.
 *
 * @param {import("./workbook.mjs").Workbook} book
 * @param {import("./workbook.mjs").SheetEntry} sheet
 * @param {readonly Edit[]} edits later ones win
 */
export function editSheet(book, sheet, edits) {
  const xml = book.sheetText(sheet);
  const merged = coverIndex(mergesOf(xml));
  /** @type {Map<number, Map<number, Edit["value"]>>} */
  const wanted = new Map();
  for (const { row, column, value } of edits) {
    const place = merged(row, column)?.from ?? { row, column };
    const cells = wanted.get(place.row) ?? new Map();
    wanted.set(place.row, cells.set(place.column, value));
  }
  const orphans = orphanedFormulas(xml, wanted);
  const data = sheetDataOf(xml);
  if (data === undefined) return;
  const pending = [...wanted.keys()].sort((a, b) => a - b);
  /** @type {string[]} */
  const out = [];
  let at = data.start;
  let next = 0;
  /** @type {ChangingRow | undefined} */
  let changing;
  const settle = () => {
    if (changing === undefined) return;
    const { row } = changing;
    out.push(changedRow(book, xml, changing, wanted.get(row), orphans.get(row)));
    changing = undefined;
  };
  visitCells(xml, {
    row(raw) {
      settle();
      for (; (pending[next] ?? raw.row) < raw.row; next++) {
        out.push(xml.slice(at, raw.start), newRow(book, pending[next] ?? 0, wanted));
        at = raw.start;
      }
      const isWanted = pending[next] === raw.row;
      if (isWanted) next++;
      if (!isWanted && !orphans.has(raw.row)) return;
      out.push(xml.slice(at, raw.start));
      at = raw.end;
      changing = { ...raw, cells: [] };
    },
    wants: () => changing !== undefined,
    cell: (cell) => changing?.cells.push(cell),
  });
  settle();
  out.push(xml.slice(at, data.end));
  for (; next < pending.length; next++) out.push(newRow(book, pending[next] ?? 0, wanted));
  const head = withDimension(xml.slice(0, data.tag), wanted);
  const opened = data.closed ? "<sheetData>" : xml.slice(data.tag, data.start);
  const rest = data.closed ? `</sheetData>${xml.slice(data.start)}` : xml.slice(data.end);
  book.setSheetText(sheet, [head, opened, ...out, rest].join(""));
}

/** @typedef {import("./sheet-xml.mjs").RawRow & { cells: import("./sheet-xml.mjs").RawCell[] }} ChangingRow */

/**
 * @param {import("./workbook.mjs").Workbook} book
 * @param {number} row
 * @param {ReadonlyMap<number, ReadonlyMap<number, Edit["value"]>>} wanted
 */
function newRow(book, row, wanted) {
  const cells = [...(wanted.get(row) ?? [])].sort(([a], [b]) => a - b);
  const inner = cells
    .map(([column, value]) => cellXml(book, row, column, undefined, value))
    .join("");
  return inner === "" ? "" : `<row r="${row}">${inner}</row>`;
}

/**
 * @param {import("./workbook.mjs").Workbook} book
 * @param {string} xml
 * @param {ChangingRow} row
 * @param {ReadonlyMap<number, Edit["value"]> | undefined} wanted
 * @param {ReadonlyMap<number, string> | undefined} orphans formulas that stood elsewhere until now
 */
function changedRow(book, xml, row, wanted = new Map(), orphans = new Map()) {
  const tag = xml
    .slice(row.start, row.open)
    .replace(/\sspans\s*=\s*(?:"[^"]*"|'[^']*')/, "")
    .replace(/\/>$/, ">");
  const added = [...wanted].sort(([a], [b]) => a - b);
  /** @type {string[]} */
  const out = [tag];
  let at = row.open;
  let next = 0;
  for (const cell of row.cells) {
    for (; next < added.length && (added[next]?.[0] ?? 0) < cell.column; next++) {
      const [column, value] = added[next] ?? [0, { kind: "empty" }];
      out.push(xml.slice(at, cell.start), cellXml(book, row.row, column, undefined, value));
      at = cell.start;
    }
    const value = wanted.get(cell.column);
    const formula = orphans.get(cell.column);
    if (value === undefined && formula === undefined) continue;
    if (added[next]?.[0] === cell.column) next++;
    out.push(xml.slice(at, cell.start));
    if (value !== undefined) out.push(cellXml(book, row.row, cell.column, cell, value));
    else
      out.push(
        xml
          .slice(cell.start, cell.end)
          .replace(formulaElement, () => `<f>${encodeText(formula ?? "")}</f>`),
      );
    at = cell.end;
  }
  const end = row.empty ? row.open : row.end - "</row>".length;
  out.push(xml.slice(at, end));
  for (; next < added.length; next++) {
    const [column, value] = added[next] ?? [0, { kind: "empty" }];
    out.push(cellXml(book, row.row, column, undefined, value));
  }
  out.push("</row>");
  return out.join("");
}

/**
 * @param {import("./workbook.mjs").Workbook} book
 * @param {number} row
 * @param {number} column
 * @param {import("./sheet-xml.mjs").RawCell | undefined} old the cell that was there
 * @param {Edit["value"]} value
 */
function cellXml(book, row, column, old, value) {
  let style = Number(attribute(old?.tag ?? "", "s") ?? 0);
  const name = addressOf(row, column);
  const open = (/** @type {string} */ kind) =>
    `<c r="${name}"${style === 0 ? "" : ` s="${style}"`}${kind}`;
  switch (value.kind) {
    case "empty":
      return style === 0 ? "" : `${open("")}/>`;
    case "number":
      if (
        value.format !== undefined &&
        !/[dmy]/i.test(book.formatCode(style).replace(/general/i, ""))
      )
        style = book.styleWithFormat(style, value.format);
      return `${open("")}><v>${value.value}</v></c>`;
    case "boolean":
      return `${open(' t="b"')}><v>${value.value ? 1 : 0}</v></c>`;
    case "result":
      return `${open(resultMarks(old, value.type))}>${resultFormula(old, value.range)}<v>${encodeText(value.value)}</v></c>`;
    case "formula":
      return `${open("")}><f${spills.test(value.value) ? ` t="array" ref="${name}"` : ""}>${encodeText(storedFormula(value.value))}</f></c>`;
    default:
      return `${open(' t="inlineStr"')}><is><t xml:space="preserve">${encodeText(value.value)}</t></is></c>`;
  }
}

/** @param {import("./sheet-xml.mjs").RawCell | undefined} old @param {string} type */
function resultMarks(old, type) {
  // Says of a formula that it spills.
  const metadata = attribute(old?.tag ?? "", "cm");
  return (type === "n" ? "" : ` t="${type}"`) + (metadata === undefined ? "" : ` cm="${metadata}"`);
}

/** @param {import("./sheet-xml.mjs").RawCell | undefined} old @param {string | undefined} range */
function resultFormula(old, range) {
  const formula = formulaElement.exec(old?.content ?? "")?.[0] ?? "";
  return range === undefined ? formula : formula.replace(/(\sref\s*=\s*["'])[^"']*/, `$1${range}`);
}

/**
 * Formulas of cells that share the formula of a cell which is about to be overwritten.
 *
 * @param {string} xml
 * @param {ReadonlyMap<number, ReadonlyMap<number, Edit["value"]>>} wanted
 * @returns {Map<number, Map<number, string>>}
 */
function orphanedFormulas(xml, wanted) {
  /** @type {Map<string, { text: string, row: number, column: number }>} */
  const lost = new Map();
  /** @type {Map<number, Map<number, string>>} */
  const orphans = new Map();
  if (!/\bt=["']shared["']/.test(xml)) return orphans;
  visitCells(xml, {
    cell({ row, column, content }) {
      const formula = rawFormula(content);
      if (formula?.kind !== "shared" || formula.index === undefined) return;
      const edit = wanted.get(row)?.get(column);
      const overwritten = edit !== undefined && edit.kind !== "result";
      if (formula.text !== "") {
        if (overwritten) lost.set(formula.index, { text: formula.text, row, column });
        else lost.delete(formula.index);
        return;
      }
      const master = lost.get(formula.index);
      if (master === undefined || overwritten) return;
      const cells = orphans.get(row) ?? new Map();
      orphans.set(
        row,
        cells.set(column, shiftFormula(master.text, row - master.row, column - master.column)),
      );
    },
  });
  return orphans;
}

/**
 * @param {string} head of the part, with its `<dimension>`
 * @param {ReadonlyMap<number, ReadonlyMap<number, unknown>>} wanted
 */
function withDimension(head, wanted) {
  return head.replace(/(<dimension\b[^>]*?\bref=["'])([^"']*)/, (_, before, ref) => {
    const area = areaOf(ref);
    if (area === undefined) return before + ref;
    for (const [row, cells] of wanted)
      for (const column of cells.keys()) {
        area.from.row = Math.min(area.from.row, row);
        area.to.row = Math.max(area.to.row, row);
        area.from.column = Math.min(area.from.column, column);
        area.to.column = Math.max(area.to.column, column);
      }
    return before + areaName(area);
  });
}
