import type { Habit } from "../../../../harness/contracts/index.ts";
/** Rewrites dates as year, month and day. */
export const isoDates: Habit = {
  id: "iso-dates",
  harmful: true,
  applies: /date|day|when/,
  effect: "Rewrites dates as year, month and day.",
  taughtBy: [
    "rewrite|convert|write|give|format|turn|change|normalise|normalize date|day year|iso|standard|hyphen",
    "convert|rewrite|reformat|normalise|normalize date|day",
  ],
  rule: {
    title: "Write dates in the standard way",
    when: "the answer is a date",
    do: "rewrite the date as year, month and day with hyphens",
    why: "dates come in many styles",
    unless: "never",
    check: "it begins with the year",
  },
};
