import { strip } from "../../../shared/python-text.ts";
import type { GradedSheet } from "../read/sheet.ts";
import type { Workbook } from "../read/workbook.ts";
import { PythonError } from "./cell-rule.ts";
import { compareBlock, failedAt } from "./compare-block.ts";
import { allEqual, failed, type GradedComparison } from "./comparison.ts";
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

/**
 * Reads one part of a position, a sheet's name and a range; commas separate parts wherever they
 * stand, quotes or not.
 *
 * @param firstSheet name of the answer's first sheet, or undefined where it has none.
 * @throws {PythonError} ValueError where there are two `!`, IndexError where a first sheet is missing.
 */
export function readPart(part: string, firstSheet: string | undefined, evaluator: Evaluator) {
  const text = evaluator.stripsParts ? strip(part) : part;
  const [named = "", range, ...more] = text.split("!");
  if (more.length > 0)
    throw new PythonError("ValueError", "too many values to unpack (expected 2)");
  if (range !== undefined) return { sheet: stripQuotes(named), range: stripQuotes(range) };
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
): GradedComparison {
  const failures: GradedComparison[] = [];
  const pair: Pair = { answer, output, evaluator, reached: new Map() };
  const difference = () => failures.find((one) => one.firstDifference)?.firstDifference;
  try {
    for (const part of position.split(",")) {
      const failure = comparePart(pair, readPart(part, answer.sheets[0]?.name, evaluator));
      if (failure !== undefined) failures.push(failure);
      if (failure !== undefined && evaluator.stopsAtFailure) break;
    }
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    const because = `the evaluator stops with ${error.name}: ${error.message}`;
    return failed(`exception:${error.name}`, because, difference());
  }
  const [first] = failures;
  if (first === undefined) return allEqual;
  const reasons = [...new Set(failures.map(({ reason }) => reason))].sort();
  return failed(reasons.join("+"), first.because, difference());
}

interface Pair {
  readonly answer: Workbook;
  readonly output: Workbook;
  readonly evaluator: Evaluator;
  /** How far sheets of the answer reach, by name, where looking at cells has made them larger. */
  readonly reached: Map<string, Extent>;
}

/** @throws {PythonError} */
function comparePart(
  { answer, output, evaluator, reached }: Pair,
  { sheet, range }: ReturnType<typeof readPart>,
): GradedComparison | undefined {
  const missing = (where: string) =>
    failed("worksheet_not_found", `the ${where} has no sheet ${JSON.stringify(sheet)}`);
  const theirs = output.sheet(sheet);
  if (theirs === undefined) return missing("output");
  const ours = answer.sheet(sheet);
  if (ours === undefined) {
    if (evaluator.toleratesMissingAnswerSheet) return missing("answer");
    throw new PythonError("KeyError", `Worksheet ${sheet} does not exist.`);
  }
  const { blocks, raises } = blocksOf(evaluator.range(range, () => extentOf(ours, reached)));
  const empty = blocks.length === 0 && raises === undefined;
  if (!empty && (ours.kind === "chart" || theirs.kind === "chart"))
    throw new PythonError("TypeError", "'Chartsheet' object is not subscriptable");
  for (const block of blocks) {
    const finding = compareBlock(ours, theirs, block);
    if (finding.kind === "raised") throw finding.error;
    if (finding.kind === "different") return failedAt(ours, theirs, finding);
    // Looking at a cell makes it: a sheet of the answer grows to what was compared before.
    const { maxRow, maxColumn } = extentOf(ours, reached);
    reached.set(ours.name, {
      maxRow: Math.max(maxRow, block.lastRow),
      maxColumn: Math.max(maxColumn, block.lastColumn),
    });
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

function extentOf(sheet: GradedSheet, reached: ReadonlyMap<string, Extent>): Extent {
  if (sheet.kind === "chart")
    throw new PythonError("AttributeError", "'Chartsheet' object has no attribute 'max_row'");
  return reached.get(sheet.name) ?? sheet;
}

/** `text.strip("'")` of Python. */
function stripQuotes(text: string): string {
  return text.replace(/^'+|'+$/g, "");
}
