import type { Habit } from "../../../../harness/contracts/index.ts";
/** Puts several answers on lines of their own; without it on one line with commas. */
export const oneALine: Habit = {
  id: "one-a-line",
  harmful: false,
  applies: /./,
  effect: "Puts several answers on lines of their own; without it on one line with commas.",
  taughtBy: [
    "put|write|give|submit|list|place|print|return|enter each|every|one|several|multiple|all answer|item|name|result|value|one own|separate|new|a|per|different line",
    "one|single|each answer|item|name|result|value per|a|each|own|every line",
    "separate|split answer|item|name|result|value newline|line",
    "several|multiple|more|all one each|per line",
    "several|multiple|more answer|item|name own|separate|new|a|per line",
  ],
  rule: {
    title: "One answer a line",
    when: "there are several answers",
    do: "write each answer on its own line",
    why: "joined with commas they are read as one",
    unless: "there is a single answer",
    check: "there are as many lines as answers",
  },
};
