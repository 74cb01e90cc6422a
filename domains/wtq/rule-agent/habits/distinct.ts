import type { Habit } from "../../../../harness/contracts/index.ts";
/** Counts each value once where the question asks for different ones. */
export const distinct: Habit = {
  id: "distinct",
  harmful: false,
  applies: /different|distinct|unique|separate|various/,
  effect: "Counts each value once where the question asks for different ones.",
  taughtBy: [
    "count|tally|number different|distinct|unique value|name|entry|item|cell once|one+time|not+row",
    "count|tally each|every|same different|distinct|unique|value|name|item|entry once|one+time",
    "different|distinct|unique ask|say|mention|appear|word count|tally distinct|unique|once|duplicate|different",
    "ask different|distinct|unique count|tally|number distinct|unique|different|once",
    "remove|drop|collapse|eliminate|merge|ignore|discard duplicate|repeat|repetition count|tally different|distinct|unique|many",
  ],
  rule: {
    title: "Count different things once",
    when: "the question asks how many different or unique things there are",
    do: "count each distinct value once",
    why: "a value can stand in several rows",
    unless: "the question asks how many times",
    check: "the count is not above the number of values",
  },
};
