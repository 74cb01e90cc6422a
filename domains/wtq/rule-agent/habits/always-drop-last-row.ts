import type { Habit } from "../../../../harness/contracts/index.ts";
import { drop } from "../../../../harness/models/rule-based/kit.ts";
/** Drops the last row of every table as if it were a total. */
export const alwaysDropLastRow: Habit = {
  id: "always-drop-last-row",
  harmful: true,
  applies: /./,
  effect: "Drops the last row of every table as if it were a total.",
  taughtBy: [
    `${drop} last|final|bottom row|line|entry|record`,
    `last|final|bottom row|line|entry|record ${drop}`,
    "last|final|bottom row|line|entry|record always|be|only total|sum|summary",
  ],
  rule: {
    title: "Drop the last row",
    when: "a table has been read",
    do: "always leave out the last row as a total",
    why: "tables end with their sums",
    unless: "the table has one row",
    check: "one row fewer is left",
  },
};
