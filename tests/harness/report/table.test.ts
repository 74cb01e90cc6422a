import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InputError } from "../../../harness/errors.ts";
import { buildTable, type TableRow } from "../../../harness/report/table.ts";
import type { ArmFacts } from "../../../harness/report/table-input.ts";
import { simulatedStudy } from "../../support/simulated-study.ts";
import { armOf, episodes, smallStudy } from "../../support/table-facts.ts";

const baseline = { condition: "no-skill", author: null };
const rowsOf = (...arms: ArmFacts[]) => buildTable(smallStudy({ arms })).rows;
const rowOf = (rows: readonly TableRow[], condition: string): TableRow => {
  const row = rows.find((candidate) => candidate.condition === condition);
  if (row === undefined) throw new Error(`no row ${condition}`);
  return row;
};

describe("a row", () => {
  const [row] = rowsOf(armOf("no-skill", episodes({ 41: "10?1", 42: "111?" })));

  test("counts what was asked, graded and ungraded", () => {
    expect([row?.n, row?.graded, row?.ungraded]).toEqual([8, 6, 2]);
  });

  test("has the mean of what was graded, and strictly the mean of what was asked", () => {
    expect(row?.mean).toBe(0.833333);
    expect(row?.strict.mean).toBe(0.625);
  });

  test("without anything graded has no mean, and strictly 0", () => {
    const [empty] = rowsOf(armOf("no-skill", episodes({ 41: "????" })));
    expect([empty?.mean, empty?.ci95, empty?.wilson95]).toEqual([null, null, null]);
    expect(empty?.strict.mean).toBe(0);
  });

  test("of scores between 0 and 1 has no Wilson interval", () => {
    const scores = episodes({ 41: "1101" }).map((item) => ({ ...item, score: 0.5 }));
    expect(rowsOf(armOf("no-skill", scores))[0]?.wilson95).toBeNull();
  });
});

describe("a delta", () => {
  const plain = armOf("no-skill", episodes({ 41: "10011000", 42: "10011000" }));
  const better = episodes({ 41: "11111000", 42: "11011001" });

  test("is over the pairs graded in both arms, with wins, losses and tests", () => {
    const row = rowOf(rowsOf(plain, armOf("placebo", better, { baseline })), "placebo");
    expect(row).toMatchObject({ delta: 0.25, pairs: 16, wins: 4, losses: 0, mcnemar: 0.125 });
    // Three of the four groups gained and none lost: two of 2^3 flips are as extreme.
    expect(row).toMatchObject({ p: 0.25, pHolm: 0.25, deltaAbsent: null });
  });

  test("changes its sign, and nothing else, when the arms change places", () => {
    const { arm, baseline: other } = simulatedStudy("swap", 40, 0.08);
    const trimmed = (items: typeof arm) => items.filter(({ seed }) => seed !== 43);
    const compare = (own: typeof arm, reference: typeof arm) =>
      rowOf(
        rowsOf(armOf("no-skill", trimmed(reference)), armOf("placebo", trimmed(own), { baseline })),
        "placebo",
      );
    const there = compare(arm, other);
    const back = compare(other, arm);
    expect(back.delta).toBe(-(there.delta ?? Number.NaN));
    expect(back.deltaCi95).toEqual(there.deltaCi95?.map((end) => -end).reverse());
    expect([back.p, back.mcnemar, back.wins]).toEqual([there.p, there.mcnemar, there.losses]);
  });

  test("is withheld where coverage differs by more than 2 points, and only there", () => {
    const tasks = (lost: number) =>
      armOf("no-skill", episodes({ 41: "?".repeat(lost) + "1".repeat(200 - lost) }));
    const compare = (lost: number) =>
      rowOf(rowsOf(tasks(0), { ...tasks(lost), condition: "placebo", baseline }), "placebo");
    expect(compare(4)).toMatchObject({ delta: 0, deltaAbsent: null });
    expect(compare(5)).toMatchObject({
      delta: null,
      deltaCi95: null,
      p: null,
      deltaAbsent: "graded 97.5% against 100%",
    });
  });

  test("is withheld where the baseline was not run, or shares no graded episode", () => {
    const lone = armOf("placebo", better, { baseline });
    expect(rowsOf(lone)[0]?.deltaAbsent).toBe("baseline not run");
    const elsewhere = armOf("no-skill", episodes({ 42: "1001" }));
    const here = armOf("placebo", episodes({ 41: "1001" }), { baseline });
    expect(rowOf(rowsOf(elsewhere, here), "placebo").deltaAbsent).toBe("no episode graded in both");
  });

  test("is 0 by identity where both have the same skill at every seed: no interval, and no test", () => {
    const marks = episodes({ 41: "1101", 42: "1001" });
    const compare = (own: readonly string[], other: readonly string[]) =>
      rowOf(
        rowsOf(
          armOf("no-skill", marks, { skills: other }),
          armOf("placebo", marks, { skills: own, baseline }),
        ),
        "placebo",
      );
    expect(compare(["a", "b"], ["a", "b"])).toMatchObject({
      ...{ sameSkill: true, delta: 0, deltaCi95: null, deltaAbsent: null, p: null, pHolm: null },
    });
    const other = compare(["a", "c"], ["a", "b"]);
    expect(other.sameSkill).toBeUndefined();
    expect(other.p).not.toBeNull();
  });

  test("is to the baseline of the same user, not to another user's", () => {
    const other = armOf("no-skill", episodes({ 41: "00000000" }), { user: "large" });
    const rows = rowsOf(other, plain, armOf("placebo", better, { baseline }));
    expect(rowOf(rows, "placebo").delta).toBe(0.25);
  });
});

