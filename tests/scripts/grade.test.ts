import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, expect, test, vi } from "vitest";
import { command, openWorkspace } from "../support/commands.ts";

vi.setConfig({ testTimeout: 60_000 });
const work = openWorkspace();
afterAll(work.remove);

const cases = [
  { id: "a", target: ["3 km"], canon: ["3.0"], prediction: ["3"] },
  { id: "b", target: ["Ode"], prediction: ["Epic"] },
  { id: 3, target: ["x", "y"], prediction: ["y", "x"] },
  { id: "none", target: ["x"], prediction: [] },
];
const text = (separator: string) => cases.map((one) => JSON.stringify(one)).join(separator);

test("one verdict a line, in order, from a file or from standard input", async () => {
  const file = work.path("cases.jsonl");
  writeFileSync(file, `${text("\r\n")}\r\n\r\n`);
  const [fromFile, piped] = await Promise.all([
    command("grade", ["wtq", file]),
    command("grade", ["wtq", "-"], { input: text("\n") }),
  ]);
  expect(fromFile).toMatchObject({ code: 0, err: "" });
  const verdicts = fromFile.out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(verdicts).toMatchObject([
    { id: "a", passed: true, score: 1 },
    { id: "b", passed: false, score: 0 },
    { id: 3, passed: true, score: 1 },
    { id: "none", passed: false, score: 0 },
  ]);
  for (const verdict of verdicts)
    expect(Object.keys(verdict)).toEqual(["id", "passed", "score", "because"]);
  expect(piped).toMatchObject({ code: 0, out: fromFile.out, err: "" });
});

test("a line that cannot be graded is named; the verdicts before it are kept", async () => {
  const file = work.path("torn.jsonl");
  const bad = [
    "{",
    '{"id":"c","target":"x","prediction":[]}',
    '{"target":["x"],"prediction":["x"]}',
  ];
  const runs = await Promise.all(
    bad.map((line, i) => {
      writeFileSync(`${file}${i}`, `${JSON.stringify(cases[0])}\n${line}\n`);
      return command("grade", ["wtq", `${file}${i}`]);
    }),
  );
  for (const [i, { code, out, err }] of runs.entries()) {
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ id: "a", passed: true });
    expect(err).toMatch(/^error: [^\n]+\n$/);
    expect(err).toContain(`${file}${i}:2`);
  }
  expect(readFileSync(`${file}0`, "utf8")).toContain("{\n");
});

test("an unknown domain, a missing file and a directory are one line and exit code 2", async () => {
  const runs = await Promise.all([
    command("grade", ["wkq", "cases.jsonl"]),
    command("grade", ["wtq", work.path("none.jsonl")]),
    command("grade", ["wtq", work.dir]),
  ]);
  for (const { code, out, err } of runs) {
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^error: [^\n]+\n$/);
  }
  expect(runs[0]?.err).toContain("Choose from wtq, math, spreadsheet, visionqa");
});

test("an id that comes twice, a file without cases and an odd domain are refused", async () => {
  const twice = work.path("twice.jsonl");
  writeFileSync(twice, `${JSON.stringify(cases[0])}\n\n${JSON.stringify(cases[0])}\n`);
  const empty = work.path("empty.jsonl");
  writeFileSync(empty, "\uFEFF\r\n");
  const runs = await Promise.all([
    command("grade", ["wtq", twice]),
    command("grade", ["wtq", empty]),
    command("grade", ["constructor", twice]),
  ]);
  expect(runs.map(({ code }) => code)).toEqual([2, 2, 2]);
  expect(runs[0]?.out.trimEnd().split("\n")).toHaveLength(1);
  expect(runs[0]?.err).toContain(`${twice}:3: id: "a" was used before, on line 1`);
  expect(runs[1]?.err).toContain(`${empty}: there are no cases in it`);
  expect(runs[2]?.err).toContain("there is no such domain");
});
