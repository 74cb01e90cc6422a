import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeRows } from "../../harness/report/rows-file.ts";
import { paperStudy } from "../support/paper/study.ts";
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

describe("paper", () => {
  test("prints a table of the paper, and as JSON its average beside the recomputed one", async () => {
    const { code, stdout } = await report("paper", "table1");
    expect(code).toBe(0);
    expect(stdout).toContain("deepening +error, 122B");
    const { rows } = JSON.parse((await report("paper", "table1", "--json")).stdout);
    expect(rows).toHaveLength(15);
    expect(rows[0]).toMatchObject({ condition: "no-skill", author: null, mode: null, avg: 18.35 });
    for (const { avg, recomputedAvg } of rows)
      expect(Math.abs(avg - recomputedAvg)).toBeLessThanOrEqual(0.02);
  });

  test("a table that does not exist is one line and exit code 2", async () => {
    expect(await report("paper", "table7")).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "error: paper table7: the paper has no such table here. Name one of table1, table2, table3, table4, table5, table6.\n",
    });
  });

  test("puts a finished run beside it, cells that were not run too", async () => {
    const file = join(run, "paper.json");
    const names: Readonly<Record<string, string>> = {
      sheets: "vrf",
      shares: "soft",
      tables: "wikitq",
    };
    const study = paperStudy();
    const renamed = (text: string) => names[text] ?? text;
    const user = (name: string) => (name === "large" ? "122B" : "35B");
    await writeFile(
      file,
      writeRows({
        ...study,
        models: study.models.map((model) => ({ ...model, name: user(model.name) })),
        splits: study.splits.map(renamed),
        asked: [],
        arms: study.arms.map((arm) => ({
          ...arm,
          split: renamed(arm.split),
          user: user(arm.user),
          author: arm.author === null ? null : "122B",
          baseline: arm.baseline && { ...arm.baseline, author: arm.baseline.author && "122B" },
        })),
      }),
    );
    const { code, stdout } = await report("paper", "table1", "--run", file, "--format", "md");
    expect(code).toBe(0);
    const line = stdout
      .split("\n")
      .find((text) => text.startsWith("| +error<br>creation<br>by 122B"));
    expect(line).toMatch(/\| ours \S+ \[.*?\]<br>paper \+22\.83<br>diff \S+/);
    expect(line).toContain("no figure: not run<br>paper +5.87");
  });

  test("a run of other names is refused with the names it takes", async () => {
    const { code, stderr } = await report("paper", "table1", "--run", run);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: \S+rows\.json: no arm of this study belongs to .*\n$/);
  });
});

describe("transfer", () => {
  test("one run or several, in every format", async () => {
    const file = join(run, "transfer.json");
    await writeFile(file, writeRows(paperStudy({ study: "second" })));
    const one = await report("transfer", run, "--format", "csv");
    expect([one.code, one.stdout.trim().split("\n").length]).toEqual([0, 1 + 2]);
    const two = await report("transfer", run, file, "--json");
    expect(JSON.parse(two.stdout).rows).toHaveLength(2 + 12);
  });

  test("no run is exit code 2", async () => {
    expect((await report("transfer")).code).toBe(2);
  });
});
