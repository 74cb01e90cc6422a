import type { Habit } from "../../../../harness/contracts/index.ts";
/** Answers yes or no where the question starts with a verb; without it with a cell. */
export const yesOrNo: Habit = {
  id: "yes-or-no",
  harmful: false,
  applies: /^(?:is|was|were|are|did|does|do|has|have|had|can|will)\b/,
  effect: "Answers yes or no where the question starts with a verb; without it with a cell.",
  taughtBy: [
    "answer|reply|submit|say|respond|give|write yes no",
    "yes no answer|reply|submit|say|respond|question|ask",
    "question start|begin|open verb|did|be|do|auxiliary answer|reply|submit yes no",
  ],
  rule: {
    title: "Yes or no",
    when: 'the question starts with a verb such as "was" or "did"',
    do: "answer with yes or no and nothing else",
    why: "a cell does not answer it",
    unless: "the question offers two choices",
    check: "the answer is one word",
  },
};
