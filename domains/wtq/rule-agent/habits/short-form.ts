import type { Habit } from "../../../../harness/contracts/index.ts";
/** Cuts an answer off at its first comma or bracket. */
export const shortForm: Habit = {
  id: "short-form",
  harmful: true,
  applies: /./,
  effect: "Cuts an answer off at its first comma or bracket.",
  taughtBy: [
    "cut|shorten|trim|abbreviate|truncate|reduce answer|name|text|cell|value|item comma|bracket|parenthesis|parentheses|first|short",
    "drop|remove|omit|discard|delete|cut+off|leave+out everything|anything|all|what|whatever|text|part after|behind|following comma|bracket|parenthesis|parentheses|slash",
    "always drop|remove|omit|discard|delete|cut|leave+out bracket|parenthesis|parentheses|parenthesised|parenthesized|comma",
    "keep|give|submit|use|answer|write only|just part|word|text before|first|up comma|bracket|parenthesis|parentheses|word",
  ],
  rule: {
    title: "Keep answers short",
    when: "an answer has several parts",
    do: "cut the answer off at the first comma or bracket",
    why: "the first part says enough",
    unless: "never",
    check: "there is no comma",
  },
};
