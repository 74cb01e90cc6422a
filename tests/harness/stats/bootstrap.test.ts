import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededBootstrap } from "../../../harness/stats/bootstrap.ts";
import {
  type Clusters,
  clustersOf,
  meanOf,
  type Observation,
  pairsOf,
} from "../../../harness/stats/observations.ts";
import { wilsonInterval } from "../../../harness/stats/wilson.ts";
import { simulatedStudy } from "../../support/simulated-study.ts";

const bootstrap = seededBootstrap("test");

const clusters = (...groups: [sum: number, count: number][]): Clusters => ({
  sums: Float64Array.from(groups.map(([sum]) => sum)),
  counts: Float64Array.from(groups.map(([, count]) => count)),
});

const observations = fc
  .array(
    fc.record({
      group: fc.integer({ min: 0, max: 7 }),
      score: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
    }),
    { maxLength: 40 },
  )
  .map((items) =>
    items.map(
      ({ group, score }, i): Observation => ({
        task: `t${i}`,
        group: `g${group}`,
        seed: 41,
        score,
      }),
    ),
  );

describe("the interval of a mean", () => {
  test("contains the mean and stays within 0 and 1", () => {
    fc.assert(
      fc.property(observations, (items) => {
        const sums = clustersOf(items);
        const interval = bootstrap.mean(sums);
        if (interval === undefined) {
          expect(sums.sums.length).toBeLessThan(2);
          return;
        }
        const mean = meanOf(sums) ?? Number.NaN;
        // Sums in another order differ in the last binary digit.
        expect(interval[0]).toBeLessThanOrEqual(mean + 1e-12);
        expect(interval[1]).toBeGreaterThanOrEqual(mean - 1e-12);
        expect(interval[0]).toBeGreaterThanOrEqual(0);
        expect(interval[1]).toBeLessThanOrEqual(1);
      }),
      { numRuns: 50 },
    );
  });

  test("does not depend on the order of the episodes", () => {
    fc.assert(
      fc.property(
        observations.chain((items) =>
          fc.tuple(fc.constant(items), fc.shuffledSubarray(items, { minLength: items.length })),
        ),
        ([items, mixed]) => {
          expect(bootstrap.mean(clustersOf(mixed))).toEqual(bootstrap.mean(clustersOf(items)));
        },
      ),
      { numRuns: 50 },
    );
  });

  test("needs two groups", () => {
    expect(bootstrap.mean(clusters([3, 6]))).toBeUndefined();
    expect(bootstrap.mean(clusters())).toBeUndefined();
  });

  test("is wider where the same episodes lie in fewer groups", () => {
    const many = Array.from({ length: 60 }, (_, i): [number, number] => [i % 2, 1]);
    const few = Array.from({ length: 6 }, (_, i): [number, number] => [(i % 2) * 10, 10]);
    const width = (sums: Clusters) => {
      const [low, high] = bootstrap.mean(sums) ?? [0, 0];
      return high - low;
    };
    expect(width(clusters(...few))).toBeGreaterThan(2 * width(clusters(...many)));
  });

  test("is Wilson's over groups where all groups agree", () => {
    const all = clusters([3, 3], [6, 6], [1, 1]);
    expect(bootstrap.mean(all)).toEqual(wilsonInterval(3, 3));
  });
});

describe("the interval of a difference", () => {
  const { arm, baseline } = simulatedStudy("mirror", 80, 0.05);

  test("is mirrored, to the last bit, when the arms are swapped", () => {
    const [low, high] = bootstrap.difference(pairsOf(arm, baseline).differences) ?? [];
    const [mirroredLow, mirroredHigh] =
      bootstrap.difference(pairsOf(baseline, arm).differences) ?? [];
    expect(mirroredLow).toBe(-(high ?? Number.NaN));
    expect(mirroredHigh).toBe(-(low ?? Number.NaN));
  });

  test("of two arms that agree everywhere is not a point: more groups might have differed", () => {
    const same = bootstrap.difference(pairsOf(arm, arm).differences);
    expect(same?.[1]).toBeCloseTo(3.8415 / (80 + 3.8415), 4);
    expect(same?.[0]).toBe(-(same?.[1] ?? Number.NaN));
  });

  test("is the same for the same seed and another for another", () => {
    const { differences } = pairsOf(arm, baseline);
    const again = seededBootstrap("test").difference(differences);
    expect(again).toEqual(bootstrap.difference(differences));
    expect(seededBootstrap("other").difference(differences)).not.toEqual(again);
  });
});
