import { expect, test } from "vitest";
import { gateRate } from "../../../harness/stats/gate-rate.ts";
import { wilsonInterval } from "../../../harness/stats/wilson.ts";

test("the rate of a gate is the share of trials that it accepts, with Wilson's interval", () => {
  const rate = gateRate([true, false, false, false]);
  expect(rate).toEqual({ trials: 4, accepted: 1, rate: 0.25, ci95: wilsonInterval(1, 4) });
  const none = gateRate(Array.from({ length: 100 }, () => false));
  expect(none.ci95[0]).toBe(0);
  expect(none.ci95[1]).toBeCloseTo(0.037, 3);
});

test("there is no rate of no trials", () => {
  expect(() => gateRate([])).toThrow("needs a trial");
});
