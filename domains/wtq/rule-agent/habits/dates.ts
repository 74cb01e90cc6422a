import type { Habit } from "../../../../harness/contracts/index.ts";
/** Compares dates by time; without it they compare as text. */
export const dates: Habit = {
  id: "dates",
  harmful: false,
  applies: /first|last|earl|late|before|after|old|young|new|recent|when|date|year|since|until/,
  effect: "Compares dates by time; without it they compare as text.",
  taughtBy: [
    "compare|sort|order|rank|parse|convert|read|treat|arrange date|day chronologically|calendar|time|year|chronological|timeline",
    "date compare|sort|order|rank|treat|parse|arrange chronologically|calendar|time|chronological|not+text|not+alphabetically",
    "turn|convert|split|parse|read date year month sort|compare|order|rank",
    "order|sort|arrange|compare chronologically|chronological date|day|event",
    "compare|sort|order|rank year|month day|month date|string|text|alphabetically",
  ],
  rule: {
    title: "Compare dates by time",
    when: "the question asks which came earlier or later and the cells hold dates",
    do: "compare the dates in chronological order by year, then month, then day",
    why: "sorted as text April comes before January",
    unless: "the dates are all in one style that sorts right",
    check: "the winner really is the earlier on a calendar",
  },
};
