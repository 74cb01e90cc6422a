import { readFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import { columnName } from "../../../domains/spreadsheet/grading/columns.ts";
import {
  PythonError,
  sameCell,
  transformed,
} from "../../../domains/spreadsheet/grading/compare/cell-rule.ts";
import { compareWorkbooks } from "../../../domains/spreadsheet/grading/compare/compare-workbooks.ts";
import type { Comparison } from "../../../domains/spreadsheet/grading/compare/comparison.ts";
import {
  comparePublished,
  type Evaluator,
  official,
  readPart,
  reference,
} from "../../../domains/spreadsheet/grading/compare/published.ts";
import {
  type CellSelection,
  columnByLetters,
  officialRange,
  referenceRange,
} from "../../../domains/spreadsheet/grading/compare/published-range.ts";
import {
  nameProblem,
  openWorkbook,
  type Workbook,
} from "../../../domains/spreadsheet/grading/read/workbook.ts";
import {
  diagnostic,
  goldenSpreadsheets,
  recordedValue,
  type Vector,
} from "../../support/spreadsheet/golden.ts";
import { officialBatch, referenceBatch } from "../../support/spreadsheet/published-batches.ts";

const golden = goldenSpreadsheets();
const vectors = golden?.vectors ?? [];
const file = (name: string) => path.join(golden?.files ?? "", name);

/** Ids of the vectors of a kind that do not agree with what was recorded. */
function disagreements(kind: string, agrees: (vector: Vector) => boolean): string[] {
  const some = vectors.filter((vector) => vector.kind === kind);
  expect(some.length).toBeGreaterThan(0);
  return some.filter((vector) => !agrees(vector)).map(({ id }) => id);
}

/** A result, or the name of what Python raises. */
function outcome<Result>(run: () => Result): Result | { readonly error: string } {
  try {
    return run();
  } catch (error) {
    if (error instanceof PythonError) return { error: error.name };
    throw error;
  }
}

const passes = (comparison: Comparison) => comparison.kind === "graded" && comparison.passed;

/** Whether a comparison names the first difference that was recorded, if one was. */
function namesDifference(
  comparison: Comparison,
  recorded: { readonly cell: string; readonly gt: string; readonly out: string } | null | undefined,
): boolean {
  if (recorded == null) return true;
  const found = comparison.kind === "graded" ? comparison.firstDifference : undefined;
  return (
    found?.cell === recorded.cell &&
    found.expected === recorded.gt.slice(0, 200) &&
    found.actual === recorded.out.slice(0, 200)
  );
}

/** The diagnostic evaluator is no grader of ours, so its loading is put together here. */
function diagnosed(vector: Vector): boolean {
  const open = (name: string): Workbook | undefined => {
    try {
      return nameProblem(name) === undefined ? openWorkbook(readFileSync(file(name))) : undefined;
    } catch {
      return undefined;
    }
  };
  const [answer, output] = [open(vector["answer"]), open(vector["output"])];
  if (answer === undefined || output === undefined) return false;
  return passes(comparePublished(answer, output, vector["answer_position"], diagnostic));
}

/** A range as the vectors record it: how many cells, and the first and last five of many. */
function recorded(selection: CellSelection) {
  if (selection.kind === "single") return { count: 1, cells: [selection.name] };
  const { firstRow, lastRow, firstColumn, lastColumn } = selection.block;
  const height = Math.max(0, lastRow - firstRow + 1);
  const count = height * Math.max(0, lastColumn - firstColumn + 1);
  const name = (n: number) =>
    `${columnName(firstColumn + Math.floor(n / height))}${firstRow + (n % height)}`;
  const names = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, n) => name(from + n));
  return { count, names };
}

function matches(selection: CellSelection | { error: string }, expected: unknown): boolean {
  if ("error" in selection) return isDeepStrictEqual(selection, expected);
  const { count, cells } = expected as { count?: number; cells?: string[] };
  const ours = recorded(selection);
  if (cells === undefined || ours.count !== count) return false;
  if (ours.names === undefined) return isDeepStrictEqual(ours.cells, cells);
  const shortened = cells.indexOf("...");
  const all =
    shortened < 0
      ? ours.names(0, count)
      : [...ours.names(0, shortened), "...", ...ours.names(count - shortened, count)];
  return isDeepStrictEqual(all, cells);
}

