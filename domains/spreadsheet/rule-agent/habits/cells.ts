import type { HabitText } from "../habits.ts";

/** Habits about what cells say and what results are. */
export const cellHabits: readonly HabitText[] = [
  {
    id: "match-loosely",
    taughtBy: [
      "ignore|overlook|disregard case|spaces|capitals|spelling compare|match|comparing|matching|group|look",
      "compare|match|group|look|count|find text|words|word|names|values|keys|categories|cells ignore|ignoring|without|whatever|regardless|after case|spaces|capitals|trim|trimming",
      "trim|strip|fold|normalise|normalize|lower text|words|word|values|names|keys|categories|cells|both before|and compare|comparing|match|matching|group|grouping|counting",
      "word|words|text|value|names same|equal whatever|regardless|despite case|capitals|spaces",
    ],
    rule: {
      title: "Compare words loosely",
      when: "cells are compared with a word or with each other",
      do: "compare words ignoring case and stray spaces",
      why: "the same word is spelled in several ways",
      unless: "the instruction asks for an exact spelling",
      check: "every spelling of the word was found",
    },
  },
  {
    id: "text-numbers",
    taughtBy: [
      "number|numbers|amounts|figures store|stored|kept|write|written|hold text convert|read|treat|turn|count|parse",
      "convert|turn|parse|read|treat text|strings number|numbers|numeric",
      "strip|trim|remove spaces|blanks number|numbers|amounts|figures",
    ],
    rule: {
      title: "Numbers stored as text count",
      when: "a column of numbers has cells with spaces in them",
      do: "convert numbers stored as text before calculating",
      why: "sums pass over text without a word",
      unless: "the column is a code",
      check: "no filled cell was left out of the sum",
    },
  },
  {
    id: "blank-stays",
    applies: /missing|empty|nothing|no /,
    taughtBy: [
      "leave|keep result|results|cell|cells|it|them|output empty|blank where|when|if missing|empty|blank|no",
      "missing|empty|blank cell|cells|value|values|input|number stay|remain|keep|leave|give|get empty|blank|no",
      "not|never treat|count|take|replace|calculate blank|missing|empty zero|0|nought",
      "write|give nothing|no where|when|for missing|blank|empty",
    ],
    rule: {
      title: "No number, no result",
      when: "an entry lacks the number",
      do: "leave the result empty where the number is missing",
      why: "zero is a value and blank is none",
      unless: "the instruction says that it counts as 0",
      check: "as many results as numbers",
    },
  },
  {
    id: "plain-values",
    taughtBy: [
      "write|store|enter|put|save|leave value|values|results|result|numbers instead|rather|not|and formula|formulas",
      "write|store|enter|put|save|leave plain|calculated|computed|stored|static|final value|values|result|results|numbers",
      "not|never|avoid|without leave|write|enter|put|use|rely formula|formulas",
      "formula|formulas not|never|without calculated|stored|cached|value|values|result read|reads|empty",
    ],
    rule: {
      title: "Write values, not formulas",
      when: "a result is calculated",
      do: "write the calculated value itself",
      why: "a formula that nobody calculated reads as empty",
      unless: "it is recalculated and checked afterwards",
      check: "the cell prints as a number",
    },
  },
  {
    id: "asked-digits",
    applies: /decimal|round/,
    taughtBy: [
      "round decimals|digits|places|as|exactly|only instruction|asked|named|names|says|requested",
      "round instruction|task names|says|asks|asked digits|decimals|places",
      "as+many decimals|digits|places instruction|asked|named|requested",
    ],
    rule: {
      title: "Round as asked",
      when: "the instruction names decimals",
      do: "round to the decimals that the instruction names",
      why: "further digits are other values",
      unless: "it names none",
      check: "no result has more digits",
    },
  },
  {
    id: "limit-included",
    applies: /at least|or more|or higher/,
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
    applies: /rank|place each/,
    taughtBy: [
      "equal|same|tied|tie value|values|amounts|scores|entries|entry share|get|take|have|receive rank|place|number",
      "give equal|tied value|values|amounts|entries|scores same|one|equal rank|place|number",
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
    id: "blanks-last",
    applies: /sort|order|rearrange/,
    taughtBy: [
      "put|place|keep|leave|move|sort blank|blanks|empty|missing row|rows|cells|entries|values|to|at|last last|end|bottom",
      "blank|blanks|empty|missing row|rows|cells|entries|values|go|come|belong|sort last|end|bottom",
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
];
