import type { Habit } from "../../../../harness/contracts/index.ts";
import { drop } from "../../../../harness/models/rule-based/kit.ts";
/** Leaves out the cents. */
export const roundAmounts: Habit = {
  id: "round-amounts",
  harmful: true,
  applies: /./,
  effect: "Leaves out the cents.",
  taughtBy: [
    `${drop}|cut|remove cent|decimal|fraction`,
    "round amount|price|total|sum|money|figure whole|full|dollar|near|unit",
    "give|write whole|round|full amount|dollar|sum",
  ],
  rule: {
    title: "Leave out the cents",
    when: "the answer is an amount of money",
    do: "round the amount to whole dollars",
    why: "small change does not matter",
    unless: "never",
    check: "there is no point in it",
  },
};
