import type { Habit } from "../../../../harness/contracts/index.ts";
/** Submits a computed number alone; without it with the noun of the question. */
export const bareNumber: Habit = {
  id: "bare-number",
  harmful: false,
  applies: /how|number|total|difference|average/,
  effect: "Submits a computed number alone; without it with the noun of the question.",
  taughtBy: [
    "answer|submit|give|write|return|report|state|reply number|figure|digit|count|numeral alone|only|itself|bare|without|just|not+noun|nothing",
    "answer|submit|give|write|return|report|state|reply only|bare|just|plain|single number|figure|digit|numeral|count",
    "not|never|avoid|without add|append|put|write|attach|unit|noun|word unit|noun|word|label|text number|figure|count|answer",
    "answer|submission|reply be|must|should number|figure|digit|numeral alone|only|bare|without|nothing",
  ],
  rule: {
    title: "Submit a bare number",
    when: "the answer is a count or a difference",
    do: "submit the number alone, without a noun or unit after it",
    why: "words after the number make it another answer",
    unless: "the cell itself has the words",
    check: "the answer is digits only",
  },
};
