import { expect, test } from "vitest";
import {
  compareWorkbooks,
  type GraderName,
  graderNames,
} from "../../../domains/spreadsheet/grading/compare/compare-workbooks.ts";
import type {
  Comparison,
  ComparisonRequest,
  WorkbookSource,
} from "../../../domains/spreadsheet/grading/compare/comparison.ts";
import { gradeOf } from "../../../domains/spreadsheet/grading/grade.ts";
import { rawWorkbook } from "../../support/spreadsheet/raw-workbook.ts";

/** Rows of values as XML; a text that starts with `=` is a formula without a stored result. */
function rowsOf(rows: readonly (readonly (string | number | null)[])[]): string {
  const cell = (value: string | number | null) => {
    if (value === null) return "<c/>";
    if (typeof value === "number") return `<c><v>${value}</v></c>`;
    if (value.startsWith("=")) return `<c><f>${value.slice(1)}</f></c>`;
    return `<c t="str"><v>${value}</v></c>`;
  };
  return rows.map((row) => `<row>${row.map(cell).join("")}</row>`).join("");
}

type Sheets = Readonly<Record<string, readonly (readonly (string | number | null)[])[]>>;
function book(sheets: Sheets, name = "book.xlsx"): WorkbookSource {
  const raw = Object.fromEntries(
    Object.entries(sheets).map(([title, rows]) => [title, rowsOf(rows)]),
  );
  return { name, bytes: rawWorkbook({ sheets: raw }) };
}

const answer = book({
  First: [
    [1, "x"],
    [2, null],
  ],
  Second: [[7]],
});
function verdicts(request: Partial<ComparisonRequest>): Record<GraderName, string> {
  const whole = { answer, output: answer, position: "A1:B2", ...request };
  const said = graderNames.map((name) => [name, short(compareWorkbooks(whole, name))]);
  return Object.fromEntries(said);
}
const short = (one: Comparison) =>
  one.kind === "ungraded" ? one.reason : one.passed ? "pass" : one.reason;
const all = (verdict: string) => ({ strict: verdict, upstream: verdict, reference: verdict });

test("equal cells pass, whatever stands elsewhere", () => {
  expect(verdicts({})).toEqual(all("pass"));
  const output = book({ First: [[1.001, "x"], [2, ""], [99]], Second: [] });
  expect(verdicts({ output })).toEqual(all("pass"));
});

test("the first difference is named, column by column", () => {
  const output = book({
    First: [
      [1, "y"],
      [3, null],
    ],
  });
  const finding = compareWorkbooks({ answer, output, position: "A1:B2" }, "upstream");
  expect(finding).toMatchObject({
    passed: false,
    reason: "value_difference",
    because: "First!A2 should be 2 and is 3",
    firstDifference: { sheet: "First", cell: "A2", expected: "2", actual: "3" },
  });
});

test("a formula without a stored result is nothing, and said to be the cause", () => {
  const output = book({ First: [["=1", "x"], [2]] });
  for (const name of graderNames) {
    const finding = compareWorkbooks({ answer, output, position: "A1:B2" }, name);
    expect(finding.because).toContain("a formula there whose result was never stored");
  }
});

test("a missing, unreadable or wrongly named output fails; a missing sheet too", () => {
  const bytes = new TextEncoder().encode("no workbook");
  expect(verdicts({ output: { name: "o.xlsx", bytes: undefined } })).toEqual(all("file_missing"));
  expect(verdicts({ output: { name: "o.xlsx", bytes } })).toEqual(all("load_error"));
  expect(verdicts({ output: book({ First: [[1]] }, "o.xls") })).toEqual(all("load_error"));
  expect(verdicts({ output: book({ Other: [[1]] }) })).toEqual(all("worksheet_not_found"));
});

test("an answer that cannot be read is a failure to the published graders; strict leaves it out", () => {
  const bytes = new Uint8Array(100);
  expect(verdicts({ answer: { name: "a.xlsx", bytes } })).toEqual({
    ...all("load_error"),
    strict: "unsolvable",
  });
  expect(verdicts({ answer: { name: "a.xlsx", bytes: undefined } }).strict).toBe("unsolvable");
});

test("only strict looks at the sheet that answer_sheet names", () => {
  const output = book({
    First: [
      [1, "x"],
      [2, null],
    ],
    Second: [[8]],
  });
  const request = { output, position: "A1", answerSheet: "Second" };
  expect(verdicts(request)).toEqual({ ...all("pass"), strict: "value_difference" });
  expect(verdicts({ ...request, answerSheet: "'second','First'" }).strict).toBe("value_difference");
  expect(verdicts({ ...request, position: "First!A1" }).strict).toBe("pass");
  expect(verdicts({ ...request, answerSheet: "Third" }).strict).toBe("unsolvable");
});

