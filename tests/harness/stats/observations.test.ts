import { expect, test } from "vitest";
import {
  clustersOf,
  meanOf,
  type Observation,
  pairsOf,
  strictly,
} from "../../../harness/stats/observations.ts";

const seen = (task: string, group: string, seed: number, score?: number): Observation => ({
  task,
  group,
  seed,
  score,
});

const arm = [
  seen("b", "two", 41, 1),
  seen("a", "one", 41, 1),
  seen("a", "one", 42),
  seen("c", "two", 41, 0.5),
];

test("a mean is over what was graded, every episode with the same weight", () => {
  const clusters = clustersOf(arm);
  expect([...clusters.sums]).toEqual([1, 1.5]);
  expect([...clusters.counts]).toEqual([1, 2]);
  expect(meanOf(clusters)).toBeCloseTo(2.5 / 3, 15);
});

test("strictly, what was not graded is wrong", () => {
  expect(meanOf(clustersOf(strictly(arm)))).toBe(2.5 / 4);
});

test("there is no mean of nothing", () => {
  expect(meanOf(clustersOf([seen("a", "one", 41)]))).toBeUndefined();
});

test("pairs are of the same task and seed, and graded in both arms", () => {
  const baseline = [
    seen("a", "one", 41, 0),
    seen("a", "one", 42, 1),
    seen("b", "two", 41, 1),
    seen("b", "two", 42, 1),
    seen("c", "two", 41, 1),
  ];
  const pairs = pairsOf(arm, baseline);
  expect({ ...pairs, differences: [...pairs.differences.sums] }).toEqual({
    differences: [1, -0.5],
    count: 3,
    wins: 1,
    losses: 1,
    ties: 1,
  });
});
