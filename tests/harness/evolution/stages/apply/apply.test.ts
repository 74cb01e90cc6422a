import { describe, expect, test } from "vitest";
import type { Edit } from "../../../../../harness/contracts/index.ts";
import { applyPatch } from "../../../../../harness/evolution/stages/apply/apply.ts";
import {
  memoryRunner,
  roleModel,
  rule,
  ruleEdit,
  startSkill,
} from "../../../../support/evolution.ts";
import { steppingClock } from "../../../../support/stepping-clock.ts";

const good = ruleEdit("m1.e1", rule("Good"), ["t1", "t2"]);
const lost: Edit = { ...ruleEdit("m1.e2", rule("Lost"), ["t3"]), target_section: "## Nowhere" };

async function applied(edits: readonly Edit[], repair?: () => string) {
  const parent = startSkill();
  const before = JSON.stringify([...parent.files]);
  const model = roleModel({ repair: repair ?? (() => new Error("no repair was expected")) });
  const by = { model, repair: model, seed: 41, clock: steppingClock() };
  const result = await applyPatch(edits, { parent, ruleSchema: true }, by, memoryRunner());
  expect(JSON.stringify([...parent.files])).toBe(before);
  const outcomes = result.applied.outcomes.map((one) =>
    one.kind === "applied" ? "applied" : one.reason,
  );
  return { result, outcomes, asked: model.asked, parent, requests: model.requests };
}

describe("applying the merged patch", () => {
  test("needs no call when every edit fits", async () => {
    const { outcomes, asked, result } = await applied([good]);
    expect(outcomes).toEqual(["applied"]);
    expect(asked).toEqual([]);
    expect(result.applied.skill.files.get("SKILL.md")).toContain(rule("Good"));
  });

  test("sends what breaks a guardrail back once, and takes the repair of that edit alone", async () => {
    const { outcomes, asked, result, requests } = await applied([good, lost], () =>
      JSON.stringify({
        edits: [
          { ...lost, target_section: "## Begin", tasks: ["t7", "t8"], sources: ["p9.e9"] },
          { ...good, content: rule("Changed on the way") },
        ],
      }),
    );
    expect(asked).toEqual(["repair"]);
    expect(requests[0]?.messages[1]?.text).toMatch(/- m1\.e2: .*\(missing-anchor\)/);
    expect(outcomes).toEqual(["applied", "applied"]);
    // Neither support nor the other edits are the repair's to change.
    expect(result.edits.map(({ tasks, sources }) => [tasks, sources])).toEqual([
      [["t1", "t2"], ["m1.e1"]],
      [["t3"], ["m1.e2"]],
    ]);
    expect(result.applied.skill.files.get("SKILL.md")).not.toContain("Changed on the way");
  });

  test.each([
    ["is prose", "I cannot."],
    ["is no better", JSON.stringify({ edits: [lost] })],
    [
      "is no rule",
      JSON.stringify({ edits: [{ ...lost, target_section: "## Begin", content: "Be good." }] }),
    ],
  ])("withholds the offending edit alone when the repair %s", async (_, reply) => {
    const { outcomes, asked } = await applied([good, lost], () => reply);
    expect(asked).toEqual(["repair"]);
    expect(outcomes).toEqual(["applied", "missing-anchor"]);
  });

  test("with nothing applied the result is the parent, byte for byte", async () => {
    const { result, parent } = await applied([lost], () => "I cannot.");
    expect(result.applied.skill.digest).toBe(parent.digest);
  });
});
