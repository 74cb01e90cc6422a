import type { Habit } from "../../../../harness/contracts/index.ts";
/** Reads `1,234 km`, `$5` and `12%` as numbers; without it cells that are not digits alone compare as text. */
export const plainNumbers: Habit = {
  id: "plain-numbers",
  harmful: false,
  applies: /./,
  effect:
    "Reads `1,234 km`, `$5` and `12%` as numbers; without it cells that are not digits alone compare as text.",
  taughtBy: [
    "strip|remove|drop|ignore|delete|disregard|clean|take+off comma|unit|currency|separator|symbol|percent compare|sort|sum|add|convert|parse|number|numeric|calculate|compute|arithmetic|order|rank",
    "read|parse|convert|treat|turn|cast|normalize|normalise|interpret cell|value|text|figure|string|entry number|numeric|numeral|numerical",
    "compare|sort|rank|order value|figure|number|column|cell|quantity number|numerical|numeric|numerically|magnitude not|never text|string|alphabetically|letter|character",
    "comma|unit|currency|separator|symbol strip|remove|drop|ignore|delete compare|sort|sum|add|parse|calculate",
  ],
  rule: {
    title: "Read figures as numbers",
    when: "cells to be compared or added hold commas, units or currency signs",
    do: "strip commas, units and currency signs and compare the numbers, not the text",
    why: '"14,749" sorts before "5,465" as text',
    unless: "the column holds names",
    check: "the greatest value has the most digits",
  },
};
