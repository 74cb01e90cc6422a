import type { Habit } from "../../../../harness/contracts/index.ts";
/** Answers a choice of two with one of the two named; without it as any other question. */
export const eitherOr: Habit = {
  id: "either-or",
  harmful: false,
  applies: / or /,
  effect: "Answers a choice of two with one of the two named; without it as any other question.",
  taughtBy: [
    "answer|choose|pick|give|return|submit|reply one|either two|both name|option|choice|alternative|candidate|thing|item",
    "compare two|both|pair name|option|choice|alternative|candidate|item|entry|thing answer|give|return|submit|choose|pick|name one|winner|better|name",
    "offer|present|name|give two|both|pair choice|option|alternative|name|thing|entry|or compare|choose|pick|answer",
  ],
  rule: {
    title: "Choose one of the two",
    when: 'the question offers two things joined by "or"',
    do: "compare the values of both and answer with one of the two named",
    why: "the answer is always one of those offered",
    unless: "the question is about yes or no",
    check: "the answer stands in the question",
  },
};
