import type { Habit } from "../../../../harness/contracts/index.ts";
/** Finds what occurs most often by counting its rows; without it takes the first. */
export const countGroups: Habit = {
  id: "count-groups",
  harmful: false,
  applies: /most|least|fewest/,
  effect: "Finds what occurs most often by counting its rows; without it takes the first.",
  taughtBy: [
    "count|tally how+often|occurrence|appearance|frequency|many+time|number+of+row|row each|every|per|name|value",
    "count|tally row|line|entry|time each|every|per name|value|group|one|team|person",
    "each|every name|value|one|group count|tally row|time|occurrence|often|appearance",
    "group row|line|entry by|per value|name|cell count|tally|compare|size",
    "most|often frequent|common|often value|name|cell count|tally occurrence|row|time",
  ],
  rule: {
    title: "Count how often each occurs",
    when: "the question asks for the most or the fewest and no column holds that number",
    do: "count the occurrences of each value and compare",
    why: "the answer is the most common value",
    unless: "a column already gives the number",
    check: "no other value occurs more often",
  },
};
