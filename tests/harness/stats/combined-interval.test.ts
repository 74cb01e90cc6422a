import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Estimate,
  type Part,
  sumAtWorst,
  sumOfIndependent,
} from "../../../harness/stats/combined-interval.ts";

const of = (value: number, low: number, high: number): Estimate => ({
  value,
  interval: [low, high],
});
const part = (weight: number, estimate: Estimate): Part => ({ weight, estimate });

const estimates = fc
  .tuple(
    fc.integer({ min: -50, max: 50 }),
    fc.integer({ min: 0, max: 30 }),
    fc.integer({ min: 0, max: 30 }),
  )
  .map(([value, below, above]) => of(value, value - below, value + above));
const parts = fc.array(
  fc.tuple(fc.integer({ min: -3, max: 3 }), estimates).map(([weight, each]) => part(weight, each)),
  { minLength: 1, maxLength: 5 },
);

test("independent errors add in quadrature, each side for itself", () => {
  const sum = sumOfIndependent([part(1, of(10, 7, 12)), part(1, of(20, 16, 25))]);
  expect(sum).toEqual({ value: 30, interval: [30 - 5, 30 + Math.hypot(2, 5)] });
});

test("errors that go together add up in full", () => {
  const sum = sumAtWorst([part(1, of(10, 7, 12)), part(1, of(20, 16, 25))]);
  expect(sum).toEqual({ value: 30, interval: [30 - 7, 30 + 7] });
});

test("what is subtracted pulls down by its upper end", () => {
  const difference = sumOfIndependent([part(1, of(10, 10, 10)), part(-1, of(4, 3, 8))]);
  expect(difference).toEqual({ value: 6, interval: [2, 7] });
});

test("a weight scales a figure and its interval alike", () => {
  expect(sumOfIndependent([part(0.5, of(10, 6, 18))])).toEqual(of(5, 3, 9));
});

test("the interval holds the sum, and independence never widens it", () => {
  fc.assert(
    fc.property(parts, (some) => {
      const [apart, together] = [sumOfIndependent(some), sumAtWorst(some)];
      expect(apart.value).toBe(together.value);
      const slack = 1e-9;
      expect(apart.interval[0]).toBeLessThanOrEqual(apart.value + slack);
      expect(apart.interval[1]).toBeGreaterThanOrEqual(apart.value - slack);
      expect(together.interval[0]).toBeLessThanOrEqual(apart.interval[0] + slack);
      expect(together.interval[1]).toBeGreaterThanOrEqual(apart.interval[1] - slack);
    }),
  );
});

test("changing all signs mirrors the interval", () => {
  fc.assert(
    fc.property(parts, (some) => {
      const there = sumOfIndependent(some);
      const back = sumOfIndependent(some.map(({ weight, estimate }) => part(-weight, estimate)));
      expect(back.value).toBeCloseTo(-there.value, 9);
      expect(back.interval[0]).toBeCloseTo(-there.interval[1], 9);
      expect(back.interval[1]).toBeCloseTo(-there.interval[0], 9);
    }),
  );
});
