import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readRows, writeRows } from "../../harness/report/rows-file.ts";
import type { TableInput } from "../../harness/report/table-input.ts";
import { command, openWorkspace, type Ran, writeStudy } from "../support/commands.ts";
import { smallStudy } from "../support/table-facts.ts";

const workspace = openWorkspace();
const budget = { rollouts: 24, failing: 0.7, patched: 0.2 };
const variants = {
  faithful: { preset: "faithful", rolloutBudget: budget },
  "+contrast": { preset: "faithful", rolloutBudget: budget, contrast: 3 },
};
const ladder = {
  conditions: ["no-skill", "parametric", "creation+error"],
  splits: {
    evolve: { from: "training", take: 8 },
    test: { from: "pristine-unseen", take: 4 },
  },
  seeds: [41, 42],
  retention: true,
  variants,
};
let ran: Ran;
let input: TableInput;

beforeAll(async () => {
  ran = await command("bench", [
    writeStudy(workspace, "ladder", ladder),
    ...workspace.flags("ladder"),
  ]);
  if (ran.code !== 0) throw new Error(ran.err);
  const file = path.join(workspace.out("ladder"), "rows.json");
  input = readRows(readFileSync(file, "utf8"), file);
}, 120_000);
afterAll(() => workspace.remove());

const armOf = (condition: string, split: string) => {
  const arm = input.arms.find((one) => one.condition === condition && one.split === split);
  if (arm === undefined) throw new Error(`no ${condition} on ${split}`);
  return arm;
};
const tasksOf = (condition: string, split: string) =>
  new Set(armOf(condition, split).observations.map(({ task }) => task));

describe("a study with variants", () => {
  test("prints its table, and then the ladder", () => {
    expect(ran.out).toContain("creation+error @ +contrast");
    expect(ran.out.indexOf("Ladder. Study ladder")).toBeGreaterThan(
      ran.out.indexOf("Study ladder"),
    );
  });

  test("keeps which rung a row is, and what its skill took within the budget", () => {
    const { variant, making } = armOf("creation+error @ faithful", "test");
    expect(variant).toEqual({ of: "creation+error", name: "faithful" });
    expect(making?.skills).toBe(1);
    expect(making?.rollouts).toBeGreaterThan(0);
    expect(making?.rollouts).toBeLessThanOrEqual(budget.rollouts);
    expect(making?.spent.calls).toBeGreaterThanOrEqual(making?.rollouts ?? 0);
    expect(armOf("parametric", "test").making).toMatchObject({ rollouts: 0, skills: 2 });
  });

  test("learns from fewer tasks where its parts are dearer, the first ones of one pool", () => {
    const [cheap, dear] = ["faithful", "+contrast"].map((rung) =>
      tasksOf(`creation+error @ ${rung}`, "evolve"),
    ) as [Set<string>, Set<string>];
    expect([cheap.size, dear.size]).toEqual([4, 2]);
    expect([...dear].every((task) => cheap.has(task))).toBe(true);
    expect(tasksOf("parametric", "evolve").size).toBe(8);
  });

  test("marks episodes of training tasks, and has them in no row of the table", () => {
    for (const arm of input.arms) expect(arm.train === true).toBe(arm.split === "evolve");
    const table = readFileSync(path.join(workspace.out("ladder"), "table.csv"), "utf8");
    expect(table).not.toContain("evolve");
  });

  test("prints the same ladder again from its rows, in every format", async () => {
    const out = workspace.out("ladder");
    const files = [
      ["ladder", "ladder.txt"],
      ["ladder-md", "ladder.md"],
      ["ladder-csv", "ladder.csv"],
      ["ladder-tex", "ladder.tex"],
      ["ladder-json", "ladder.json"],
    ] as const;
    await Promise.all(
      files.map(async ([format, file]) => {
        const again = await command("report", [out, "--format", format]);
        expect(again.out).toBe(readFileSync(path.join(out, file), "utf8"));
      }),
    );
    expect(ran.out).toContain(readFileSync(path.join(out, "ladder.txt"), "utf8"));
  }, 60_000);
});

test("a study without variants has no ladder: one line and exit code 2", async () => {
  const file = workspace.path("plain-rows.json");
  writeFileSync(file, writeRows(smallStudy()));
  const { code, err } = await command("report", [file, "--format", "ladder"]);
  expect(code).toBe(2);
  expect(err).toMatch(
    /^error: \S+rows\.json: this study has no variants.*configs\/ladder\.yaml.*\n$/,
  );
});

test("a budget that is not enough to learn from anything is one line, with its place and what to do", async () => {
  const study = writeStudy(workspace, "poor", {
    ...ladder,
    variants: { faithful: { preset: "faithful", rolloutBudget: { ...budget, rollouts: 6 } } },
  });
  const { code, err } = await command("bench", [study, ...workspace.flags("poor")]);
  expect(code).toBe(2);
  expect(err).toMatch(
    /poor\.yaml:\d+: variants\.faithful\.rolloutBudget: 6 rollouts are not enough .* Raise it/,
  );
});

test("a plan says what the study would find before anything is paid for", async () => {
  const { out } = await command("bench", [
    workspace.path("ladder.yaml"),
    ...workspace.flags("planned"),
    "--plan",
  ]);
  expect(out).toMatch(
    /test: 4 tasks in \d+ groups find a true difference of [\d.]+ points with 80% power/,
  );
  expect(out).toMatch(
    /corrected for all 3 comparisons; one of 2\.0, 5\.0, 10\.0 points with \d+%, \d+%, \d+%/,
  );
  expect(out).toContain("rollout (retention)");
});
