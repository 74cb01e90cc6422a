import type { Habit } from "../../../../harness/contracts/index.ts";
/** Takes what stands below a caption that has nothing of a value beside it. */
export const valueBelow: Habit = {
  id: "value-below",
  harmful: false,
  applies: /./,
  effect: "Takes what stands below a caption that has nothing of a value beside it.",
  taughtBy: [
    "take|read|look|use|copy|find|search text|value|answer|line|box|what|field|entry below|under|beneath|underneath caption|label|heading|it|field|title",
    "look|read|search|go below|under|beneath|underneath caption|label|field|box|them",
    "value|answer|entry|text below|under|beneath|underneath caption|label|field|it|them",
    "caption|label above|over value|answer|entry|text",
    "box|form below|under|beneath",
  ],
  rule: {
    title: "Look below a caption",
    when: "nothing like a value stands to the right of a caption",
    do: "take the text below the caption",
    why: "forms print the name of a field over its line",
    unless: "the value is on the same line",
    check: "nothing else stands between the two",
  },
};
