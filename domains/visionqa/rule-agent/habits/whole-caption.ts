import type { Habit } from "../../../../harness/contracts/index.ts";
/** Of several captions takes the one that shares most with the question; without it the first that shares a word. */
export const wholeCaption: Habit = {
  id: "whole-caption",
  harmful: false,
  applies: /./,
  effect:
    "Of several captions takes the one that shares most with the question; without it the first that shares a word.",
  taughtBy: [
    "choose|take|pick|prefer|use|select|find caption|label|field most|more|every|all|best word|match|question",
    "compare|match|check every|all|each|whole|complete|full word|caption|label question|word",
    "caption|label match|share|has|have most|all|every|best word",
    "compare whole|complete|full caption|label",
  ],
  rule: {
    title: "Compare the whole caption",
    when: "several captions share a word with the question",
    do: "choose the caption that shares the most words with the question",
    why: "one common word is soon found",
    unless: "there is only one",
    check: "no other one fits better",
  },
};
