import fc from "fast-check";
import { expect, test } from "vitest";
import { exactMcNemar } from "../../../harness/stats/mcnemar.ts";

/** The two-sided binomial p-value in whole numbers. */
function counted(wins: number, losses: number): number {
  const n = wins + losses;
  let ways = 1n;
  let tail = 0n;
  for (let k = 0; k <= Math.min(wins, losses); k++) {
    tail += ways;
    ways = (ways * BigInt(n - k)) / BigInt(k + 1);
  }
  return Math.min(1, Number((2n * tail * 10n ** 30n) / 2n ** BigInt(n)) / 1e30);
}

test.each([
  [10, 2, 0.03857421875],
  [5, 0, 0.0625],
  [0, 10, 0.001953125],
  [7, 7, 1],
  [4, 3, 1],
  [0, 0, 1],
])("%i wins and %i losses: p = %s", (wins, losses, p) => {
  expect(exactMcNemar(wins, losses)).toBeCloseTo(p, 12);
});

test("agrees with counting in whole numbers", () => {
  const pairs = fc.integer({ min: 0, max: 120 });
  fc.assert(
    fc.property(pairs, pairs, (wins, losses) => {
      const right = counted(wins, losses);
      expect(Math.abs(exactMcNemar(wins, losses) - right)).toBeLessThan(1e-9);
      expect(exactMcNemar(wins, losses)).toBe(exactMcNemar(losses, wins));
    }),
  );
});

test("stays a probability with thousands of pairs", () => {
  expect(exactMcNemar(4000, 3900)).toBeGreaterThan(0.2);
  expect(exactMcNemar(4000, 3000)).toBeLessThan(1e-20);
});
