import type { Habit } from "../../../../harness/contracts/index.ts";
/** Finds who signed a letter after its closing words; without it takes the letterhead. */
export const closingName: Habit = {
  id: "closing-name",
  harmful: false,
  applies: /sign|wrote|author|sender/,
  effect: "Finds who signed a letter after its closing words; without it takes the letterhead.",
  taughtBy: [
    "give|take|use|read|find|copy|look name|signer|person|it below|under|after|following|follow closing|sincerely|signature|regards",
    "name|signer|sender|author|writer signature|closing|sincerely",
    "signer|sender stand|is|found|find|at end|bottom|below|signature",
  ],
  rule: {
    title: "Look for the signer at the end",
    when: "it is asked who signed a letter",
    do: "give the name that follows the closing words",
    why: "the letterhead names the firm",
    unless: "nobody signed",
    check: "it is the name of a person",
  },
};
