import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeRows } from "../../harness/report/rows-file.ts";
import { smallStudy } from "../support/table-facts.ts";

const script = fileURLToPath(new URL("../../scripts/report.ts", import.meta.url));
const golden = (name: string) =>
  readFile(new URL(`../harness/report/golden/${name}`, import.meta.url), "utf8");
let run = "";

beforeAll(async () => {
  run = await mkdtemp(join(tmpdir(), "report-"));
  await writeFile(join(run, "rows.json"), writeRows(smallStudy()));
});
afterAll(() => rm(run, { recursive: true }));

/** Runs the script as a person would. */
function report(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ["--import", "tsx", script, ...args], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr });
    });
  });
}

test("prints the table of a run, for a terminal unless told otherwise", async () => {
  expect(await report(run)).toEqual({ code: 0, stdout: await golden("table.txt"), stderr: "" });
});

test("takes the rows file itself, and a format", async () => {
  const { code, stdout } = await report(join(run, "rows.json"), "--format", "md");
  expect({ code, stdout }).toEqual({ code: 0, stdout: await golden("table.md") });
});

test("a run that is not there is one line and exit code 2", async () => {
  const { code, stdout, stderr } = await report(join(run, "missing"));
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/^error: \S+missing: cannot be read \(.*\)\. Give the directory of .*\n$/);
});

test("a garbled rows file is one line and exit code 2", async () => {
  const file = join(run, "garbled.json");
  await writeFile(file, '{"format":');
  const { code, stderr } = await report(file);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^error: \S+garbled\.json: not JSON .*\n$/);
});

test("a format that does not exist, and no run at all, are exit code 2", async () => {
  expect((await report(run, "--format", "pdf")).code).toBe(2);
  expect((await report()).code).toBe(2);
});

test("--help says how", async () => {
  const { code, stdout } = await report("--help");
  expect(code).toBe(0);
  expect(stdout).toContain("--format");
});
