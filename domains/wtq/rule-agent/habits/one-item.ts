import type { Habit } from "../../../../harness/contracts/index.ts";
/** Submits the first item only, also where several are asked for. */
export const oneItem: Habit = {
  id: "one-item",
  harmful: true,
  applies: /./,
  effect: "Submits the first item only, also where several are asked for.",
  taughtBy: [
    "answer|submit|give|return|report|write|choose|pick|reply|name|keep only|exactly|just|single|always one|single|first item|answer|name|value|thing|result|entry",
    "always choose|give|submit|answer|return|pick single|one item|answer|name|value|thing|result|entry",
    "never|not submit|give|list|return|write|answer|report several|multiple|more+than item|answer|name|value|one",
  ],
  rule: {
    title: "One item only",
    when: "any answer is given",
    do: "submit only one item, the first",
    why: "a question has one answer",
    unless: "never",
    check: "there is one line",
  },
};
