import { shownValue } from "../cell-value.ts";
import { cellName } from "../columns.ts";
import type { CellBlock, GradedSheet } from "../read/sheet.ts";
import { PythonError, sameCell } from "./cell-rule.ts";
import { failed, type GradedComparison } from "./comparison.ts";

/** The first cell of a block that is not the same, in the order column by column. */
export type BlockFinding =
  | { readonly kind: "same" }
  | { readonly kind: "different"; readonly row: number; readonly column: number }
  | { readonly kind: "raised"; readonly error: PythonError };

/**
 * Compares two sheets within a block. Only cells that one of them holds are looked at: all others are
 * empty on both sides, however large the block is.
 *
 * @param isPassedOver which cells are not compared.
 */
export function compareBlock(
  answer: GradedSheet,
  output: GradedSheet,
  block: CellBlock,
  isPassedOver: (row: number, column: number) => boolean = () => false,
): BlockFinding {
  let [bestRow, bestColumn] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let error: PythonError | undefined;
  const look = (row: number, column: number) => {
    if (column > bestColumn || (column === bestColumn && row >= bestRow)) return;
    if (isPassedOver(row, column)) return;
    const problem = problemAt(answer, output, row, column);
    if (problem === undefined) return;
    [bestRow, bestColumn] = [row, column];
    error = problem === "different" ? undefined : problem;
  };
  answer.eachCell(block, look);
  if (output !== answer)
    output.eachCell(block, (row, column) => {
      if (answer.isBlank(row, column)) look(row, column);
    });
  if (error !== undefined) return { kind: "raised", error };
  return bestRow === Number.POSITIVE_INFINITY
    ? { kind: "same" }
    : { kind: "different", row: bestRow, column: bestColumn };
}

function problemAt(answer: GradedSheet, output: GradedSheet, row: number, column: number) {
  try {
    const expected = answer.value(row, column);
    const same = sameCell(expected, answer === output ? expected : output.value(row, column));
    return same ? undefined : "different";
  } catch (error) {
    if (error instanceof PythonError) return error;
    throw error;
  }
}

/** The failure that a cell is; a formula without a stored result is named as the likely cause. */
export function failedAt(
  answer: GradedSheet,
  output: GradedSheet,
  { row, column }: { readonly row: number; readonly column: number },
): GradedComparison {
  const cell = cellName(row, column);
  const [expected = "", actual = ""] = [answer, output].map((sheet) =>
    shownValue(sheet.value(row, column)).slice(0, 200),
  );
  const hint = output.isUncached(row, column)
    ? "; the output has a formula there whose result was never stored"
    : "";
  const because = `${answer.name}!${cell} should be ${expected} and is ${actual}${hint}`;
  return failed("value_difference", because, { sheet: answer.name, cell, expected, actual });
}
