import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { openCaseGrader } from "../../../domains/spreadsheet/grade-cases.ts";
import { rawCells } from "../../support/spreadsheet/raw-workbook.ts";

const directory = mkdtempSync(path.join(tmpdir(), "t2s-cases-"));
const root = path.join(directory, "books");
mkdirSync(root);
const five = rawCells(['<c r="A1"><v>5</v></c>']);
writeFileSync(path.join(root, "five.xlsx"), five);
writeFileSync(path.join(directory, "outside.xlsx"), five);
symlinkSync(path.join(directory, "outside.xlsx"), path.join(root, "link.xlsx"));
const grader = await openCaseGrader({ root });
afterAll(async () => {
  await grader.close();
  rmSync(directory, { recursive: true });
});

const whole = { id: "x", answer: "five.xlsx", output: "five.xlsx", answer_position: "A1" };

test("notes of their own and missing values beside the fields change nothing", async () => {
  const noted = { ...whole, note: "mine", answer_sheet: null, instruction_type: null, input: null };
  expect(await grader.grade(noted, "cases:1")).toMatchObject({ id: "x", passed: true, score: 1 });
});

test("paths may be written in any way that stays below the root", async () => {
  const inside = [path.join(root, "five.xlsx"), "./five.xlsx", "deeper/../five.xlsx"];
  for (const output of inside)
    expect(await grader.grade({ ...whole, output }, "cases:1")).toMatchObject({ passed: true });
});

test.each<[string, unknown, string]>([
  ["no position", { ...whole, answer_position: undefined }, "cases:7: answer_position"],
  ["an id of the wrong type", { ...whole, id: null }, "cases:7: id"],
  ["an output of the wrong type", { ...whole, output: 5 }, "cases:7: output"],
  ["an empty path", { ...whole, answer: "" }, "cases:7: answer"],
  ["a list for a case", [], "cases:7: "],
  ["a path out of the root", { ...whole, output: "../outside.xlsx" }, "is not below"],
  ["an absolute path", { ...whole, answer: path.join(directory, "outside.xlsx") }, "is not below"],
  ["a link out of the root", { ...whole, input: "link.xlsx" }, "cases:7: input"],
])("%s is named by line and field, at once", (_, value, message) => {
  expect(() => grader.grade(value, "cases:7")).toThrow(message);
});

test("an unknown grader and a missing root say so", async () => {
  const open = (grader: string, below: string) => openCaseGrader({ grader, root: below });
  await expect(open("official", root)).rejects.toThrow("strict, upstream, reference");
  await expect(open("strict", path.join(root, "none"))).rejects.toThrow("--root");
});

test("a directory or a pipe in place of a workbook is told at once", async () => {
  mkdirSync(path.join(root, "folder.xlsx"));
  execFileSync("mkfifo", [path.join(root, "pipe.xlsx")]);
  const because = async (more: object) => (await grader.grade({ ...whole, ...more }, "c")).because;
  expect(await because({ output: "folder.xlsx" })).toContain("folder.xlsx: it is a directory");
  expect(await because({ output: "pipe.xlsx" })).toContain("pipe.xlsx: it is no file");
  expect(await grader.grade({ ...whole, answer: "folder.xlsx" }, "c")).toMatchObject({
    score: null,
  });
});
