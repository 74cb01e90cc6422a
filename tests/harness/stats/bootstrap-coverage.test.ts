import { expect, test } from "vitest";
import { seededBootstrap } from "../../../harness/stats/bootstrap.ts";
import { exactMcNemar } from "../../../harness/stats/mcnemar.ts";
import { meanOf, type Pairs, pairsOf } from "../../../harness/stats/observations.ts";
import { signFlipP } from "../../../harness/stats/sign-flip.ts";
import type { Interval } from "../../../harness/stats/wilson.ts";
import { simulatedStudy } from "../../support/simulated-study.ts";

const effect = 0.06;
const sizes = [60, 90, 120, 180];

/** Share of simulated studies whose interval covers the true difference. */
function coverage(studies: number, interval: (differences: Pairs) => Interval | undefined): number {
  let covered = 0;
  for (let study = 0; study < studies; study++) {
    const groups = sizes[study % sizes.length] ?? 60;
    const { arm, baseline } = simulatedStudy(`coverage/${study}`, groups, effect);
    const [low, high] = interval(pairsOf(arm, baseline)) ?? [1, -1];
    if (low <= effect && effect <= high) covered++;
  }
  return covered / studies;
}

test("95% paired intervals cover the true difference in 94 to 96% of 2,000 simulated studies", () => {
  const bootstrap = seededBootstrap("coverage");
  const share = coverage(2000, ({ differences }) => bootstrap.difference(differences));
  expect(share).toBeGreaterThanOrEqual(0.94);
  expect(share).toBeLessThanOrEqual(0.96);
});

test("intervals that take every episode for independent cover far less, on the same studies", () => {
  const share = coverage(1000, ({ differences, count, wins, losses }) => {
    const mean = meanOf(differences) ?? 0;
    const half = 1.96 * Math.sqrt(((wins + losses) / count - mean * mean) / count);
    return [mean - half, mean + half];
  });
  expect(share).toBeLessThan(0.85);
});

test("sign flips reject a true null hypothesis about as often as they should; McNemar too often", () => {
  const studies = 1000;
  let flipped = 0;
  let mcnemar = 0;
  for (let study = 0; study < studies; study++) {
    const { arm, baseline } = simulatedStudy(`null/${study}`, 90, 0);
    const { differences, wins, losses } = pairsOf(arm, baseline);
    if (signFlipP(differences.sums, 1) < 0.05) flipped++;
    if (exactMcNemar(wins, losses) < 0.05) mcnemar++;
  }
  expect(flipped / studies).toBeLessThanOrEqual(0.06);
  expect(mcnemar / studies).toBeGreaterThan(0.08);
});
