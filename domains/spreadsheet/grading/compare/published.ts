import { strip } from "../../../shared/python-text.ts";
import { shownValue } from "../cell-value.ts";
import { cellName } from "../columns.ts";
import type { CellBlock, Sheet } from "../read/sheet.ts";
import type { Workbook } from "../read/workbook.ts";
import { PythonError } from "./cell-rule.ts";
import { compareBlock } from "./compare-block.ts";
import { type Comparison, type Difference, failed } from "./comparison.ts";
import {
  type CellSelection,
  cellNamed,
  comparable,
  type Extent,
  officialRange,
  referenceRange,
} from "./published-range.ts";

/** How a published evaluator reads a position and goes through its ranges. */
export interface Evaluator {
  /** Whether white space around a part of the position is dropped. */
  readonly stripsParts: boolean;
  /** Whether the name of the first sheet, where a part names none, loses its quotes as well. */
  readonly unquotesFirstSheet: boolean;
  /** Whether it ends at the first range that fails, so that no later one can raise. */
  readonly stopsAtFailure: boolean;
  /** Whether a sheet that the answer lacks is a failure; otherwise it raises. */
  readonly toleratesMissingAnswerSheet: boolean;
  /** @param extent how far the sheet of the answer reaches; raises for a chart. */
  readonly range: (range: string, extent: () => Extent) => CellSelection;
}

/** SpreadsheetBench's evaluation.py. */
export const official: Evaluator = {
  stripsParts: false,
  unquotesFirstSheet: true,
  stopsAtFailure: false,
  toleratesMissingAnswerSheet: false,
  range: officialRange,
};

/** What the paper's evaluate_with_official.py runs. */
export const reference: Evaluator = {
  stripsParts: true,
  unquotesFirstSheet: false,
  stopsAtFailure: true,
  toleratesMissingAnswerSheet: false,
  range: (range, extent) => referenceRange(range, extent()),
};

/** One part of a position: a sheet's name and a range. */
export interface PositionPart {
  readonly sheet: string;
  readonly range: string;
}

/** The parts of a position; commas separate them wherever they stand, quotes or not. */
export function partsOf(position: string): readonly string[] {
  return position.split(",");
}

/**
 * Reads one part.
 *
 * @param firstSheet name of the answer's first sheet, or undefined where it has none.
 * @throws {PythonError} ValueError where there are two `!`, IndexError where a first sheet is missing.
 */
export function readPart(
  part: string,
  firstSheet: string | undefined,
  evaluator: Evaluator,
): PositionPart {
  const text = evaluator.stripsParts ? strip(part) : part;
  const [named, range, ...more] = text.split("!");
  if (more.length > 0)
    throw new PythonError("ValueError", "too many values to unpack (expected 2)");
  if (named !== undefined && range !== undefined)
    return { sheet: stripQuotes(named), range: stripQuotes(range) };
  if (firstSheet === undefined) throw new PythonError("IndexError", "list index out of range");
  const sheet = evaluator.unquotesFirstSheet ? stripQuotes(firstSheet) : firstSheet;
  return { sheet, range: stripQuotes(text) };
}

/** Compares two workbooks as a published evaluator does. An exception of its code is a failure. */
export function comparePublished(
  answer: Workbook,
  output: Workbook,
  position: string,
  evaluator: Evaluator,
): Comparison {
  const failures: Failure[] = [];
  const pair: Pair = { answer, output, evaluator, reached: new Map() };
  try {
    for (const text of partsOf(position)) {
      const part = readPart(text, answer.sheets[0]?.name, evaluator);
      const failure = comparePart(pair, part);
      if (failure !== undefined) failures.push(failure);
      if (failure !== undefined && evaluator.stopsAtFailure) break;
    }
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    const because = `the evaluator stops with ${error.name}: ${error.message}`;
    return failed(`exception:${error.name}`, because, firstDifferenceOf(failures));
  }
  const [first] = failures;
  if (first === undefined)
    return { kind: "graded", passed: true, reason: "ok", because: "all compared cells are equal" };
  const reasons = [...new Set(failures.map(({ reason }) => reason))].sort();
  return failed(reasons.join("+"), first.because, firstDifferenceOf(failures));
}

