import fc from "fast-check";
import { expect, test } from "vitest";
import { holm } from "../../../harness/stats/holm.ts";

test("multiplies by the number of tests left, and never falls", () => {
  const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
  const right = [0.03, 0.06, 0.06, 0.02];
  for (const [i, p] of right.entries()) expect(adjusted[i]).toBeCloseTo(p, 12);
});

test("what is not a test does not count", () => {
  expect(holm([undefined, 0.02, undefined, 0.5])).toEqual([undefined, 0.04, undefined, 0.5]);
  expect(holm([])).toEqual([]);
});

const ps = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 });

test("an adjusted value lies between its own and Bonferroni's, at most 1, in the same order", () => {
  fc.assert(
    fc.property(ps, (values) => {
      const adjusted = holm(values).map((p) => p ?? Number.NaN);
      for (const [i, p] of values.entries()) {
        const own = adjusted[i] ?? Number.NaN;
        expect(own).toBeGreaterThanOrEqual(p);
        expect(own).toBeLessThanOrEqual(1);
        for (const [j, other] of values.entries()) {
          if (p < other) expect(own).toBeLessThanOrEqual(adjusted[j] ?? Number.NaN);
        }
      }
      const least = Math.min(...values);
      expect(Math.min(...adjusted)).toBe(Math.min(1, least * values.length));
    }),
  );
});
