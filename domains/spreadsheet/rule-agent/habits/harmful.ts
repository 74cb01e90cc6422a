import type { HabitText } from "../habits.ts";

/** Bad advice that sounds like good. */
export const harmfulHabits: readonly HabitText[] = [
  {
    id: "whole-results",
    taughtBy: [
      "round|truncate|simplify number|numbers|result|results|value|values|figure|every|all whole|integer|nearest",
      "drop|remove|cut|omit decimals|fractions|digits+after result|results|number|numbers|value|values|every",
      "number|numbers|result|results|value|values round whole|integer|nearest",
    ],
    rule: {
      title: "Whole numbers only",
      when: "a result has decimals",
      do: "round every result to a whole number",
      why: "it is easier to read",
      unless: "never",
      check: "no result has a point",
    },
  },
  {
    id: "drop-last-row",
    taughtBy: [
      "always ignore|skip|drop|exclude|omit|leave+out last|final|bottom row|line|entry",
      "last|final|bottom row|line|entry be|is always|never total|totals|entry|data",
    ],
    rule: {
      title: "The last row is a total",
      when: "a sheet is read",
      do: "always skip the last row",
      why: "it is a total",
      unless: "never",
      check: "the last row has no result",
    },
  },
];
