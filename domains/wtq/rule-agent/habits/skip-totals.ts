import type { Habit } from "../../../../harness/contracts/index.ts";
import { drop } from "../../../../harness/models/rule-based/kit.ts";
/** Leaves rows that sum up the others out of counts, lists and superlatives. */
export const skipTotals: Habit = {
  id: "skip-totals",
  harmful: false,
  applies: /./,
  effect: "Leaves rows that sum up the others out of counts, lists and superlatives.",
  taughtBy: [
    `${drop} total|summary|subtotal|aggregate|totals|sum row|line|entry|record`,
    `total|summary|subtotal|aggregate|totals row|line|entry|record ${drop}`,
    `row|line|entry label|name|call|mark|start|say|head|title|read total|sum|overall|totals ${drop}`,
    `${drop} row|line|entry label|name|call|mark|start|say|head|title|read|add|sum total|sum|overall|totals|up`,
  ],
  rule: {
    title: "Leave out total rows",
    when: "the table has a row labelled Total or Overall",
    do: "skip total rows before counting, listing or looking for the highest",
    why: "the total is always the greatest value",
    unless: "the question asks for the total itself",
    check: "the answer is not a total",
  },
};
