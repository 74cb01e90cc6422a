import type { Habit } from "../../../../harness/contracts/index.ts";
/** Takes the date of a stamp where one is asked for; without it the first date of the page. */
export const stampedDate: Habit = {
  id: "stamped-date",
  harmful: false,
  applies: /received|approved|paid|stamp|filed/,
  effect:
    "Takes the date of a stamp where one is asked for; without it the first date of the page.",
  taughtBy: [
    "take|read|use|find|give|look date|day stamp",
    "date|day stamp on|word|show|print|received|paid|arrival",
    "stamp hold|have|show|give|carry date|day",
    "look|read|search stamp date|day|received",
    "stamp arrival|receive|receipt",
  ],
  rule: {
    title: "Read the date of a stamp",
    when: "it is asked when a paper was received, approved or paid",
    do: "take the date on the stamp",
    why: "the other dates were typed by the writer",
    unless: "there is no stamp",
    check: "the word of the question is beside it",
  },
};
