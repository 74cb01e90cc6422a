import fc from "fast-check";
import { expect, test } from "vitest";
import { signFlipP } from "../../../harness/stats/sign-flip.ts";

const p = (...sums: number[]) => signFlipP(Float64Array.from(sums), "test");

/** All flips, one by one. */
function enumerated(sums: readonly number[]): number {
  const observed = Math.abs(sums.reduce((sum, value) => sum + value, 0));
  let extreme = 0;
  for (let flips = 0; flips < 2 ** sums.length; flips++) {
    const total = sums.reduce((sum, value, g) => sum + ((flips >> g) & 1 ? value : -value), 0);
    if (Math.abs(total) >= observed) extreme++;
  }
  return extreme / 2 ** sums.length;
}

test("groups that all changed the same way are as unlikely as so many heads, or so many tails", () => {
  expect(p(1, 1, 1, 1, 1)).toBe(2 / 32);
  expect(p(-3, -1, -2)).toBe(2 / 8);
});

test("without a difference in any group nothing speaks against the null hypothesis", () => {
  expect(p(0, 0, 0)).toBe(1);
  expect(p()).toBe(1);
});

test("a group's episodes count as one piece of evidence, however many they are", () => {
  expect(p(30)).toBe(1);
  expect(p(30, 30)).toBe(0.5);
});

test("is exact for whole sums", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -6, max: 6 }), { maxLength: 10 }), (sums) => {
      expect(p(...sums)).toBeCloseTo(enumerated(sums), 12);
    }),
  );
});

test("comes close for other sums, the same for the same seed", () => {
  const sums = [0.5, 1.25, -0.5, 2.75, 0.3, 1.1, -0.2, 0.9];
  expect(p(...sums)).toBeCloseTo(enumerated(sums), 1);
  expect(Math.abs(p(...sums) - enumerated(sums))).toBeLessThan(0.015);
  expect(p(...sums)).toBe(p(...sums));
});

test("does not care which arm is called the baseline", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { maxLength: 6 }), (sums) => {
      expect(p(...sums.map((sum) => -sum))).toBe(p(...sums));
    }),
    { numRuns: 20 },
  );
});
