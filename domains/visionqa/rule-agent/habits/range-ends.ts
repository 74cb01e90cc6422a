import type { Habit } from "../../../../harness/contracts/index.ts";
/** Of two dates gives the one that is asked for; without it both. */
export const rangeEnds: Habit = {
  id: "range-ends",
  harmful: false,
  applies: /start|end|begin|until|from|first|last/,
  effect: "Of two dates gives the one that is asked for; without it both.",
  taughtBy: [
    "give|take|use|copy|choose first|earlier|left date|day|one start|begin|from",
    "split|separate|divide|cut range|period|two+date",
    "first|earlier date|one start|begin",
    "second|later date|one end",
  ],
  rule: {
    title: "Split a range of dates",
    when: "two dates stand in one place",
    do: "give the first date for the start and the second for the end",
    why: "both together are the answer to no question",
    unless: "the whole period is asked for",
    check: "one date is left",
  },
};
