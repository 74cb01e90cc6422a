import { mkdirSync, writeFileSync } from "node:fs";
import { afterAll, expect, test, vi } from "vitest";
import { command, openWorkspace } from "../support/commands.ts";
import { rawCells } from "../support/spreadsheet/raw-workbook.ts";

vi.setConfig({ testTimeout: 60_000 });
const work = openWorkspace();
afterAll(work.remove);

const number = (value: number) => rawCells([`<c r="A1"><v>${value}</v></c>`]);
mkdirSync(work.path("books"));
writeFileSync(work.path("books/five.xlsx"), number(5));
writeFileSync(work.path("books/six.xlsx"), number(6));
writeFileSync(work.path("books/text.xlsx"), "no workbook");

const five = { answer: "five.xlsx", answer_position: "A1" };
const cases = [
  { id: "same", ...five, output: "five.xlsx" },
  { id: 2, ...five, output: "six.xlsx", instruction_type: "Cell-Level Manipulation" },
  { id: "untouched", ...five, output: "five.xlsx", input: "five.xlsx", answer_sheet: "S" },
  { id: "none", ...five, output: "none.xlsx" },
  { id: "text", ...five, output: "text.xlsx" },
  { id: "columns", ...five, output: "five.xlsx", answer_position: "A:A" },
  { id: "nowhere", ...five, output: "five.xlsx", answer_position: "Other!A1" },
];

function casesFile(name: string, lines: readonly unknown[]): string {
  const file = work.path(name);
  writeFileSync(
    file,
    lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n"),
  );
  return file;
}
const grade = (file: string, ...more: string[]) =>
  command("grade", ["spreadsheet", file, "--root", work.path("books"), ...more]);
const verdictsOf = (out: string) =>
  out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

test("verdicts come in the order of the cases, by the grader that was asked for", async () => {
  const file = casesFile("cases.jsonl", cases);
  const [strict, upstream, reference] = await Promise.all([
    grade(file),
    grade(file, "--grader", "upstream"),
    grade(file, "--grader", "reference"),
  ]);
  expect(strict).toMatchObject({ code: 0, err: "" });
  expect(verdictsOf(strict.out)).toEqual([
    { id: "same", passed: true, score: 1, because: "all compared cells are equal" },
    { id: 2, passed: false, score: 0, because: "value_difference: S!A1 should be 5 and is 6" },
    {
      id: "untouched",
      passed: true,
      score: 1,
      because: "all compared cells are equal; the untouched input would pass as well",
    },
    { id: "none", passed: false, score: 0, because: "file_missing: there is no output file" },
    {
      id: "text",
      passed: false,
      score: 0,
      because: "load_error: text.xlsx: the file is not a zip archive",
    },
    { id: "columns", passed: true, score: 1, because: "all compared cells are equal" },
    expect.objectContaining({ id: "nowhere", passed: false, score: null }),
  ]);
  const scores = (run: { readonly out: string }) => verdictsOf(run.out).map(({ score }) => score);
  expect(scores(upstream)).toEqual([1, 0, 1, 0, 0, 0, 0]);
  expect(scores(reference)).toEqual([1, 0, 1, 0, 0, 1, 0]);
});

test("a line that cannot be graded is named; the verdicts before it are kept", async () => {
  const bad = ["{", { id: "x", ...five, output: "../outside.xlsx" }];
  const runs = await Promise.all(
    bad.map(async (line, n) => {
      const file = casesFile(`bad${n}.jsonl`, [cases[0], cases[1], line]);
      return { file, ...(await grade(file)) };
    }),
  );
  for (const { file, code, out, err } of runs) {
    expect(code).toBe(2);
    expect(verdictsOf(out).map(({ id }) => id)).toEqual(["same", 2]);
    expect(err).toMatch(/^error: [^\n]+\n$/);
    expect(err).toContain(`${file}:3`);
  }
  expect(runs[1]?.err).toContain("is not below");
});

test("an unknown grader, a missing root and flags of another domain are one line and exit code 2", async () => {
  const file = casesFile("one.jsonl", [cases[0]]);
  const runs = await Promise.all([
    grade(file, "--grader", "official"),
    command("grade", ["spreadsheet", file, "--root", work.path("nothing")]),
    command("grade", ["wtq", file, "--root", work.dir]),
  ]);
  for (const { code, out, err } of runs) {
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^error: [^\n]+\n$/);
  }
  expect(runs[0]?.err).toContain("strict, upstream, reference");
});
