import type { Habit } from "../../../../harness/contracts/index.ts";
/** Finds whom a letter is for in the address above the salutation; without it takes the letterhead. */
export const addressBlock: Habit = {
  id: "address-block",
  harmful: false,
  applies: /address|whom|recipient/,
  effect:
    "Finds whom a letter is for in the address above the salutation; without it takes the letterhead.",
  taughtBy: [
    "give|take|use|read|find|copy|look name|line|first|person|reader|addressee|recipient address above|block|over|salutation|greeting|dear",
    "look|find|search addressee|recipient|reader above|before greeting|salutation",
    "person|recipient|addressee|reader|whom address block|above|over",
    "addressee|recipient stand|is|found above|before salutation|greeting|dear|address",
  ],
  rule: {
    title: "Look for the addressee above the greeting",
    when: "it is asked to whom a letter is addressed",
    do: "give the first line of the address above the greeting",
    why: "the address at the top is that of the sender",
    unless: "the letter has no address",
    check: "the greeting uses the same name",
  },
};
