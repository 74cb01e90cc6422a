import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, expect, test, vi } from "vitest";
import { wtq } from "../../domains/wtq/domain.ts";
import {
  command,
  filesBelow,
  journalRows,
  openWorkspace,
  writeStudy,
} from "../support/commands.ts";

vi.setConfig({ testTimeout: 180_000 });
const work = openWorkspace();
afterAll(work.remove);

const study = writeStudy(work, "evolved", {
  splits: {
    evolve: { from: "training", take: 10 },
    select: { from: "training", skip: 20, take: 3 },
    test: { from: "pristine-unseen", take: 4 },
  },
  conditions: ["no-skill", "human-written", "deepening+combined"],
});
const evolve = (name: string, ...args: readonly string[]) =>
  command("evolve", [study, ...work.flags(name), ...args]);
const deepening = ["--author", "small", "--mode", "deepening", "--analysts", "combined"];

test("leaves a skill that lints, where each line comes from, and an account; and only evolves", async () => {
  const ran = await evolve("one", ...deepening, "--json");
  expect(ran).toMatchObject({ code: 0 });
  const said = JSON.parse(ran.out);
  expect(said).toMatchObject({
    skill: expect.stringMatching(/^[0-9a-f]{64}$/),
    parent: expect.stringMatching(/^[0-9a-f]{64}$/),
    account: expect.any(Object),
    withheld: expect.any(Array),
  });
  const out = work.out("one");
  const skill = `${out}/table-questions`;
  expect(said.dir).toBe(skill);
  expect(existsSync(`${skill}/SKILL.md`)).toBe(true);
  const account = readFileSync(`${out}/account.md`, "utf8");
  expect(account).toMatch(/^## Kept$/m);
  expect(account).toMatch(/^## Withheld$/m);

  const [lint, blame] = await Promise.all([
    command("skill", ["lint", skill]),
    command("skill", ["blame", skill]),
  ]);
  expect(lint).toMatchObject({ code: 0, out: expect.stringContaining(": 0 errors") });
  expect(blame).toMatchObject({ code: 0, err: "" });

  // Nothing was evaluated on the held-out split.
  const rollouts = journalRows(work.store("one")).filter(({ stage }) => stage === "rollout");
  const training = await (await wtq.open(undefined)).load("training", { render: "csv" });
  const ids = new Set<unknown>(training.map(({ id }) => id));
  expect(rollouts.length).toBeGreaterThanOrEqual(10);
  expect(rollouts.filter(({ about }) => !ids.has(about["task"]))).toEqual([]);
  const rows = journalRows(work.store("one")).length;
  const before = filesBelow(out);
  const again = await evolve("one", ...deepening);
  expect(again).toMatchObject({ code: 0, out: account });
  expect(filesBelow(out)).toEqual(before);
  expect(journalRows(work.store("one"))).toHaveLength(rows);
});

test("what does not fit is one line, and exit code 2", async () => {
  const runs = await Promise.all([
    evolve("none", "--author", "nobody", "--mode", "creation", "--analysts", "error"),
    evolve("none", "--author", "small", "--mode", "creating", "--analysts", "error"),
    evolve("none", "--author", "small", "--mode", "creation"),
  ]);
  for (const { code, out, err } of runs) {
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^error: [^\n]+\n$/);
  }
  expect(runs[0]?.err).toBe(
    `error: --author: nobody is not an author of ${study}. Choose from small.\n`,
  );
  expect(runs[1]?.err).toContain("deepening, creation");
  expect(runs[2]?.err).toContain("--analysts");
});

test("a directory with other files in it is not replaced", async () => {
  const mine = work.path("mine");
  mkdirSync(mine);
  writeFileSync(`${mine}/thesis.txt`, "three years");
  const ran = await evolve("one", ...deepening, "--out", mine);
  expect(ran).toMatchObject({ code: 2, out: "" });
  expect(ran.err).toMatch(/^error: --out: \S+mine holds other files, which would be deleted\. /m);
  expect(readFileSync(`${mine}/thesis.txt`, "utf8")).toBe("three years");
});
