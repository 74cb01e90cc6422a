import type { Habit } from "../../../../harness/contracts/index.ts";
/** Habits about what a result is. */
export const resultHabits: readonly Habit[] = [
  {
    id: "limit-included",
    harmful: false,
    applies: /at least|or more|or higher/,
    effect: "Counts the limit itself for `at least` and `or more`.",
    taughtBy: [
      "include|count|keep|accept|take limit|bound|boundary|threshold|edge itself|too|least|more|also",
      "at+least|or+more|or+higher include|includes|mean|means|count|contain limit|bound|threshold|itself|equal|number",
      "limit|bound|boundary|threshold itself|count|belong|is include|included|in|counts|too",
    ],
    rule: {
      title: "At least includes the limit",
      when: "the instruction says at least or or more",
      do: "count the limit itself as well",
      why: "five is at least five",
      unless: "it says more than",
      check: "the entry on the limit is in",
    },
  },
  {
    id: "ties-share",
    harmful: false,
    applies: /rank|place each/,
    effect: "Gives equal values one rank; without it one after the other.",
    taughtBy: [
      "equal|same|tied|tie value|values|amounts|scores|entries|entry share|get|take|have|receive rank|place|number",
      "give equal|tied value|values|amounts|entries|scores same|one|equal rank|place|number",
      "give|share rank|place equal|same|tied|ties value|values|amounts|entries|scores",
      "tie|ties|tied share|get|take|have|receive same|one|equal|rank",
    ],
    rule: {
      title: "Ties share a rank",
      when: "entries are ranked",
      do: "give equal values the same rank",
      why: "neither of them is ahead",
      unless: "the instruction asks for a strict order",
      check: "equal values have equal numbers",
    },
  },
  {
    id: "says-not-found",
    harmful: false,
    applies: /not listed|there is none|not found/,
    effect:
      "Writes the words asked for where a look-up finds nothing; without it leaves the cell empty.",
    taughtBy: [
      "write|use|put|give|enter word|words|text|phrase instruction|asked|named|requested|given nothing|no|not|missing|unlisted found|find|listed|match",
      "look|lookup|key|search find|finds|without|has|not nothing|no|found|listed|match write|use|put|give|enter word|words|text",
      "missing|unlisted|unknown key|keys|entries|look get|take|receive|need|write words|word|text",
    ],
    rule: {
      title: "Say that nothing was found",
      when: "a look-up has no match",
      do: "write the words that the instruction gives where nothing is found",
      why: "an empty cell says something else",
      unless: "the instruction says to leave it empty",
      check: "no cell of the column is blank by chance",
    },
  },
  {
    id: "blanks-last",
    harmful: false,
    applies: /sort|order|rearrange/,
    effect: "Puts entries without a value at the end when sorting; without it takes them for 0.",
    taughtBy: [
      "put|place|keep|leave|move|sort blank|blanks|empty|missing row|rows|cells|entries|values|to|at|last last|end|bottom",
      "blank|blanks|empty|missing row|rows|cells|entries|values|go|come|belong|sort last|end|bottom",
      "row|rows|entries without value|number|amount last|end|bottom",
    ],
    rule: {
      title: "Blanks come last",
      when: "rows are sorted",
      do: "put rows with an empty sort cell at the end",
      why: "blank is not zero",
      unless: "the instruction says otherwise",
      check: "the upper rows all have a value",
    },
  },
  {
    id: "absent-zero",
    harmful: false,
    applies: /each|every/,
    effect: "Writes 0 for a listed group without entries; without it leaves the cell empty.",
    taughtBy: [
      "write|give|put|enter zero|0 group|groups|category|categories|kind|label|labels|listed|name without|no|lack|has|that",
      "group|groups|category|categories|kind|label|labels|name without|no|lack|that entries|entry|rows|row|occur write|get|give|take|put|zero zero|0",
      "not|never leave group|category|listed|label empty|blank",
    ],
    rule: {
      title: "A listed group without entries is 0",
      when: "groups are listed beforehand",
      do: "write zero for a listed group without entries",
      why: "the sum of nothing is 0",
      unless: "the instruction asks to leave it empty",
      check: "every listed group has a number",
    },
  },
  {
    id: "alphabetical",
    harmful: false,
    applies: /alphabet|a to z|sorted from/,
    effect: "Lists groups from A to Z; without it as they come.",
    taughtBy: [
      "sort|list|order|arrange|write group|groups|names|categories|kinds|list|values|them|it alphabetically|alphabetical|a+z",
      "alphabetical|alphabetically order|sort|list|arrange group|groups|names|categories|list",
    ],
    rule: {
      title: "Groups from A to Z",
      when: "a list of groups is asked for in order",
      do: "sort the groups alphabetically",
      why: "the order of appearance is another list",
      unless: "the instruction wants the order of appearance",
      check: "each name follows the one above",
    },
  },
];
