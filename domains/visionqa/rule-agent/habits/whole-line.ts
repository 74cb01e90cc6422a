import type { Habit } from "../../../../harness/contracts/index.ts";
/** Hands in the whole line that the value stands in. */
export const wholeLine: Habit = {
  id: "whole-line",
  harmful: true,
  applies: /./,
  effect: "Hands in the whole line that the value stands in.",
  taughtBy: [
    "hand|give|submit|copy|return|answer|write|quote whole|entire|full|complete line|sentence",
  ],
  rule: {
    title: "Hand in the whole line",
    when: "the value was found",
    do: "copy the entire line it stands in",
    why: "more words are more likely to be right",
    unless: "never",
    check: "nothing of the line is missing",
  },
};
