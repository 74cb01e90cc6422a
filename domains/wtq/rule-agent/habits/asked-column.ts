import type { Habit } from "../../../../harness/contracts/index.ts";
/** Takes the answer from the column that the question asks for; without it from the column that names the rows. */
export const askedColumn: Habit = {
  id: "asked-column",
  harmful: false,
  applies: /./,
  effect:
    "Takes the answer from the column that the question asks for; without it from the column that names the rows.",
  taughtBy: [
    "take|read|give|return|pick|draw|choose|copy answer|item|value|result|it|cell column|field question|word|wh ask|name|mention|want|call",
    "column|field question|word ask|name|mention|want|call answer|take+answer|read+answer|give|return|pick",
    "find|identify|locate|determine|choose|note column|field answer|result take|come|read|lie|stand|be|hold|contain",
    "answer column|field question|word ask|name|mention|want|call",
  ],
  rule: {
    title: "Answer from the column asked for",
    when: "the question asks which, who, where or when",
    do: "take the answer from the column that the question asks for",
    why: "the first column only names the rows",
    unless: "the question asks for the name of a row",
    check: "the answer is of the kind asked for",
  },
};
