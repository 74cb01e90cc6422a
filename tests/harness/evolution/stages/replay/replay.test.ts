import { describe, expect, test } from "vitest";
import { evolve } from "../../../../../harness/evolution/evolve.ts";
import { presets } from "../../../../../harness/evolution/presets.ts";
import { assertAccount } from "../../../../../harness/evolution/record/account.ts";
import { accountText } from "../../../../../harness/evolution/record/account-text.ts";
import { byCredit, creditOf } from "../../../../../harness/evolution/stages/replay/replay.ts";
import { settle, type World } from "../../../../support/evolution-world.ts";

/**
 * Twelve tasks; every third one passes from the start. "Carry the one" makes a failing task pass,
 * "Keep still" changes nothing, and "Drop a term" mends its own two tasks and breaks all that pass.
 */
const world: World = {
  tasks: 12,
  passes({ task, skill }) {
    if (skill.includes("Drop a term")) return task === 1 || task === 2;
    return task % 3 === 0 || skill.includes("Carry the one");
  },
  learns(task, side) {
    if (side === "success") return task === 0 ? ["Look twice"] : [];
    if (task === 1 || task === 2) return ["Drop a term"];
    return task === 4 || task === 5 ? ["Keep still"] : ["Carry the one"];
  },
};

const evolved = (replay: number, over: Partial<World> = {}) => {
  const { request, deps, episodes } = settle(
    { ...world, ...over },
    { preset: { ...presets.default, contrast: 1, replay } },
  );
  return evolve(request, deps).then((evolution) => ({ ...evolution, episodes }));
};

describe("replay credit", () => {
  test("keeps out a patch that mends its own task and breaks others; without it the patch gets in", async () => {
    const off = await evolved(0);
    expect(off.skill.files.get("SKILL.md")).toContain("Drop a term");
    const on = await evolved(2);
    expect(JSON.stringify([...on.skill.files])).not.toContain("Drop a term");
    expect(on.skill.files.get("SKILL.md")).toContain("Carry the one");
    expect(on.account.replay).toEqual({
      tried: 9,
      admitted: 5,
      keptOut: { "breaks a neighbour": 2, "fail to fail": 2 },
      points: { "1": 4, "2": 1, "3": 4 },
      breaking: 2,
      repairing: 0,
    });
  });

  test("counts what stays out by reason, and the account adds up", async () => {
    const { account, withheld } = await evolved(2);
    expect(account.proposed).toEqual({
      total: 9,
      withheld: { "replay: breaks a neighbour": 2, "replay: fail to fail": 2 },
      merged: 5,
    });
    expect(() => assertAccount(account)).not.toThrow();
    expect(withheld.filter(({ reason }) => reason.startsWith("replay: "))).toHaveLength(4);
    expect(accountText(account, "A title")).toContain("9 patches tried alone, 5 admitted");
    const lossy = { ...account, replay: { ...account.replay, admitted: 6 } };
    expect(() => assertAccount(lossy as typeof account)).toThrow("replay 9 against 10");
  });

  test("runs the patch's own task and so many neighbours, at the seed of the first rollout", async () => {
    const off = await evolved(0);
    const on = await evolved(2);
    expect(off.episodes).toHaveLength(12);
    expect(on.episodes).toHaveLength(12 + 9 * 3);
    expect(on.account.rollouts).toEqual({ evolve: 12, replay: 27 });
    expect(off.account.replay).toBeUndefined();
    expect(new Set(on.episodes.map(({ repeat }) => repeat))).toEqual(new Set([0]));
  });

  test("does not hold broken infrastructure against a patch", async () => {
    const { account } = await evolved(2, {
      breaks: ({ skill }) => skill.includes("Keep still"),
    });
    expect(account.replay?.keptOut).toEqual({ "breaks a neighbour": 2 });
  });
});

test("points are those of the own task, and a broken neighbour caps them", () => {
  expect(creditOf("p", "fail to pass", ["pass to pass"]).points).toBe(3);
  expect(creditOf("p", "pass to pass", ["fail to fail"]).points).toBe(2);
  expect(creditOf("p", "fail to fail", []).points).toBe(1);
  expect(creditOf("p", "pass to fail", ["fail to pass"]).points).toBe(0);
  expect(creditOf("p", "fail to pass", ["pass to pass", "pass to fail"])).toMatchObject({
    points: 1,
    because: "breaks a neighbour",
  });
  expect(creditOf("p", "pass to fail", ["pass to fail"]).because).toBe("pass to fail");
  expect(creditOf("p", "does not apply", []).points).toBe(0);
  expect(creditOf("p", "not graded", [undefined]).points).toBe(2);
});

test("patches of more credit come first, repaired neighbours decide, and the rest stays in order", () => {
  const credits = new Map(
    [
      creditOf("p1", "pass to pass", []),
      creditOf("p2", "fail to pass", []),
      creditOf("p3", "pass to pass", ["fail to pass"]),
      creditOf("p4", "fail to pass", []),
    ].map((credit) => [credit.patch, credit] as const),
  );
  const order = byCredit(
    ["p1", "p2", "p3", "p4"].map((id) => ({ id })),
    credits,
  );
  expect(order.map(({ id }) => id)).toEqual(["p2", "p4", "p3", "p1"]);
});
