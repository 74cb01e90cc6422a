import type { Habit } from "../../../../harness/contracts/index.ts";
/** Counts the rows that fulfil the conditions; without it gives a number from the first of them. */
export const countRows: Habit = {
  id: "count-rows",
  harmful: false,
  applies: /how many|number of|total/,
  effect:
    "Counts the rows that fulfil the conditions; without it gives a number from the first of them.",
  taughtBy: [
    "how+many|number+of|ask count|tally row|line|record|entry|match",
    "count|tally row|line|record|entry match|fulfil|fulfill|satisfy|meet|condition|fit|qualify|belong",
    "count|tally match|qualify|fitting|relevant row|line|record|entry",
  ],
  rule: {
    title: "Count the matching rows",
    when: "the question asks how many and no column gives that number",
    do: "count the rows that match the conditions",
    why: "a number in a cell of one row is about that row alone",
    unless: "a column already states the number",
    check: "counting by eye gives the same",
  },
};
