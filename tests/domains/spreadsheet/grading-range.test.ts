import fc from "fast-check";
import { expect, test } from "vitest";
import {
  cellName,
  columnName,
  columnNumber,
} from "../../../domains/spreadsheet/grading/columns.ts";
import { PythonError } from "../../../domains/spreadsheet/grading/compare/cell-rule.ts";
import {
  type CellSelection,
  cellNamed,
  columnByLetters,
  comparable,
  officialRange,
  referenceRange,
} from "../../../domains/spreadsheet/grading/compare/published-range.ts";
import { readStrictPosition } from "../../../domains/spreadsheet/grading/compare/strict-position.ts";

const block = (firstColumn: number, firstRow: number, lastColumn: number, lastRow: number) =>
  ({ kind: "block", block: { firstColumn, firstRow, lastColumn, lastRow } }) as CellSelection;
const raised = (run: () => unknown): string => {
  try {
    return JSON.stringify(run());
  } catch (error) {
    if (error instanceof PythonError) return error.name;
    throw error;
  }
};

const columns = fc.integer({ min: 1, max: 16_384 });
const rows = fc.integer({ min: 1, max: 1_048_576 });

test("a column's name and number are each other's inverse", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 18_278 }), (column) => {
      expect(columnNumber(columnName(column))).toBe(column);
      expect(columnNumber(columnName(column).toLowerCase())).toBe(column);
      expect(columnByLetters(columnName(column))).toBe(column);
    }),
  );
});

test("all graders read a plain range alike", () => {
  fc.assert(
    fc.property(columns, rows, columns, rows, (a, one, b, two) => {
      const [left, right] = [Math.min(a, b), Math.max(a, b)];
      const [top, bottom] = [Math.min(one, two), Math.max(one, two)];
      const range = `${cellName(top, left)}:${cellName(bottom, right)}`;
      const expected = block(left, top, right, bottom);
      expect(officialRange(range)).toEqual(expected);
      expect(referenceRange(range, undefined)).toEqual(expected);
      const strict = readStrictPosition(range, ["S"]);
      const selection = expected.kind === "block" ? expected.block : undefined;
      expect(strict).toEqual([{ sheet: undefined, block: selection }]);
    }),
  );
});

test("the official grader counts any letter by its distance from A, and wants rows", () => {
  expect(officialRange("E4:j11")).toEqual(block(5, 4, 42, 11));
  expect(officialRange("1A:2B")).toEqual(block(1, 1, 2, 2));
  expect(officialRange("A1")).toEqual({ kind: "single", name: "A1" });
  expect(raised(() => officialRange("A:G"))).toBe("ValueError");
  expect(raised(() => officialRange("A1:B2:C3"))).toBe("ValueError");
  expect(raised(() => officialRange("A²:B2"))).toBe("ValueError");
});

test("the reference grader fills in what is left out from the sheet of the answer", () => {
  const extent = { maxRow: 10, maxColumn: 4 };
  expect(referenceRange("A:B", extent)).toEqual(block(1, 1, 2, 10));
  expect(referenceRange("A:B", undefined)).toEqual(block(1, 1, 2, 1000));
  expect(referenceRange("2:3", extent)).toEqual(block(1, 2, 4, 3));
  expect(referenceRange("B2:D", extent)).toEqual(block(2, 2, 4, 10));
  expect(referenceRange("BD2:308", extent)).toEqual(block(56, 2, 4, 308));
});

test("names of anything but one cell raise what openpyxl raises", () => {
  expect(cellNamed("$b$3")).toEqual({ row: 3, column: 2 });
  const names = ["", "A", "5", "0", "A0", "A1048577", "AAAA1", "A 1", "A1.5"];
  expect(names.map((name) => raised(() => cellNamed(name)))).toEqual([
    ...["IndexError", "AttributeError", "AttributeError", "IndexError"],
    ...["ValueError", "ValueError", "ValueError", "ValueError", "ValueError"],
  ]);
});

