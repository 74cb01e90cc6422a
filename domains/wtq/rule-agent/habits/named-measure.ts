import type { Habit } from "../../../../harness/contracts/index.ts";
/** Compares by the column that the question names; without it by the first column of numbers. */
export const namedMeasure: Habit = {
  id: "named-measure",
  harmful: false,
  applies: /most|least|est\\b|more|less|difference|er\\b/,
  effect:
    "Compares by the column that the question names; without it by the first column of numbers.",
  taughtBy: [
    "compare|rank|sort|order|measure|judge by|column|value|in|on|using|use|with column|field|figure|measure question|superlative|word|sentence name|mention|say|speak|refer|about|match|state",
    "compare|rank|sort|order|judge|measure column|field question|superlative|word name|mention|say|speak|refer|match|state",
    "find|identify|locate|determine|choose|pick column|field number compare|rank|sort|measure|belong|about",
  ],
  rule: {
    title: "Compare by the column named",
    when: "the question asks for the most, the least or a comparison and there are several columns of numbers",
    do: "compare the rows by the column that the question mentions",
    why: "another column gives another winner",
    unless: "there is one column of numbers",
    check: "the header fits the words of the question",
  },
};
