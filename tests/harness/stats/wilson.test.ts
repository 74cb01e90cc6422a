import fc from "fast-check";
import { expect, test } from "vitest";
import { wilsonInterval } from "../../../harness/stats/wilson.ts";

test.each([
  [8, 10, 0.4901624715, 0.9433178485],
  [0, 10, 0, 0.2775327999],
  [10, 10, 0.7224672001, 1],
  [50, 100, 0.4038315303, 0.5961684697],
])("%i of %i: [%s, %s]", (successes, trials, low, high) => {
  const interval = wilsonInterval(successes, trials);
  expect(interval[0]).toBeCloseTo(low, 9);
  expect(interval[1]).toBeCloseTo(high, 9);
});

test("its ends are the proportions from which the data is 1.96 standard errors away", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1000 }),
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      (n, p) => {
        for (const end of wilsonInterval(p * n, n)) {
          const distance = Math.abs(p - end) / Math.sqrt((end * (1 - end)) / n);
          expect(distance).toBeCloseTo(1.959963984540054, 8);
        }
      },
    ),
  );
});