test("what stands before a cell that raises is still compared", () => {
  const whole = (first: number, top: number, last: number, bottom: number) =>
    comparable({ firstColumn: first, firstRow: top, lastColumn: last, lastRow: bottom });
  expect(whole(1, 1, 2, 3).raises).toBeUndefined();
  expect(whole(3, 1, 2, 3)).toEqual({ blocks: [], raises: undefined });
  expect(whole(0, 1, 2, 3).raises?.name).toBe("AttributeError");
  expect(whole(1, 0, 2, 3).raises?.name).toBe("ValueError");
  const beyond = whole(1, 5, 2, 1_048_577);
  expect(beyond.raises?.name).toBe("ValueError");
  expect(beyond.blocks).toEqual([
    { firstColumn: 1, firstRow: 5, lastColumn: 1, lastRow: 1_048_576 },
  ]);
});

/** Parts of a position as `sheet!first:last`, or why it is not understood. */
function understood(position: string, sheets: readonly string[] = ["Sheet1", "Data"]) {
  const read = readStrictPosition(position, sheets);
  if (typeof read === "string") return read;
  return read.map(({ sheet, block: it }) => {
    const last = it.lastRow === 1_048_576 ? "end" : it.lastRow;
    const right = it.lastColumn === 16_384 ? "end" : columnName(it.lastColumn);
    return `${sheet ?? "-"}!${cellName(it.firstRow, it.firstColumn)}:${right}${last}`;
  });
}

test.each([
  ["A1:B2", ["-!A1:B2"]],
  ["b2", ["-!B2:B2"]],
  [" $A$1:$B$2 ", ["-!A1:B2"]],
  ["B3:A1", ["-!A1:B3"]],
  ["A:B", ["-!A1:Bend"]],
  ["2:3", ["-!A2:end3"]],
  ["A2:B", ["-!A2:Bend"]],
  ["A:B3", ["-!A1:B3"]],
  ["BD2:308", ["-!BD2:BD308"]],
  ["A1：B2", ["-!A1:B2"]],
  ["'A1:B2'", ["-!A1:B2"]],
  ["A1, B2; C3", ["-!A1:A1", "-!B2:B2", "-!C3:C3"]],
  ["'Sheet1'!A1,B2", ["Sheet1!A1:A1", "Sheet1!B2:B2"]],
  ["A1,Data!B2", ["-!A1:A1", "Data!B2:B2"]],
  ["Sheet1'!A1", ["Sheet1!A1:A1"]],
  ["'Sheet1!A1:B2'", ["Sheet1!A1:B2"]],
  ["'Sheet1!'A1,'Data!'A2", ["Sheet1!A1:A1", "Data!A2:A2"]],
  ["'Data'!'Data!A1'", ["Data!A1:A1"]],
  ["\u00a0'data'!A1", ["Data!A1:A1"]],
])("strict understands %s", (position, parts) => {
  expect(understood(position)).toEqual(parts);
});

test("strict knows sheets by their names, commas, quotes and exclamation marks included", () => {
  const sheets = ["b2b, sez", "It's", "Hi!There", " lead", "A", "AB"];
  const parts = understood(
    "'b2b, sez'!A1,b2b, sez!A2,'It''s'!A1,It's!A2,'Hi!There'!A1,lead!A1,AB!A1,A!A1",
    sheets,
  );
  expect(parts).toEqual([
    ...["b2b, sez!A1:A1", "b2b, sez!A2:A2", "It's!A1:A1", "It's!A2:A2"],
    ...["Hi!There!A1:A1", " lead!A1:A1", "AB!A1:A1", "A!A1:A1"],
  ]);
});

test.each([
  ["", "names no cells"],
  [" , ", "names no cells"],
  ["A0", "no range"],
  ["A1:B2:C3", "no range"],
  ["A1:", "no range"],
  ["XFE1", "no range"],
  ["A1048577", "no range"],
  ["the answer", "no range"],
  ["Other!A1", "no sheet Other"],
  ["'Other, one'!A1", "no sheet 'Other, one'"],
])("strict does not understand %j", (position, because) => {
  expect(understood(position)).toContain(because);
});
