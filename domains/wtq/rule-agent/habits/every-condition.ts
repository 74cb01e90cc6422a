import type { Habit } from "../../../../harness/contracts/index.ts";
/** Keeps rows for which all conditions hold; without it only the strongest is used. */
export const everyCondition: Habit = {
  id: "every-condition",
  harmful: false,
  applies: /./,
  effect: "Keeps rows for which all conditions hold; without it only the strongest is used.",
  taughtBy: [
    "apply|use|check|require|keep|satisfy|fulfil|fulfill|meet|test|match all|every|each|both condition|filter|constraint|restriction|criterion|criteria|requirement",
    "row|line|entry|record satisfy|fulfil|fulfill|meet|match|pass|hold|for all|every|each|both condition|filter|constraint|criterion|criteria|requirement|part",
    "all|every|each|both condition|filter|constraint|criterion|criteria|restriction must|hold|apply|satisfy|meet|fulfil|fulfill|true",
  ],
  rule: {
    title: "Apply every condition",
    when: "the question names more than one thing that must hold",
    do: "keep only rows that satisfy every condition at once",
    why: "one condition alone leaves too many rows",
    unless: "no row satisfies them all",
    check: "each kept row agrees with the whole question",
  },
};
