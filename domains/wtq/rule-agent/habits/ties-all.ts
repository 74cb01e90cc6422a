import type { Habit } from "../../../../harness/contracts/index.ts";
/** Gives all rows that share the extreme value; without it the first. */
export const tiesAll: Habit = {
  id: "ties-all",
  harmful: false,
  applies:
    /most|least|highest|lowest|largest|smallest|longest|shortest|greatest|fewest|best|top|last|first/,
  effect: "Gives all rows that share the extreme value; without it the first.",
  taughtBy: [
    "tie|share|equal|draw|same give|list|answer|return|report|include|name|submit all|every|both|each",
    "give|list|answer|return|report|include|name|submit all|every|both|each tie|share|equal",
    "several|two|more|multiple share|tie|have|reach same|highest|top|best|maximum give|list|answer|return|report|include|name|submit all|every|both|each",
  ],
  rule: {
    title: "Give all that tie",
    when: "several rows share the highest or lowest value",
    do: "give all tied rows, not only the first",
    why: "each of them is a right answer",
    unless: "the question asks for one",
    check: "no other row has the same value",
  },
};