test("positions that the published graders stumble over", () => {
  expect(verdicts({ position: "A:B" })).toEqual({
    ...all("pass"),
    upstream: "exception:ValueError",
  });
  expect(verdicts({ position: "A1, A2" })).toEqual({
    ...all("pass"),
    upstream: "exception:ValueError",
  });
  expect(verdicts({ position: "A1,Third!A1" })).toEqual({
    ...all("worksheet_not_found"),
    strict: "unsolvable",
  });
  expect(verdicts({ position: "" })).toEqual({
    ...all("exception:IndexError"),
    strict: "unsolvable",
  });
});

test("a range with nothing in it passes anything, except in strict", () => {
  const output = book({ First: [[5]] });
  expect(verdicts({ output, position: "A2:A1" })).toEqual({
    ...all("pass"),
    strict: "value_difference",
  });
});

test("upstream compares all ranges, so that a later one can raise; the reference stops at the first", () => {
  const output = book({ First: [[5]] });
  const found = verdicts({ output, position: "A1,A1:A2:A3" });
  expect([found.upstream, found.reference]).toEqual(["exception:ValueError", "value_difference"]);
  const both = verdicts({ output, position: "First!A1,Second!A1" });
  expect(both.upstream).toBe("value_difference+worksheet_not_found");
});

test("a whole column of the reference ends where the answer ends, cells looked at before included", () => {
  const output = book({ First: [[1, "x"], [2], [null, "extra"]] });
  expect(verdicts({ output, position: "B:B" }).reference).toBe("pass");
  expect(verdicts({ output, position: "A1:A3,B:B" }).reference).toBe("value_difference");
  expect(verdicts({ output, position: "B:B" }).strict).toBe("value_difference");
});

test("a chart sheet has a name and no cells", () => {
  const chart = rawWorkbook({
    sheets: { Chart: "<chartsheet/>", First: rowsOf([[1]]) },
    parts: {
      "xl/_rels/workbook.xml.rels":
        '<Relationships><Relationship Id="rId1" Type="chartsheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="worksheet" Target="worksheets/sheet2.xml"/></Relationships>',
      "xl/worksheets/_rels/sheet1.xml.rels": "<Relationships/>",
    },
  });
  const source = { name: "chart.xlsx", bytes: chart };
  expect(verdicts({ answer: source, output: source, position: "A1" })).toEqual({
    strict: "unsolvable",
    upstream: "exception:TypeError",
    // It asks for the last row first.
    reference: "exception:AttributeError",
  });
});

test("strict leaves out what no output can pass", () => {
  const nan = book({ First: [["nan"]] });
  expect(verdicts({ answer: nan, output: nan, position: "A1" })).toEqual({
    ...all("value_difference"),
    strict: "unsolvable",
  });
  const uncached = book({ First: [["=1+1", 5]] });
  expect(verdicts({ answer: uncached, position: "A1" }).strict).toBe("unsolvable");
});

test("strict does not compare cells whose value the answer does not know", () => {
  const uncached = book({ First: [["=1+1", 5]] });
  const output = book({ First: [[2, 5]] });
  expect(verdicts({ answer: uncached, output, position: "A1:B1" })).toEqual({
    ...all("value_difference"),
    strict: "pass",
  });
});

test("strict says where the untouched input would have passed", () => {
  const ask = (input: WorkbookSource) =>
    compareWorkbooks({ answer, output: answer, input, position: "A1:B2" }, "strict");
  expect(ask(answer)).toMatchObject({ passed: true, untouchedPasses: true });
  expect(ask(answer).because).toContain("the untouched input would pass as well");
  expect(ask(book({ First: [] }))).toMatchObject({ passed: true, untouchedPasses: false });
});

test("a task is graded by its cases: soft the share, passed all of them", () => {
  const pass: Comparison = { kind: "graded", passed: true, reason: "ok", because: "equal" };
  const fail: Comparison = { ...pass, passed: false, reason: "value_difference", because: "not" };
  expect(gradeOf([pass, fail])).toEqual({
    kind: "graded",
    score: 0.5,
    passed: false,
    because: "1: equal; 2: value_difference: not",
    metrics: { soft: 0.5, hard: 0, untouched: 0 },
  });
  expect(gradeOf([{ ...pass, untouchedPasses: true }])).toMatchObject({
    passed: true,
    metrics: { untouched: 1 },
  });
  const odd: Comparison = { kind: "ungraded", reason: "unsolvable", because: "no way" };
  expect(gradeOf([pass, odd])).toEqual({ kind: "ungraded", because: "no way" });
  expect(gradeOf([])).toMatchObject({ kind: "ungraded" });
});
