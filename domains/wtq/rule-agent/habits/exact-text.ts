import type { Habit } from "../../../../harness/contracts/index.ts";
/** Copies a cell as it stands; without it figures lose their units and commas. */
export const exactText: Habit = {
  id: "exact-text",
  harmful: false,
  applies: /./,
  effect: "Copies a cell as it stands; without it figures lose their units and commas.",
  taughtBy: [
    "copy|give|submit|answer|write|return|use|quote|keep|reproduce cell|text|value|entry|name|wording exactly|verbatim|exact|literally|unchanged|as+it+stand|as+they+stand|as+be|letter",
    "copy|give|submit|answer|write|return|use|quote|keep|reproduce exact|verbatim|full|complete|unchanged|literal text|cell|wording|value|spelling|entry",
    "not|never change|shorten|reformat|alter|reword|paraphrase|abbreviate|rewrite cell|text|wording|value|name|entry|answer",
  ],
  rule: {
    title: "Copy cells exactly",
    when: "the answer is a cell of the table",
    do: "copy the cell text exactly as it stands",
    why: "a changed text is another answer",
    unless: "the answer is computed",
    check: "the answer can be found in the file",
  },
};
