import type { Habit } from "../../../../harness/contracts/index.ts";
/** Adds the values of all matching rows; without it gives the first. */
export const sumRows: Habit = {
  id: "sum-rows",
  harmful: false,
  applies: /total|how many|how much|sum|combined|altogether|number of/,
  effect: "Adds the values of all matching rows; without it gives the first.",
  taughtBy: [
    "add|sum|total up|value|figure|number|amount|column|together row|match|entry|line|all|every",
    "add+up|sum+up|add+together value|figure|number|amount|all|every|cell row|match|entry|line|column",
    "sum|add value|figure|number|amount match|all|every|each row|entry|line",
    "total|combine ask|want|need|question add|sum value|figure|number|amount|row",
  ],
  rule: {
    title: "Add up all matching rows",
    when: "the question asks for a total and several rows match",
    do: "add up the values of all matching rows",
    why: "one row holds a part only",
    unless: "a single row holds the sum already",
    check: "the sum is at least its greatest part",
  },
};
