import type { Habit } from "../../../../harness/contracts/index.ts";
/** Counts the limit itself for `at least`, `or more`, `between`; without it not. */
export const inclusiveBounds: Habit = {
  id: "inclusive-bounds",
  harmful: false,
  applies: /at least|at most|or (?:more|less|fewer|higher|above|over)|between|from/,
  effect: "Counts the limit itself for `at least`, `or more`, `between`; without it not.",
  taughtBy: [
    "include|count|keep|accept|allow limit|bound|boundary|endpoint|edge|end|threshold least|most|between|itself|more|too|inclusive",
    "at+least|at+most|between|or+more include|inclusive|count|contain|accept limit|bound|boundary|endpoint|end|number|threshold|equal|itself",
    "treat|read|take at+least|at+most|between|or+more|range|bound inclusive|equal|including",
    "limit|bound|boundary|endpoint|threshold itself|count|be include|count|in|inclusive|too",
  ],
  rule: {
    title: "Bounds include the limit",
    when: "the question says at least, at most, or more, or between",
    do: "include the limit itself in the bound",
    why: "at least five is true of five",
    unless: "the question says more than or less than",
    check: "a row exactly at the limit was kept",
  },
};
