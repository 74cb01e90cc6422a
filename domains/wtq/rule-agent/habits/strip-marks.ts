import type { Habit } from "../../../../harness/contracts/index.ts";
/** Takes footnote marks off before names are compared. */
export const stripMarks: Habit = {
  id: "strip-marks",
  harmful: false,
  applies: /./,
  effect: "Takes footnote marks off before names are compared.",
  taughtBy: [
    "strip|remove|drop|ignore|delete|disregard|clean|take+off footnote|bracket|asterisk|dagger|reference|citation|annotation mark|marker|sign|symbol|number|note|suffix compare|match|search|look|find|name",
    "footnote|asterisk|dagger|citation|reference mark|marker|symbol|note|number strip|remove|drop|ignore|delete|disregard|take+off",
    "compare|match|search|look name|cell|text|entry without|ignore|strip|remove footnote|asterisk|dagger|citation|bracket|annotation",
  ],
  rule: {
    title: "Ignore footnote marks",
    when: "a name in the table carries marks such as a star, a dagger or a number in brackets",
    do: "strip footnote marks before matching names with the question",
    why: "the mark is not part of the name",
    unless: "the question asks about the mark",
    check: "every named entry was found",
  },
};
