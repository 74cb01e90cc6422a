import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Edit } from "../../../../../harness/contracts/index.ts";
import { evolve } from "../../../../../harness/evolution/evolve.ts";
import { presets } from "../../../../../harness/evolution/presets.ts";
import { withinBudget } from "../../../../../harness/evolution/stages/apply/edit-budget.ts";
import { rule, ruleEdit } from "../../../../support/evolution.ts";
import { settle } from "../../../../support/evolution-world.ts";

const supported = (id: string, tasks: number) =>
  ruleEdit(
    id,
    rule(id),
    Array.from({ length: tasks }, (_, i) => `t${i}`),
  );
const ids = (edits: readonly Edit[]) => edits.map(({ id }) => id);
const none = () => 0;

describe("the edit budget", () => {
  const edits = [supported("a", 1), supported("b", 3), supported("c", 2), supported("d", 2)];

  test("takes what most tasks support, in the order given", () => {
    const { within, over } = withinBudget(edits, 2, none);
    expect([ids(within), ids(over)]).toEqual([
      ["b", "c"],
      ["a", "d"],
    ]);
  });

  test("among equal support credit decides", () => {
    const { within } = withinBudget(edits, 2, ({ id }) => (id === "d" ? 3 : 2));
    expect(ids(within)).toEqual(["b", "d"]);
  });

  test("null allows everything", () => {
    expect(withinBudget(edits, null, none)).toEqual({ within: edits, over: [] });
  });

  test("a file and its link go together or stay out together", () => {
    const created: Edit = { ...supported("file", 1), file: "references/x.md", op: "create" };
    const link = ruleEdit("link", "Read [x](references/x.md) first.", ["t1", "t2", "t3", "t4"]);
    const pair = [created, supported("b", 3), link];
    expect(ids(withinBudget(pair, 1, none).within)).toEqual(["b"]);
    expect(ids(withinBudget(pair, 2, none).within)).toEqual(["file", "link"]);
  });

  test("never takes more than it may, and loses nothing", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5 })), fc.nat(12), (supports, budget) => {
        const many = supports.map((tasks, i) => supported(`e${i}`, tasks));
        const { within, over } = withinBudget(many, budget, none);
        expect(within.length).toBe(Math.min(budget, many.length));
        expect(ids([...within, ...over]).sort()).toEqual(ids(many).sort());
        const least = Math.min(...within.map(({ tasks }) => tasks.length));
        for (const { tasks } of over)
          if (within.length > 0) expect(tasks.length).toBeLessThanOrEqual(least);
      }),
    );
  });
});

test("an evolution applies no more edits than its budget, and says which it left out", async () => {
  const world = {
    tasks: 9,
    passes: () => false,
    learns: (task: number) => [`Rule ${task < 4 ? 1 : task < 7 ? 2 : 3}`],
  };
  const preset = { ...presets.default, contrast: 1, replay: 0, editBudget: 2 };
  const { request, deps } = settle(world, { preset });
  const { skill, account, withheld } = await evolve(request, deps);
  const text = skill.files.get("SKILL.md") ?? "";
  expect([1, 2, 3].map((i) => text.includes(`Rule ${i}`))).toEqual([true, true, false]);
  expect(account.final).toMatchObject({ total: 3, kept: 2, withheld: { "edit-budget": 1 } });
  expect(account.fates).toMatchObject({ kept: 7, withheld: 2 });
  expect(withheld).toMatchObject([{ reason: "edit-budget", detail: "2 tasks support it." }]);
});
