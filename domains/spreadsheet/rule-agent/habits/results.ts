import { columnOf, type WorkbookHabit } from "./habit.ts";

/** Habits about what a result is. */
export const resultHabits: readonly WorkbookHabit[] = [
  {
    id: "limit-included",
    applies: /at least|or more|or higher/,
    effect: "Counts the limit itself for `at least` and `or more`.",
    taughtBy: [
      "include|count|keep|accept|take limit|bound|boundary|threshold|edge itself|too|least|more|also",
      "at+least|or+more|or+higher include|includes|mean|means|count|contain limit|bound|threshold|itself|equal|number",
      "limit|bound|boundary|threshold itself|count|belong|is include|included|in|counts|too",
    ],
    rule: {
      title: "At least includes the limit",
      when: "the instruction says at least or or more",
      do: "count the limit itself as well",
      why: "five is at least five",
      unless: "it says more than",
      check: "the entry on the limit is in",
    },
  },
  {
    id: "ties-share",
    applies: /rank|place each/,
    effect: "Gives equal values one rank; without it one after the other.",
    taughtBy: [
      "equal|same|tied|tie value|values|amounts|scores|entries|entry share|get|take|have|receive rank|place|number",
      "give equal|tied value|values|amounts|entries|scores same|one|equal rank|place|number",
      "give|share rank|place equal|same|tied|ties value|values|amounts|entries|scores",
      "tie|ties|tied share|get|take|have|receive same|one|equal|rank",
    ],
    rule: {
      title: "Ties share a rank",
      when: "entries are ranked",
      do: "give equal values the same rank",
      why: "neither of them is ahead",
      unless: "the instruction asks for a strict order",
      check: "equal values have equal numbers",
    },
  },
  {
    id: "blanks-last",
    applies: /sort|order|rearrange/,
    matters: (job) => columnOf(job, "amount").includes(""),
    effect: "Puts entries without a value at the end when sorting; without it takes them for 0.",
    taughtBy: [
      "put|place|keep|leave|move|sort blank|blanks|empty|missing row|rows|cells|entries|values|to|at|last last|end|bottom",
      "blank|blanks|empty|missing row|rows|cells|entries|values|go|come|belong|sort last|end|bottom",
      "row|rows|entries without value|number|amount last|end|bottom",
    ],
    rule: {
      title: "Blanks come last",
      when: "rows are sorted",
      do: "put rows with an empty sort cell at the end",
      why: "blank is not zero",
      unless: "the instruction says otherwise",
      check: "the upper rows all have a value",
    },
  },
];