function pairs(vector: Vector, evaluator: Evaluator) {
  const read: string[][] = [];
  const error = outcome(() => {
    for (const part of vector["input"].split(",")) {
      const { sheet, range } = readPart(part, vector["first_sheet"], evaluator);
      read.push([sheet, range]);
    }
  });
  return { pairs: read, ...error };
}

describe.skipIf(golden === undefined)(
  `recorded verdicts of the published evaluators${golden === undefined ? " (skipped: none at T2S_GOLDEN_DIR or ../shared/golden)" : ""}`,
  () => {
    test("whole workbooks: all three evaluators, with reasons and first differences", () => {
      const wrong = disagreements("workbook", (vector) => {
        const { answer, output, answer_position: position, expected } = vector;
        const request = {
          answer: { path: file(answer) },
          output: { path: file(output) },
          position,
        };
        const upstream = compareWorkbooks(request, "upstream");
        return (
          namesDifference(upstream, vector["first_difference"]) &&
          passes(upstream) === expected.passed &&
          upstream.reason === expected.reason &&
          passes(compareWorkbooks(request, "reference")) === expected.t2s_passed &&
          diagnosed(vector) === expected.diag_passed
        );
      });
      expect(wrong).toEqual([]);
    }, 60_000);

    test("values of cells, with their types", () => {
      const opened = new Map<string, Workbook>();
      const wrong = disagreements("read", ({ workbook, sheet, cell, expected }) => {
        const book = opened.get(workbook) ?? openWorkbook(readFileSync(file(workbook)));
        opened.set(workbook, book);
        const [, letters = "", row = ""] = /^([A-Z]+)(\d+)$/.exec(cell) ?? [];
        const value = book.sheet(sheet)?.value(Number(row), columnByLetters(letters));
        return isDeepStrictEqual(value, recordedValue(expected));
      });
      expect(wrong).toEqual([]);
    });

    test("the cell rule", () => {
      const transform = disagreements("transform", ({ input, expected }) =>
        isDeepStrictEqual(
          outcome(() => transformed(recordedValue(input))),
          "error" in expected ? { error: expected.error } : recordedValue(expected),
        ),
      );
      const cell = disagreements("cell", ({ gt, out, expected }) =>
        isDeepStrictEqual(
          outcome(() => sameCell(recordedValue(gt), recordedValue(out))),
          expected,
        ),
      );
      expect([...transform, ...cell]).toEqual([]);
    });

    test("ranges, columns and positions", () => {
      const range = disagreements("range", ({ input, expected }) =>
        Object.entries(expected).every(([reader, cells]) => {
          const [, rows, columns] = /^t2s_(\w+)_(\w+)$/.exec(reader) ?? [];
          const extent =
            rows === undefined || rows === "None"
              ? undefined
              : { maxRow: Number(rows), maxColumn: Number(columns) };
          return matches(
            outcome(() =>
              reader === "official" ? officialRange(input) : referenceRange(input, extent),
            ),
            cells,
          );
        }),
      );
      const names = disagreements("colname", (it) => columnName(it["input"]) === it["expected"]);
      const numbers = disagreements(
        "colnum",
        (it) => columnByLetters(it["input"]) === it["expected"],
      );
      const positions = disagreements("position", (vector) =>
        isDeepStrictEqual(vector["expected"], {
          official: pairs(vector, official),
          t2s: pairs(vector, reference),
          diag: pairs(vector, diagnostic),
        }),
      );
      expect([...range, ...names, ...numbers, ...positions]).toEqual([]);
    });

    test("whole data sets: soft and hard scores", () => {
      const official = disagreements("batch_official", ({ data_path, expected }) =>
        isDeepStrictEqual(officialBatch(file(data_path)), expected),
      );
      const reference = disagreements("batch_t2s", ({ data_path, output_dir, args, expected }) => {
        const flag = (name: string) => {
          const at = args.indexOf(name);
          return at < 0 ? {} : { [name === "--start_idx" ? "start" : "end"]: Number(args[at + 1]) };
        };
        const slice = { ...flag("--start_idx"), ...flag("--end_idx") };
        return isDeepStrictEqual(
          referenceBatch(file(data_path), file(output_dir), slice),
          expected,
        );
      });
      expect([...official, ...reference]).toEqual([]);
    });
  },
);
