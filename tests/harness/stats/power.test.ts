import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clustersOf, type Observation, pairsOf } from "../../../harness/stats/observations.ts";
import {
  assumedByDefault,
  minimumDetectableEffect,
  plannedMinimumDetectableEffect,
  powerFor,
  standardError,
} from "../../../harness/stats/power.ts";
import { simulatedStudy } from "../../support/simulated-study.ts";

const plan = { groups: 180, tasks: 200, seeds: 3 };

describe("the standard error", () => {
  test("is the textbook's where every group is one episode", () => {
    const scores = [1, 0, 1, 1, 0, 0, 0, 1, 1, 1];
    const items = scores.map(
      (score, i): Observation => ({ task: `t${i}`, group: `g${i}`, seed: 41, score }),
    );
    const variance = (0.6 * 0.4 * 10) / 9;
    expect(standardError(clustersOf(items))).toBeCloseTo(Math.sqrt(variance / 10), 12);
  });

  test("needs two groups", () => {
    const one: Observation = { task: "a", group: "one", seed: 41, score: 1 };
    expect(standardError(clustersOf([one]))).toBeUndefined();
  });
});

describe("the minimum detectable effect of a study", () => {
  test("shrinks with the square root of the number of groups", () => {
    const effect = (groups: number) => {
      const { arm, baseline } = simulatedStudy("power", groups, 0.05);
      return minimumDetectableEffect(pairsOf(arm, baseline).differences) ?? Number.NaN;
    };
    expect(effect(100) / effect(1600)).toBeGreaterThan(3);
    expect(effect(100) / effect(1600)).toBeLessThan(5);
  });

  test("is unknown where no pair differs", () => {
    const { arm } = simulatedStudy("power", 20, 0);
    expect(minimumDetectableEffect(pairsOf(arm, arm).differences)).toBeUndefined();
  });
});

describe("the power of a plan", () => {
  test("at no effect is the level of the test", () => {
    expect(powerFor(0, { ...plan, groups: 1e6, tasks: 1e6 })).toBeCloseTo(0.05, 4);
  });

  test("at the planned minimum detectable effect is 80%", () => {
    const effect = plannedMinimumDetectableEffect(plan);
    expect(powerFor(effect, plan)).toBeCloseTo(0.8, 9);
    expect(powerFor(-effect, plan)).toBeCloseTo(0.8, 9);
  });

  test("rises with the effect and with tasks, and falls with what the arms differ in by chance", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.005, max: 0.15, noNaN: true }), (effect) => {
        const own = powerFor(effect, plan);
        expect(powerFor(effect + 0.01, plan)).toBeGreaterThanOrEqual(own);
        expect(powerFor(effect, { ...plan, groups: 360, tasks: 400 })).toBeGreaterThanOrEqual(own);
        expect(powerFor(effect, { ...plan, discordance: 0.4 })).toBeLessThanOrEqual(own);
        expect(powerFor(effect, { ...plan, groupCorrelation: 0.3 })).toBeLessThanOrEqual(own);
        expect(powerFor(effect, { ...plan, seeds: 1 })).toBeLessThanOrEqual(own);
      }),
    );
  });

  test("falls with the tests that it is corrected for", () => {
    expect(powerFor(0.05, { ...plan, tests: 1 })).toBe(powerFor(0.05, plan));
    expect(powerFor(0.05, { ...plan, tests: 20 })).toBeLessThan(powerFor(0.05, plan));
    const many = { ...plan, tests: 20, groups: 1e6, tasks: 1e6 };
    expect(powerFor(0, many)).toBeCloseTo(0.05 / 20, 5);
    expect(plannedMinimumDetectableEffect({ ...plan, tests: 20 })).toBeGreaterThan(
      plannedMinimumDetectableEffect(plan),
    );
  });

  test("is certain where every difference goes one way", () => {
    expect(powerFor(0.3, { ...plan, discordance: 0.2 })).toBe(1);
    expect(plannedMinimumDetectableEffect({ groups: 2, tasks: 2, seeds: 1 })).toBeLessThanOrEqual(
      assumedByDefault.discordance,
    );
  });
});
