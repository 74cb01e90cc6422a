import { describe, expect, test } from "vitest";
import { evolve } from "../../../../../harness/evolution/evolve.ts";
import { type EvolutionPreset, presets } from "../../../../../harness/evolution/presets.ts";
import {
  plainMerge,
  settle,
  shownEdits,
  type World,
  worldTasks,
} from "../../../../support/evolution-world.ts";

/**
 * A merge that is a draw: with the seed of the second it keeps "Carry the one", with the others it drops
 * it as standing alone. Tasks pass once the skill says "Carry the one".
 */
const world: World = {
  tasks: 4,
  passes: ({ skill }) => skill.includes("Carry the one"),
  learns: (task) => [task === 0 ? "Carry the one" : "Keep still"],
  parts: {
    merge: (request, turn) => {
      if (request.seed === 42) return plainMerge(request, turn);
      const { edits } = JSON.parse(String(plainMerge(request, turn))) as {
        edits: { content: string }[];
      };
      const gone = shownEdits(request.messages[1]?.text ?? "").filter(({ content }) =>
        String(content).includes("Carry"),
      );
      return JSON.stringify({
        edits: edits.filter(({ content }) => !content.includes("Carry")),
        dropped: gone.map(({ id }) => ({ id, because: "stands alone" })),
      });
    },
  },
};

const evolved = async (preset: Partial<EvolutionPreset>, select?: number) => {
  const setting = settle(world, {
    preset: { ...presets.default, gate: "none", contrast: 1, replay: 0, minSupport: 1, ...preset },
    ...(select === undefined ? {} : { selectTasks: worldTasks(select) }),
  });
  const evolution = await evolve(setting.request, setting.deps);
  return { ...evolution, episodes: setting.episodes };
};

describe("several merges of the same patches", () => {
  test("the best skill is taken, by the tasks of the select split", async () => {
    const one = await evolved({ mergeSeeds: 1 }, 3);
    expect(one.skill.files.get("SKILL.md")).not.toContain("Carry the one");
    expect(one.account.choice).toBeUndefined();
    const three = await evolved({ mergeSeeds: 3 }, 3);
    expect(three.skill.files.get("SKILL.md")).toContain("Carry the one");
    expect(three.account.choice).toEqual({ merges: 3, distinct: 2, rollouts: 6 });
    expect(three.account.rollouts).toMatchObject({ evolve: 4, choose: 6 });
    expect(three.account.spent["merge"]?.calls).toBe(3 * (one.account.spent["merge"]?.calls ?? 0));
  });

  test("without a select split the evolve tasks choose", async () => {
    const { account } = await evolved({ mergeSeeds: 2 });
    expect(account.choice).toEqual({ merges: 2, distinct: 2, rollouts: 8 });
  });

  test("equal skills are not tried, and the first one stays", async () => {
    const { account, episodes } = await evolved(
      { mergeSeeds: 2, duplication: 1, minSupport: 3 },
      3,
    );
    expect(account.choice?.distinct).toBeLessThanOrEqual(2);
    expect(episodes.length).toBe(4 + (account.choice?.rollouts ?? 0));
  });
});