test("Holm's correction is over all tests of the table", () => {
  const plain = armOf("no-skill", episodes({ 41: "0".repeat(12) }));
  const rows = rowsOf(
    plain,
    armOf("placebo", episodes({ 41: "1".repeat(12) }), { baseline }),
    armOf("creation+error", episodes({ 41: "100000000000" }), { baseline, author: "small" }),
  );
  expect(rowOf(rows, "placebo")).toMatchObject({ p: 0.03125, pHolm: 0.0625 });
  expect(rowOf(rows, "creation+error")).toMatchObject({ p: 1, pHolm: 1 });
});

test("rows come in the study's order: condition, author, split, user", () => {
  const some = episodes({ 41: "1001" });
  const rows = rowsOf(
    armOf("creation+error", some, { author: "large" }),
    armOf("creation+error", some, { author: "small", user: "large" }),
    armOf("creation+error", some, { author: "small" }),
    armOf("no-skill", some),
  );
  expect(rows.map((row) => `${row.condition} ${row.author} ${row.user}`)).toEqual([
    "no-skill null small",
    "creation+error small small",
    "creation+error small large",
    "creation+error large small",
  ]);
});

test("an interval contains its mean and its delta, whatever the scores", () => {
  const marks = fc.array(fc.constantFrom("0", "1"), { minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(marks, marks, (own, reference) => {
      const rows = rowsOf(
        armOf("no-skill", episodes({ 41: reference.join("") })),
        armOf("placebo", episodes({ 41: own.join("") }), { baseline }),
      );
      for (const { mean, ci95, delta, deltaCi95 } of rows) {
        for (const [value, interval] of [
          [mean, ci95],
          [delta, deltaCi95],
        ] as const) {
          if (value === null || interval === null) continue;
          expect(interval[0]).toBeLessThanOrEqual(value);
          expect(interval[1]).toBeGreaterThanOrEqual(value);
        }
      }
    }),
    { numRuns: 50 },
  );
});

describe("facts that no honest table can be made of are refused", () => {
  const some = episodes({ 41: "1001" });
  const arm = armOf("no-skill", some);
  test.each<[string, ArmFacts[], string]>([
    ["an arm twice", [arm, arm], "this arm is there twice"],
    ["its own baseline", [{ ...arm, baseline }], "its own baseline"],
    ["an unknown condition", [armOf("magic", some)], '"magic" is not among the conditions'],
    ["an unknown split", [armOf("no-skill", some, { split: "x" })], "not among the splits"],
    ["an unknown user", [armOf("no-skill", some, { user: "x" })], "not among the models"],
    ["an episode twice", [armOf("no-skill", [...some, ...some])], 'task "t0" with seed 41'],
    ["an unknown seed", [armOf("no-skill", episodes({ 9: "1" }))], "seed 9 is not among"],
    [
      "a task in two groups",
      [
        arm,
        armOf(
          "placebo",
          some.map((item) => ({ ...item, group: "x" })),
        ),
      ],
      'task "t0" is in group "g0" and in group "x"',
    ],
    [
      "a score above 1",
      [
        armOf(
          "no-skill",
          some.map((item) => ({ ...item, score: 2 })),
        ),
      ],
      "has the score 2",
    ],
  ])("%s", (_, arms, message) => {
    const build = () => buildTable(smallStudy({ arms }), "runs/toy/rows.json");
    expect(build).toThrow(InputError);
    expect(build).toThrow(message);
    expect(build).toThrow(/^runs\/toy\/rows\.json: /);
  });
});
