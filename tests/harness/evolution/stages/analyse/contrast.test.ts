import { describe, expect, test } from "vitest";
import { evolve } from "../../../../../harness/evolution/evolve.ts";
import { type EvolutionPreset, presets } from "../../../../../harness/evolution/presets.ts";
import { assertAccount } from "../../../../../harness/evolution/record/account.ts";
import { accountText } from "../../../../../harness/evolution/record/account-text.ts";
import { memory } from "../../../../support/evolution.ts";
import { settle, taskNumber, type World } from "../../../../support/evolution-world.ts";

/** What the contrast analyst says of a pair, where both episodes have two steps. */
const difference = (title: string, over: Record<string, unknown> = {}) => ({
  divergence: { failed_step: 1, passed_step: 2, what: "only the passed one counted again" },
  memories: [{ ...memory(title, [1]), passed_steps: [2] }],
  ...over,
});

/**
 * Eight tasks that fail at first; no analyst finds a fix. Tasks 2, 3 and 4 pass in their third
 * episode, and only beside that success the failure teaches something.
 */
const world: World = {
  tasks: 8,
  passes: ({ task, repeat }) => repeat === 2 && [2, 3, 4].includes(task),
  learns: () => [],
  parts: {
    "contrast-analyst": (request) =>
      JSON.stringify(difference(taskNumber(request.messages[1]?.text ?? "") < 4 ? "Hold" : "Wait")),
  },
};

const evolved = async (preset: Partial<EvolutionPreset>, over: Partial<World> = {}) => {
  const setting = settle(
    { ...world, ...over },
    { preset: { ...presets.default, contrast: 1, replay: 0, ...preset } },
  );
  return { ...setting, ...(await evolve(setting.request, setting.deps)) };
};

describe("contrast of several seeds", () => {
  test("finds what no single trajectory shows, with three episodes and not with two or one", async () => {
    for (const contrast of [1, 2]) {
      const { account } = await evolved({ contrast });
      expect(account.identical).toBe(true);
    }
    const { skill, account } = await evolved({ contrast: 3 });
    expect(skill.files.get("SKILL.md")).toContain("Hold");
    expect(skill.files.get("references/single-source.md")).toContain("Wait");
    expect(account.contrast).toEqual({
      tasks: 8,
      repeats: { total: 16, passed: 3, failed: 13, errored: 0 },
      uncertain: 3,
      explained: 3,
      dropped: {},
      memories: 3,
    });
    expect(account.rollouts).toEqual({ evolve: 8, contrast: 16 });
    expect(accountText(account, "A title")).toContain("3 tasks with both outcomes");
    expect(() => assertAccount(account)).not.toThrow();
  });

  test("runs only failed tasks again, each at so many further repeats", async () => {
    const { episodes } = await evolved(
      { contrast: 3 },
      { passes: ({ task }) => task % 2 === 0, learns: () => [] },
    );
    const again = episodes.filter(({ repeat }) => repeat > 0);
    expect(again.map(({ task }) => task).sort()).toEqual([1, 1, 3, 3, 5, 5, 7, 7]);
    expect(new Set(again.map(({ repeat }) => repeat))).toEqual(new Set([1, 2]));
  });

  test("shows the analyst the failure and the success of the same task, and no reference", async () => {
    const { author } = await evolved({ contrast: 3 });
    const shown = author.requests
      .filter(({ messages }) => messages[0]?.text.startsWith("# Role: contrast-analyst"))
      .map(({ messages }) => messages[1]?.text ?? "");
    expect(shown).toHaveLength(3);
    for (const text of shown) {
      const [failed = "", passed = ""] = text.split("## The passed episode");
      expect(failed).toContain("Submitted:\n\n```\n7\n```");
      expect(passed).toContain(`Submitted:\n\n\`\`\`\n${3000 + 2 * taskNumber(text)}\n\`\`\``);
      expect(failed).not.toContain(String(3000 + 2 * taskNumber(text)));
      expect(text).not.toContain("secret words of the skill");
    }
  });

  test("a rule learned of a pair names both trajectories with their steps", async () => {
    const { provenance } = await evolved({ contrast: 3 });
    const edit = provenance.edits.find(({ rule }) => rule.includes("Hold"));
    expect(edit?.tasks).toEqual(["task-2", "task-3"]);
    expect(edit?.patches.map(({ id, steps }) => [id, steps])).toEqual([
      ["p1", [1]],
      ["p1", [2]],
      ["p2", [1]],
      ["p2", [2]],
    ]);
    expect(new Set(edit?.patches.map(({ row }) => row)).size).toBe(4);
  });

  test("counts a task once, whoever learned of it", async () => {
    const { provenance, account } = await evolved(
      { contrast: 3 },
      { learns: (_, side) => (side === "failure" ? ["Hold"] : []) },
    );
    expect(account.patches.made).toBe(11);
    const edit = provenance.edits.find(({ rule }) => rule.includes("Hold"));
    expect(edit?.tasks).toHaveLength(8);
  });

  test("is off where failures are not analysed", async () => {
    const setting = settle(world, {
      preset: { ...presets.default, contrast: 3 },
      analysts: "success",
    });
    const { account } = await evolve(setting.request, setting.deps);
    expect(account.contrast).toBeUndefined();
    expect(setting.episodes.filter(({ repeat }) => repeat > 0)).toEqual([]);
  });

  test("episodes that broke are neither side of a pair", async () => {
    const { account } = await evolved(
      { contrast: 3 },
      { breaks: ({ task, repeat }) => task === 2 && repeat === 2 },
    );
    expect(account.contrast).toMatchObject({
      repeats: { total: 16, passed: 2, failed: 13, errored: 1 },
      uncertain: 2,
    });
  });
});

describe("a reply of the contrast analyst", () => {
  const ended = async (reply: unknown) => {
    const { account } = await evolved(
      { contrast: 3 },
      { parts: { "contrast-analyst": () => JSON.stringify(reply) } },
    );
    return account;
  };

  test.each([
    ["no divergence", { divergence: null }, "no-divergence", "no-step"],
    [
      "a divergence at a step that is not there",
      { divergence: { failed_step: 9, passed_step: 1, what: "x" } },
      "no-divergence",
      "no-step",
    ],
    [
      "an item without steps of the passed one",
      { memories: [memory("M")] },
      "no-memories",
      "no-step",
    ],
    [
      "an item without steps of the failed one",
      { memories: [{ ...memory("M", [7]), passed_steps: [1] }] },
      "no-memories",
      "no-step",
    ],
    ["no list of memories", { memories: "none" }, "no-memories", "wrong-shape"],
  ])("with %s is repaired once and then dropped", async (_, over, reason, fault) => {
    const { contrast, replies } = await ended(difference("M", over));
    expect(contrast).toMatchObject({ uncertain: 3, explained: 0, dropped: { [reason]: 3 } });
    expect(replies["analyse"]).toMatchObject({ repairs: 3, faults: { [fault]: 6 } });
  });

  test("with nothing to teach is taken at its word", async () => {
    const { contrast, replies } = await ended({ memories: [] });
    expect(contrast).toMatchObject({ dropped: { "no-memories": 3 } });
    expect(replies["analyse"]).toMatchObject({ repairs: 0 });
  });
});
