import type { Habit } from "../../../../harness/contracts/index.ts";
/** Rounds every number of the answer to a whole one. */
export const roundWhole: Habit = {
  id: "round-whole",
  harmful: true,
  applies: /./,
  effect: "Rounds every number of the answer to a whole one.",
  taughtBy: [
    "round|truncate|simplify number|answer|value|figure|result|decimal|it|average|every|all whole|integer|nearest|unit",
    "number|value|answer|figure|decimal round whole|integer|nearest|unit",
    "always|only give|submit|answer|report|write|return whole|round|integer number|figure|value",
    "drop|remove|cut|omit|ignore|discard decimal|fraction|digit+after|decimals answer|number|part|figure|point|place",
  ],
  rule: {
    title: "Round to whole numbers",
    when: "the answer has a number in it",
    do: "round every number to the nearest whole",
    why: "decimals are noise",
    unless: "never",
    check: "there is no point in the number",
  },
};
