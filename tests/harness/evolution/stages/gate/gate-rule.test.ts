import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { testFlips } from "../../../../../harness/evolution/stages/gate/gate-rule.ts";
import { type GateStudy, gateSimulation } from "../../../../support/simulated-gate.ts";

describe("z over the flips", () => {
  test("is the sum of the differences over the root of the sum of their squares", () => {
    const flips = [
      { candidate: [1, 1, 1], parent: [0, 0, 0] },
      { candidate: [0, 0, 1], parent: [1, 1, 0] },
      { candidate: [1, 0], parent: [0] },
    ];
    const sum = 1 - 1 / 3 + 1 / 2;
    const root = Math.sqrt(1 + 1 / 9 + 1 / 4);
    expect(testFlips(flips)).toEqual({ judged: 3, z: expect.closeTo(sum / root, 12) });
  });

  test("is undefined without flips, and where no flip differs any more", () => {
    expect(testFlips([])).toEqual({ judged: 0, z: null });
    expect(testFlips([{ candidate: [1, 0], parent: [0, 1] }])).toEqual({ judged: 1, z: null });
  });

  test("leaves out a flip that was graded in one arm only", () => {
    const clear = { candidate: [1], parent: [0] };
    expect(testFlips([clear, { candidate: [], parent: [1, 1] }])).toEqual({ judged: 1, z: 1 });
  });

  const scores = fc.array(
    fc.integer({ min: 0, max: 4 }).map((n) => n / 4),
    {
      minLength: 1,
      maxLength: 4,
    },
  );
  test("changes its sign when the arms are swapped, and stays within the root of the flips", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ candidate: scores, parent: scores })), (flips) => {
        const swapped = flips.map(({ candidate, parent }) => ({
          candidate: parent,
          parent: candidate,
        }));
        const { z } = testFlips(flips);
        expect(testFlips(swapped).z ?? 0).toBeCloseTo(-(z ?? 0), 9);
        expect(Math.abs(z ?? 0)).toBeLessThanOrEqual(Math.sqrt(flips.length) + 1e-9);
      }),
    );
  });
});

describe("how often a candidate is accepted at z 1.28 with 3 repeats", () => {
  const study: GateStudy = { tasks: 64, noise: 0.2, effect: 0, repeats: 3, threshold: 1.28 };
  const trials = 4000;
  test.each([0.2, 0.5])("identical skills, noise %d: 8 to 13%", (noise) => {
    const { accepted } = gateSimulation({ ...study, noise }, trials);
    expect(accepted).toBeGreaterThanOrEqual(0.08);
    expect(accepted).toBeLessThanOrEqual(0.13);
  });

  test("12 points better on the tasks it is about: at least 80%, for less than full repetition costs", () => {
    const { accepted, rollouts } = gateSimulation({ ...study, effect: 0.12 }, trials);
    expect(accepted).toBeGreaterThanOrEqual(0.8);
    expect(rollouts).toBeLessThan(0.65 * 64 * 2 * 3);
  });

  test("12 points better, a little on every task: at least two in three", () => {
    const { accepted } = gateSimulation({ ...study, effect: 0.12, reach: "all" }, trials);
    expect(accepted).toBeGreaterThanOrEqual(2 / 3);
  });

  test("12 points worse: rejected in at least 95%", () => {
    const { accepted } = gateSimulation({ ...study, effect: -0.12 }, trials);
    expect(accepted).toBeLessThanOrEqual(0.05);
  });

  test("merely better, with no margin, would let identical skills in three times as often", () => {
    const fresh = gateSimulation(study, trials).accepted;
    const { accepted } = gateSimulation({ ...study, threshold: 1e-9 }, trials);
    expect(accepted).toBeGreaterThan(3 * fresh);
  });
});
