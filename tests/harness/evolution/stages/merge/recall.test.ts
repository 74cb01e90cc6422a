import { describe, expect, test } from "vitest";
import { evolve } from "../../../../../harness/evolution/evolve.ts";
import { type EvolutionPreset, presets } from "../../../../../harness/evolution/presets.ts";
import { plainMerge, settle, type World } from "../../../../support/evolution-world.ts";

/** Six lessons that two or three tasks teach, and four planted ones of a single task. */
const lessonOf = (task: number) => (task < 14 ? `Recurrent ${task % 6}` : `Planted ${task}`);
const recurrent = [0, 1, 2, 3, 4, 5].map((i) => `Recurrent ${i}.`);
const planted = [14, 15, 16, 17].map((i) => `Planted ${i}.`);

/** A careless merge: it forgets every second edit, and says nothing of it. */
const world: World = {
  tasks: 18,
  passes: () => false,
  learns: (task) => [lessonOf(task)],
  parts: {
    merge: (request, turn) => {
      const reply = JSON.parse(String(plainMerge(request, turn))) as { edits: unknown[] };
      return JSON.stringify({ ...reply, edits: reply.edits.filter((_, i) => i % 2 === 0) });
    },
  },
};

const evolved = async (over: Partial<EvolutionPreset>) => {
  const off = { contrast: 1, replay: 0, duplication: 1 };
  const { request, deps } = settle(world, { preset: { ...presets.default, ...off, ...over } });
  const { skill, account } = await evolve(request, deps);
  const inBody = (titles: readonly string[]) =>
    titles.filter((title) => skill.files.get("SKILL.md")?.includes(`**${title}**`));
  const inReference = (titles: readonly string[]) =>
    titles.filter((title) =>
      skill.files.get("references/single-source.md")?.includes(`**${title}**`),
    );
  return { account, inBody, inReference };
};

describe("the support ledger, with a merge that forgets", () => {
  test("keeps every lesson of two or more tasks in SKILL.md, and planted single ones out of it", async () => {
    const { account, inBody, inReference } = await evolved({ ledger: true });
    expect(inBody(recurrent)).toEqual(recurrent);
    expect(inBody(planted)).toEqual([]);
    expect(inReference(planted)).toEqual(planted);
    expect(account.fates.lost).toBe(0);
  });

  test("without it lessons of several tasks are lost, and the account counts them", async () => {
    const { account, inBody } = await evolved({ ledger: false, minSupport: 1 });
    expect(inBody(recurrent).length).toBeLessThan(recurrent.length);
    expect(account.fates.lost).toBeGreaterThan(0);
  });
});
