/** Moves a formula to another cell, as copying does: relative references move along. */

import { columnLetters, columnNumber, lastColumn, lastRow } from "./addresses.mjs";

/** Text, quoted sheet names and bracketed names are left as they are; then cells, columns and rows. */
const pieces =
  /"(?:[^"]|"")*"|'(?:[^']|'')*'!?|\[[^\]]*\]|(\$?)([A-Za-z]{1,3})(\$?)([1-9]\d{0,6})(?![\w.(!])|(\$?)([A-Za-z]{1,3}):(\$?)([A-Za-z]{1,3})(?![\w.(!])|(\$?)([1-9]\d{0,6}):(\$?)([1-9]\d{0,6})(?![\w.(])|[\p{L}_\\][\p{L}\w.\\?]*!?|\d+(?:\.\d*)?(?:[eE][+-]?\d+)?/gu;

/**
 * @param {string} formula without the leading `=`
 * @param {number} rows how far down
 * @param {number} columns how far to the right
 */
export function shiftFormula(formula, rows, columns) {
  if (rows === 0 && columns === 0) return formula;
  const row = (/** @type {string} */ fixed, /** @type {string} */ text) => {
    if (fixed === "$") return `$${text}`;
    const moved = Number(text) + rows;
    return moved < 1 || moved > lastRow ? undefined : String(moved);
  };
  const column = (/** @type {string} */ fixed, /** @type {string} */ text) => {
    if (fixed === "$") return `$${text}`;
    const moved = columnNumber(text) + columns;
    return moved < 1 || moved > lastColumn ? undefined : columnLetters(moved);
  };
  const joined = (
    /** @type {string | undefined} */ a,
    /** @type {string} */ between,
    /** @type {string | undefined} */ b,
  ) => (a === undefined || b === undefined ? "#REF!" : a + between + b);
  return formula.replace(pieces, (whole, ...groups) => {
    const [f1, c, f2, r, f3, c1, f4, c2, f5, r1, f6, r2] = groups;
    if (r !== undefined)
      return columnNumber(c) > lastColumn || Number(r) > lastRow
        ? whole
        : joined(column(f1, c), "", row(f2, r));
    if (c1 !== undefined) return joined(column(f3, c1), ":", column(f4, c2));
    if (r1 !== undefined) return joined(row(f5, r1), ":", row(f6, r2));
    return whole;
  });
}
