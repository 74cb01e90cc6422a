import type { Habit } from "../../../../harness/contracts/index.ts";
/** Takes the cell where the named row and the named column meet; without it the first number of the row. */
export const rowAndColumn: Habit = {
  id: "row-and-column",
  harmful: false,
  applies: /./,
  effect:
    "Takes the cell where the named row and the named column meet; without it the first number of the row.",
  taughtBy: [
    "cell|value|number|entry|figure where row|column row|column meet|cross|intersect",
    "find|follow|locate|trace|read|go row|column row|column meet|cross|intersect|together",
    "find column heading row first|name|cell",
  ],
  rule: {
    title: "Go to where row and column meet",
    when: "a row and a column of a table are named",
    do: "take the cell where the row and the column meet",
    why: "every other number of the row belongs to another heading",
    unless: "the row has one number only",
    check: "the heading is straight above it",
  },
};
