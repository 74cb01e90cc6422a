import type { Habit } from "../../../../harness/contracts/index.ts";
/** Takes the largest amount of the page for a total. */
export const largestAmount: Habit = {
  id: "largest-amount",
  harmful: true,
  applies: /total|sum|due|amount/,
  effect: "Takes the largest amount of the page for a total.",
  taughtBy: [
    "take|choose|use|pick|give|find|copy|select large|largest|biggest|highest|greatest|maximum amount|sum|number|value|figure|price",
    "largest|biggest|highest|greatest amount|sum|number|figure is|are|total|answer",
  ],
  rule: {
    title: "Take the largest amount",
    when: "a total is asked for",
    do: "take the largest amount on the page",
    why: "a total is larger than its parts",
    unless: "never",
    check: "no amount is larger",
  },
};
