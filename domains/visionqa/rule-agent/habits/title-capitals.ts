import type { Habit } from "../../../../harness/contracts/index.ts";
/** Takes the first line in capitals for the title; without it the first line. */
export const titleCapitals: Habit = {
  id: "title-capitals",
  harmful: false,
  applies: /title|heading|shop|store/,
  effect: "Takes the first line in capitals for the title; without it the first line.",
  taughtBy: [
    "give|take|use|copy|find|choose|look first|title|heading line|print|capital|set capital|uppercase|caps",
    "title|heading is|are|stand|print|set|write capital|uppercase|caps",
  ],
  rule: {
    title: "Titles are printed in capitals",
    when: "a title or a heading is asked for",
    do: "give the first line in capitals",
    why: "page numbers and running heads stand higher",
    unless: "no line is in capitals",
    check: "it says what the page is about",
  },
};
