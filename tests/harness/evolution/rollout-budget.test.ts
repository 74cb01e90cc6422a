import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type EvolutionPreset, presets } from "../../../harness/evolution/presets.ts";
import {
  largestShares,
  rolloutsNeeded,
  tasksWithinBudget,
} from "../../../harness/evolution/rollout-budget.ts";

const shares = { failing: 0.5, patched: 0.25, flipping: 0.2 };
/** One evolution with no part that runs anything beside the first rollouts. */
const plain: EvolutionPreset = { ...presets.faithful, evolutionSeeds: 1 };
const of = (
  over: Partial<EvolutionPreset>,
  analysts: "error" | "success" | "combined" = "error",
) => ({
  preset: { ...plain, ...over },
  analysts,
  tasks: 100,
  select: 40,
});
const needed = (over: Partial<EvolutionPreset>) => rolloutsNeeded(of(over), shares);

describe("the rollouts that an evolution needs", () => {
  test("are one a task where every part is off", () => {
    expect(needed({})).toEqual({
      learn: 100,
      contrast: 0,
      replay: 0,
      gate: 0,
      choose: 0,
      total: 100,
    });
  });

  test("of the paper's preset are three evolutions, each tried on the tasks it learnt from", () => {
    expect(needed({ evolutionSeeds: 3 })).toMatchObject({ learn: 300, choose: 300, total: 600 });
    expect(needed({ evolutionSeeds: 3, selectOn: "select" })).toMatchObject({ choose: 120 });
  });

  test("grow with contrast by the further episodes of failed tasks, which success analysts leave out", () => {
    expect(needed({ contrast: 3 })).toMatchObject({ contrast: 100 });
    expect(rolloutsNeeded(of({ contrast: 3 }, "success"), shares)).toMatchObject({ contrast: 0 });
  });

  test("grow with replay by each patch's own task and its neighbours", () => {
    expect(needed({ replay: 2 })).toMatchObject({ replay: 75 });
  });

  test("grow with the gate by both arms on the select split, and the flips again", () => {
    expect(needed({ gate: "flips", gateRepeats: 3 }).gate).toBeCloseTo(2 * 40 * 1.6, 9);
  });

  test("grow with several merges by trying each, on the select split where the preset uses one", () => {
    expect(needed({ mergeSeeds: 2 })).toMatchObject({ choose: 200 });
    expect(needed({ mergeSeeds: 2, gate: "flips" })).toMatchObject({ choose: 80 });
  });

  test("come again in every round, but for the choice", () => {
    const one = needed({ evolutionSeeds: 2, contrast: 3, replay: 2, gate: "flips" });
    const two = needed({ evolutionSeeds: 2, contrast: 3, replay: 2, gate: "flips", rounds: 2 });
    expect(two.total - two.choose).toBeCloseTo(2 * (one.total - one.choose), 9);
    expect(two.choose).toBe(one.choose);
  });

  test("are never more than with the largest shares", () => {
    const request = of({ contrast: 3, replay: 2, gate: "flips" });
    const { total } = rolloutsNeeded(request, shares);
    expect(rolloutsNeeded(request, largestShares).total).toBeGreaterThan(total);
  });
});

describe("a budget", () => {
  const budget = (rollouts: number) => ({ rollouts, ...shares });
  const within = (rollouts: number, over: Partial<EvolutionPreset> = {}) =>
    tasksWithinBudget(of({ ...over, rolloutBudget: budget(rollouts) }));

  test("that is not set leaves all tasks", () => {
    expect(tasksWithinBudget(of({}))).toBe(100);
  });

  test("gives dearer presets fewer tasks", () => {
    expect(within(60)).toBe(60);
    expect(within(60, { evolutionSeeds: 3 })).toBe(10);
    expect(within(60, { contrast: 3 })).toBe(30);
  });

  test("is spent as far as whole tasks allow, and never exceeded, whatever the parts", () => {
    const presetsWithParts = fc.record({
      evolutionSeeds: fc.integer({ min: 1, max: 3 }),
      contrast: fc.integer({ min: 1, max: 4 }),
      replay: fc.integer({ min: 0, max: 3 }),
      gate: fc.constantFrom("none" as const, "flips" as const),
      rounds: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(presetsWithParts, fc.integer({ min: 60, max: 2000 }), (over, rollouts) => {
        const request = of({ ...over, rolloutBudget: budget(rollouts) });
        const tasks = tasksWithinBudget(request);
        const spent = (n: number) => rolloutsNeeded({ ...request, tasks: n }, shares).total;
        if (tasks === undefined) expect(spent(2)).toBeGreaterThan(rollouts);
        else {
          expect(spent(tasks)).toBeLessThanOrEqual(rollouts + 1e-6);
          if (tasks < 100) expect(spent(tasks + 1)).toBeGreaterThan(rollouts);
        }
      }),
    );
  });

  test("that a gate alone uses up is not enough", () => {
    expect(within(100, { gate: "flips" })).toBeUndefined();
  });
});
