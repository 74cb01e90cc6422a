import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRng } from "../../../harness/rng.ts";
import { seededBootstrap } from "../../../harness/stats/bootstrap.ts";
import { sumOfIndependent } from "../../../harness/stats/combined-interval.ts";
import {
  clustersOf,
  differencesOf,
  meanOf,
  type Observation,
  pairsOf,
  scoresOf,
} from "../../../harness/stats/observations.ts";
import { clustersOfCells } from "../../../harness/stats/weighted-cells.ts";

const seen = (task: string, group: string, score: number | undefined, seed = 41): Observation => ({
  task,
  group,
  seed,
  score,
});

/** So many groups of two tasks each, passed by chance. */
function drawn(groups: number, chance: number, name: string): Observation[] {
  const rng = seededRng(name);
  return Array.from({ length: groups * 2 }, (_, i) =>
    seen(`t${i}`, `g${Math.floor(i / 2)}`, rng.next() < chance ? 1 : 0),
  );
}

describe("values", () => {
  test("of scores: what was graded", () => {
    expect(scoresOf([seen("a", "x", 1), seen("b", "x", undefined), seen("c", "y", 0.25)])).toEqual([
      { task: "a", group: "x", value: 1 },
      { task: "c", group: "y", value: 0.25 },
    ]);
  });

  test("of differences: the same task and seed, graded in both, as pairs are", () => {
    const arm = [seen("a", "x", 1), seen("a", "x", 0, 42), seen("b", "y", 1), seen("c", "y", 1)];
    const baseline = [seen("a", "x", 0), seen("a", "x", 1, 42), seen("b", "y", undefined)];
    expect(differencesOf(arm, baseline)).toEqual([
      { task: "a", group: "x", value: 1 },
      { task: "a", group: "x", value: -1 },
    ]);
    expect(pairsOf(arm, baseline).count).toBe(2);
  });
});

test("the interval of cells that share groups holds the truth about as often as it says", () => {
  // Two users of unlike skill on the same 40 groups, and one of them on 20 others: in a group all go up or down together.
  const rng = seededRng("coverage");
  const bootstrap = seededBootstrap(3, 400);
  let held = 0;
  const studies = 300;
  for (let study = 0; study < studies; study++) {
    const family = (groups: number, chances: readonly number[], name: string) => {
      const lifts = Array.from({ length: groups }, () => (rng.next() < 0.5 ? 0.2 : -0.2));
      return chances.map((chance) => ({
        weight: 0.5 / chances.length,
        values: lifts.flatMap((lift, g) =>
          [0, 1, 2].map(() => ({
            group: `${name}${g}`,
            value: rng.next() < chance + lift ? 1 : 0,
          })),
        ),
      }));
    };
    const estimates = [family(40, [0.6, 0.3], "a"), family(20, [0.5], "b")].map((cells) => {
      const clusters = clustersOfCells(cells);
      const interval = clusters && bootstrap.mean(clusters);
      if (clusters === undefined || interval === undefined) throw new Error("no interval");
      return { weight: 0.5, estimate: { value: meanOf(clusters) ?? 0, interval } };
    });
    const { interval } = sumOfIndependent(estimates);
    const truth = 0.5 * 0.45 + 0.5 * 0.5;
    if (interval[0] <= truth && truth <= interval[1]) held++;
  }
  expect(held / studies).toBeGreaterThan(0.92);
  expect(held / studies).toBeLessThan(0.985);
});

describe("clusters of cells", () => {
  const cell = (observations: readonly Observation[], weight: number) => ({
    weight,
    values: scoresOf(observations),
  });

  test("their mean is the weighted mean of the cells' means", () => {
    const [small, large] = [drawn(5, 0.3, "a"), drawn(40, 0.8, "b")];
    const clusters = clustersOfCells([cell(small, 0.1), cell(large, 0.3)]);
    const expected =
      0.25 * (meanOf(clustersOf(small)) ?? 0) + 0.75 * (meanOf(clustersOf(large)) ?? 0);
    expect(clusters && meanOf(clusters)).toBeCloseTo(expected, 12);
  });

  test("of one cell with groups of one size they are the cell's own", () => {
    const one = drawn(12, 0.5, "c");
    const own = clustersOf(one);
    const clusters = clustersOfCells([cell(one, 0.7)]);
    for (const [g, sum] of (clusters?.sums ?? new Float64Array()).entries())
      expect(sum).toBeCloseTo((own.sums[g] ?? 0) / 2, 12);
  });

  test("a cell twice is no more evidence than once", () => {
    const one = drawn(30, 0.4, "d");
    const bootstrap = seededBootstrap(7);
    const [once, twice] = [[cell(one, 1)], [cell(one, 1), cell(one, 1)]].map((cells) => {
      const clusters = clustersOfCells(cells);
      return clusters && bootstrap.mean(clusters);
    });
    expect(twice?.[0]).toBeCloseTo(once?.[0] ?? 0, 9);
    expect(twice?.[1]).toBeCloseTo(once?.[1] ?? 0, 9);
  });

  test("cells of other tasks in the same number of groups narrow the interval", () => {
    const bootstrap = seededBootstrap(7);
    const one = clustersOfCells([cell(drawn(60, 0.5, "e"), 1)]);
    const other = drawn(60, 0.5, "e").map((item) => ({ ...item, group: `other ${item.group}` }));
    const both = clustersOfCells([cell(drawn(60, 0.5, "e"), 1), cell(other, 1)]);
    const width = (clusters: typeof one) => {
      const interval = clusters && bootstrap.mean(clusters);
      return (interval?.[1] ?? 0) - (interval?.[0] ?? 0);
    };
    expect(width(both) / width(one)).toBeCloseTo(Math.SQRT1_2, 1);
  });

  test("there are none where a cell is empty", () => {
    expect(clustersOfCells([])).toBeUndefined();
    expect(clustersOfCells([cell(drawn(3, 0.5, "g"), 1), cell([], 1)])).toBeUndefined();
  });

  test("the order of cells and episodes moves nothing", () => {
    const cells = [cell(drawn(6, 0.5, "h"), 1), cell(drawn(9, 0.5, "i"), 2)];
    const expected = clustersOfCells(cells);
    fc.assert(
      fc.property(fc.shuffledSubarray(cells, { minLength: 2 }), fc.boolean(), (some, back) => {
        const turned = some.map(({ weight, values }) => ({
          weight,
          values: back ? [...values].reverse() : values,
        }));
        const found = clustersOfCells(turned);
        for (const [g, sum] of (found?.sums ?? new Float64Array()).entries())
          expect(sum).toBeCloseTo(expected?.sums[g] ?? Number.NaN, 12);
      }),
    );
  });
});
