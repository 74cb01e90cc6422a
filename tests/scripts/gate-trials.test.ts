import { readFileSync } from "node:fs";
import { afterAll, expect, test, vi } from "vitest";
import type { GateDecision } from "../../harness/evolution/stages/gate/arms.ts";
import { falseAcceptText } from "../../scripts/lib/gate-rates.ts";
import { command, journalRows, openWorkspace, writeStudy } from "../support/commands.ts";

vi.setConfig({ testTimeout: 180_000 });
const work = openWorkspace();
afterAll(work.remove);

const study = writeStudy(work, "aa", {
  splits: { select: { from: "training", take: 6 } },
  conditions: ["human-written"],
  authors: [],
  gateTrials: 3,
});

test("an A/A study gates a skill against itself, and leaves the rate", async () => {
  const planned = await command("bench", [study, ...work.flags("aa"), "--plan"]);
  expect(planned).toMatchObject({ code: 0, out: expect.stringMatching(/^3 gates: 36 first/) });
  const ran = await command("bench", [study, ...work.flags("aa"), "--json"]);
  expect(ran).toMatchObject({ code: 0 });
  const said = JSON.parse(ran.out);
  const [row] = said.rows;
  expect(said.rows).toHaveLength(1);
  expect(row).toMatchObject({
    condition: "human-written",
    tasks: 6,
    repeats: 3,
    threshold: 1.28,
    trials: 3,
    ungraded: 0,
  });
  expect(row.rate).toBe(row.accepted / 3);
  expect(JSON.parse(readFileSync(`${work.out("aa")}/rate.json`, "utf8"))).toEqual(said);
  const table = readFileSync(`${work.out("aa")}/table.md`, "utf8");
  expect(table).toContain("builtin (rule-based, not a language model)");
  expect(table).toContain("(the shipped sample)");

  // No run of a task has a draw in common with another one.
  const rollouts = journalRows(work.store("aa")).filter(({ stage }) => stage === "rollout");
  expect(rollouts).toHaveLength(Math.round(3 * row.rollouts));

  const again = await command("bench", [study, ...work.flags("aa"), "--json"]);
  expect(again.out).toBe(ran.out);
  expect(journalRows(work.store("aa"))).toHaveLength(rollouts.length);

  const decision: GateDecision = {
    ...{ accepted: true, because: "better" as const, candidate: "c", parent: "p" },
    ...{ domain: said.domain, model: row.agent, repeats: 3, threshold: 1.28, tasks: 6 },
    ...{ same: 3, repairs: 3, regressions: 0, ungraded: 0, unjudged: 0, z: 1.7 },
    rollouts: { first: 12, fresh: 18 },
  };
  const rates = [{ ...row, domain: said.domain, data: said.data.name }];
  expect(falseAcceptText(decision, rates)).toMatch(
    /^Measured false-accept rate on identical skills: [\d.]+% \[[\d.]+, [\d.]+\] of 3 \(small, builtin/,
  );
  expect(falseAcceptText({ ...decision, tasks: 7 }, rates)).toBe(
    "False-accept rate on identical skills: not measured for small on 7 tasks; run configs/aa.yaml.",
  );
});
