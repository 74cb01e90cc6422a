/** `sheet recalc`: computes formulas and stores their values beside them. */

import { addressOf, areaName } from "./addresses.mjs";
import { Calculator, inGrid } from "./calculator.mjs";
import { areaOf } from "./cells.mjs";
import { editSheet } from "./edit-sheet.mjs";
import { errors, Grid, XlError } from "./formula/values.mjs";
import { serialOf } from "./number-kinds.mjs";

/** Wall time, in milliseconds; a sandbox ends a command after 30 seconds. */
const timeMs = 20_000;
/** Cells looked at, over all formulas. */
const operations = 400_000_000;
/** Cells named for one reason. */
const namedAtMost = 5;

/** Array formulas whose range follows their result: those of newer functions. */
const spilling =
  /^\s*(?:_xl(?:fn|ws)\.)*(?:FILTER|SORT|SORTBY|UNIQUE|SEQUENCE|TRANSPOSE|TEXTSPLIT|VSTACK|HSTACK|TAKE|DROP|TOCOL|TOROW|CHOOSECOLS|CHOOSEROWS|WRAPROWS|WRAPCOLS|EXPAND|LET|MAP|BYROW|BYCOL|SCAN)\(/i;

/**
 * Computes all formulas of a workbook and puts their values into it.
 *
 * @param {import("./workbook.mjs").Workbook} book
 * @returns {{ formulas: number, kept: { reason: string, cells: string[], count: number }[] }} how many there are, and which keep their values
 */
export function recalculate(book) {
  const began = performance.now();
  const isOver = () => performance.now() - began > timeMs;
  const calculator = new Calculator(book, { today: now(), isOver, operations });
  calculator.run();
  const { formulas } = calculator;
  book.sheets.forEach((sheet, number) => {
    const edits = formulas
      .filter((formula) => formula.sheet === number && formula.problem === undefined)
      .flatMap((formula) => editsOf(calculator, formula));
    if (edits.length > 0) editSheet(book, sheet, edits);
  });
  return { formulas: formulas.length, kept: keptOf(book, formulas) };
}

/** Today and the time of day as a serial number (UTC). */
function now() {
  return (performance.timeOrigin + performance.now()) / 86_400_000 + serialOf(1970, 1, 1);
}

/**
 * @param {Calculator} calculator
 * @param {import("./calculator.mjs").Formula} formula
 * @returns {import("./edit-sheet.mjs").Edit[]}
 */
function editsOf(calculator, formula) {
  const { cell, value, grid } = formula;
  const area = areaOf(cell.array ?? "");
  if (grid === undefined || area === undefined)
    return changed(cell, value) ? [edit(cell.row, cell.column, value)] : [];
  const single = area.from.row === area.to.row && area.from.column === area.to.column;
  if ((cell.dynamic || (single && spilling.test(cell.formula ?? ""))) && !same(area, grid))
    return spilled(calculator, formula, area, grid);
  const edits = [edit(cell.row, cell.column, value)];
  for (let row = area.from.row; row <= area.to.row; row++)
    for (let column = area.from.column; column <= area.to.column; column++)
      if (row !== cell.row || column !== cell.column)
        edits.push(plain(row, column, inGrid(grid, row - cell.row, column - cell.column)));
  return edits;
}

/** @param {import("./addresses.mjs").Area} area @param {Grid} grid */
function same({ from, to }, grid) {
  return to.row - from.row + 1 === grid.rows && to.column - from.column + 1 === grid.columns;
}

/**
 * The range of a formula follows what it gives, where nothing is in the way.
 *
 * @param {Calculator} calculator
 * @param {import("./calculator.mjs").Formula} formula
 * @param {import("./addresses.mjs").Area} old
 * @param {Grid} grid
 */
function spilled(calculator, formula, old, grid) {
  const { row, column } = formula.cell;
  const to = { row: row + grid.rows - 1, column: column + grid.columns - 1 };
  /** @type {import("./edit-sheet.mjs").Edit[]} */
  const edits = [];
  let blocked = false;
  for (let r = row; r <= to.row; r++)
    for (let c = column; c <= to.column; c++)
      if (r !== row || c !== column) {
        blocked ||= calculator.isTaken(formula, r, c);
        edits.push(plain(r, c, inGrid(grid, r - row, c - column)));
      }
  for (let r = old.from.row; r <= old.to.row; r++)
    for (let c = old.from.column; c <= old.to.column; c++)
      if (r > to.row || c > to.column) edits.push({ row: r, column: c, value: { kind: "empty" } });
  if (blocked) return [edit(row, column, errors.spill)];
  return [edit(row, column, formula.value, areaName({ from: { row, column }, to })), ...edits];
}

/**
 * @param {number} row
 * @param {number} column
 * @param {import("./formula/values.mjs").Scalar} value
 * @param {string} [range]
 * @returns {import("./edit-sheet.mjs").Edit}
 */
function edit(row, column, value, range) {
  return {
    row,
    column,
    value: { kind: "result", ...typed(value), ...(range === undefined ? {} : { range }) },
  };
}

/** A cell that shows part of what an array formula gave. @param {number} row @param {number} column @param {import("./formula/values.mjs").Scalar} value */
function plain(row, column, value) {
  return edit(row, column, value);
}

/** A value as files store it. @param {import("./formula/values.mjs").Scalar} value @returns {{ type: "n" | "str" | "b" | "e", value: string }} */
function typed(value) {
  if (value instanceof XlError) return { type: "e", value: value.name };
  if (typeof value === "string") return { type: "str", value };
  if (typeof value === "boolean") return { type: "b", value: value ? "1" : "0" };
  const number = value ?? 0;
  return Number.isFinite(number)
    ? { type: "n", value: String(number) }
    : { type: "e", value: errors.num.name };
}

/** @param {import("./cells.mjs").Cell} cell @param {import("./formula/values.mjs").Scalar} value */
function changed(cell, value) {
  if (value instanceof XlError) return cell.type !== "error" || cell.value !== value.name;
  return cell.type === "none" || cell.type === "error" || cell.value !== value;
}

/** @param {import("./workbook.mjs").Workbook} book @param {readonly import("./calculator.mjs").Formula[]} formulas */
function keptOf(book, formulas) {
  /** @type {Map<string, { reason: string, cells: string[], count: number }>} */
  const kept = new Map();
  for (const { sheet, cell, problem } of formulas) {
    if (problem === undefined) continue;
    const entry = kept.get(problem) ?? { reason: problem, cells: [], count: 0 };
    entry.count++;
    if (entry.cells.length < namedAtMost)
      entry.cells.push(`${book.sheets[sheet]?.name}!${addressOf(cell.row, cell.column)}`);
    kept.set(problem, entry);
  }
  return [...kept.values()];
}

/** Reasons listed one by one. */
const reasonsAtMost = 20;

/**
 * What the command prints.
 *
 * @param {string} file
 * @param {ReturnType<typeof recalculate>} result
 */
export function report(file, { formulas, kept }) {
  const lost = kept.reduce((sum, { count }) => sum + count, 0);
  const problems = kept.slice(0, reasonsAtMost).map(({ reason, cells, count }) => {
    const more = count > cells.length ? `, and ${count - cells.length} more` : "";
    return `${file}: ${count} ${count === 1 ? "formula keeps its old value" : "formulas keep their old values"}: ${reason} (${cells.join(", ")}${more})`;
  });
  if (kept.length > reasonsAtMost)
    problems.push(`${file}: and ${kept.length - reasonsAtMost} more reasons`);
  return { stdout: `${formulas - lost} of ${formulas} formulas calculated\n`, problems };
}
