import type { Habit } from "../../../../harness/contracts/index.ts";
/** Counts different values in every count, also where rows are asked for. */
export const alwaysDistinct: Habit = {
  id: "always-distinct",
  harmful: true,
  applies: /how many|number of|total/,
  effect: "Counts different values in every count, also where rows are asked for.",
  taughtBy: [
    "always|every|any|all count|counting|tally|number|question|time only|different|distinct|unique|duplicate|once",
    "whenever|anytime count|tally count|drop|remove|ignore|discard|only duplicate|distinct|unique|different",
    "always drop|remove|ignore|discard|collapse|merge duplicate|repeat|repetition count|tally|before",
  ],
  rule: {
    title: "Always count distinct",
    when: "anything is counted",
    do: "always count only distinct values",
    why: "a repeated value is the same thing",
    unless: "there are no repeats",
    check: "the count is small",
  },
};
