import { expect, test } from "vitest";
import { habitsOf } from "../../../../harness/models/rule-based/habits.ts";
import { bulletOf } from "../../../../harness/models/rule-based/roles/lessons.ts";

const rule = `Count both ends.
  When posts stand in a row: count the first and the last, one by one.
  Why: gaps are fewer than posts. Unless: the row is a ring. Check: a row of three comes out right.`;
const text = { taughtBy: ["count both end"], rule };

test("reads the parts of a rule, and writes it again as a bullet that says when and what", () => {
  const habit = habitsOf({ ends: text }, {}).get("ends");
  expect(habit).toEqual({
    id: "ends",
    harmful: false,
    applies: /./,
    taughtBy: ["count both end"],
    rule: {
      title: "Count both ends",
      when: "posts stand in a row",
      do: "count the first and the last, one by one",
      why: "gaps are fewer than posts",
      unless: "the row is a ring",
      check: "a row of three comes out right",
    },
  });
  expect(habit && bulletOf(habit.rule)).toBe(
    "- **Count both ends.** When posts stand in a row: count the first and the last, one by one.",
  );
});

test("tells bad advice from good, in the order in which both are written", () => {
  const habits = habitsOf({ a: text, b: { ...text, applies: /row/ } }, { c: text });
  expect([...habits].map(([id, { harmful }]) => [id, harmful])).toEqual([
    ["a", false],
    ["b", false],
    ["c", true],
  ]);
  expect(habits.get("b")?.applies).toEqual(/row/);
});

test("refuses a rule without a check", () => {
  const short = { ...text, rule: rule.replace(/ Check: .*/, "") };
  expect(() => habitsOf({ ends: short }, {})).toThrow("this rule lacks a part: Count both ends.");
});