function firstDifferenceOf(failures: readonly Failure[]): Difference | undefined {
  return failures.find(({ difference }) => difference !== undefined)?.difference;
}

interface Pair {
  readonly answer: Workbook;
  readonly output: Workbook;
  readonly evaluator: Evaluator;
  /** How far sheets of the answer reach, by name, where looking at cells has made them larger. */
  readonly reached: Map<string, Extent>;
}

interface Failure {
  readonly reason: "value_difference" | "worksheet_not_found";
  readonly because: string;
  readonly difference?: Difference;
}

/** @throws {PythonError} */
function comparePart(
  { answer, output, evaluator, reached }: Pair,
  part: PositionPart,
): Failure | undefined {
  const theirs = output.sheet(part.sheet);
  if (theirs === undefined) return missing(part.sheet, "output");
  const ours = answer.sheet(part.sheet);
  if (ours === undefined) {
    if (evaluator.toleratesMissingAnswerSheet) return missing(part.sheet, "answer");
    throw new PythonError("KeyError", `Worksheet ${part.sheet} does not exist.`);
  }
  const selection = evaluator.range(part.range, () => extentOf(ours, reached));
  const { blocks, raises } = blocksOf(selection);
  const empty = blocks.length === 0 && raises === undefined;
  if (!empty && (ours.kind === "chart" || theirs.kind === "chart"))
    throw new PythonError("TypeError", "'Chartsheet' object is not subscriptable");
  for (const block of blocks) {
    const finding = compareBlock(ours, theirs, block);
    if (finding.kind === "raised") throw finding.error;
    if (finding.kind === "different")
      return different(differenceAt(ours, theirs, finding.row, finding.column), theirs, finding);
    reach(ours, block, reached);
  }
  if (raises !== undefined) throw raises;
  return undefined;
}

function blocksOf(selection: CellSelection) {
  if (selection.kind === "block") return comparable(selection.block);
  const { row, column } = cellNamed(selection.name);
  const block = { firstRow: row, lastRow: row, firstColumn: column, lastColumn: column };
  return { blocks: [block], raises: undefined };
}

/** Looking at a cell makes it: a sheet of the answer grows to what was compared before. */
function reach(sheet: Sheet, block: CellBlock, reached: Map<string, Extent>): void {
  const { maxRow, maxColumn } = extentOf(sheet, reached);
  reached.set(sheet.name, {
    maxRow: Math.max(maxRow, block.lastRow),
    maxColumn: Math.max(maxColumn, block.lastColumn),
  });
}

function extentOf(sheet: Sheet, reached: ReadonlyMap<string, Extent>): Extent {
  if (sheet.kind === "chart")
    throw new PythonError("AttributeError", "'Chartsheet' object has no attribute 'max_row'");
  return reached.get(sheet.name) ?? { maxRow: sheet.maxRow, maxColumn: sheet.maxColumn };
}

function missing(sheet: string, where: "output" | "answer"): Failure {
  return {
    reason: "worksheet_not_found",
    because: `the ${where} has no sheet ${JSON.stringify(sheet)}`,
  };
}

function different(
  difference: Difference,
  output: Sheet,
  { row, column }: { readonly row: number; readonly column: number },
): Failure {
  return {
    reason: "value_difference",
    because: shownDifference(difference, output, row, column),
    difference,
  };
}

/** Both values of a cell. */
export function differenceAt(
  answer: Sheet,
  output: Sheet,
  row: number,
  column: number,
): Difference {
  const shown = (sheet: Sheet) => shownValue(sheet.value(row, column)).slice(0, 200);
  return {
    sheet: answer.name,
    cell: cellName(row, column),
    expected: shown(answer),
    actual: shown(output),
  };
}

/** A difference as a sentence; a formula without a stored result is named as the likely cause. */
export function shownDifference(
  { sheet, cell, expected, actual }: Difference,
  output: Sheet,
  row: number,
  column: number,
): string {
  const hint = output.isUncached(row, column)
    ? "; the output has a formula there whose result was never stored"
    : "";
  return `${sheet}!${cell} should be ${expected} and is ${actual}${hint}`;
}

/** `text.strip("'")` of Python. */
function stripQuotes(text: string): string {
  return text.replace(/^'+|'+$/g, "");
}
