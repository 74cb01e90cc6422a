import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fanInOf, presets } from "../../../../../harness/evolution/presets.ts";
import { callsFor, groupsOf } from "../../../../../harness/evolution/stages/merge/merge-tree.ts";

const sizes = fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 2, max: 40 }));

/** Levels until one group is left. */
function levelsFor(patches: number, fanIn: number): number {
  if (patches <= 1) return 0;
  const groups = groupsOf(Array.from({ length: patches }), fanIn);
  return 1 + levelsFor(groups.length, fanIn);
}

describe("the merge tree", () => {
  test("has ceil(log_B n) levels", () => {
    expect([levelsFor(1, 32), levelsFor(32, 32), levelsFor(33, 32), levelsFor(200, 32)]).toEqual([
      0, 1, 2, 2,
    ]);
    fc.assert(
      fc.property(sizes, ([n, b]) => {
        const levels = levelsFor(n, b);
        expect(b ** levels).toBeGreaterThanOrEqual(n);
        if (levels > 0) expect(b ** (levels - 1)).toBeLessThan(n);
      }),
    );
  });

  test("groups keep every item in order, none over the fan-in, sizes at most one apart", () => {
    fc.assert(
      fc.property(sizes, ([n, b]) => {
        const items = Array.from({ length: n }, (_, i) => i);
        const groups = groupsOf(items, b);
        expect(groups.flat()).toEqual(items);
        const lengths = groups.map((group) => group.length);
        expect(Math.max(...lengths)).toBeLessThanOrEqual(b);
        expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("calls are counted as the tree makes them: a group of one costs none", () => {
    expect([callsFor(1, 5), callsFor(70, 32), callsFor(200, 32), callsFor(3, 2)]).toEqual([
      0, 4, 8, 2,
    ]);
    fc.assert(
      fc.property(sizes, ([n, b]) => {
        let calls = 0;
        for (let left = n; left > 1; ) {
          const groups = groupsOf(Array.from({ length: left }), b);
          calls += groups.filter((group) => group.length > 1).length;
          left = groups.length;
        }
        expect(callsFor(n, b)).toBe(calls);
      }),
    );
  });

  test("a fan-in that would never end is refused", () => {
    expect(() => groupsOf([1, 2], 1)).toThrow("at least 2");
  });

  test("the fan-in follows the square root up to 32, or is what the preset says", () => {
    expect([2, 100, 5000].map((n) => fanInOf(presets.default, n))).toEqual([2, 10, 32]);
    expect(fanInOf(presets.faithful, 200)).toBe(32);
  });
});
