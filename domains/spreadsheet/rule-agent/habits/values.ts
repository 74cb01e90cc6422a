import { columnOf, type WorkbookHabit } from "./habit.ts";

/** Habits about reading and writing cells. */
export const valueHabits: readonly WorkbookHabit[] = [
  {
    id: "match-loosely",
    matters: (job) => columnOf(job, "key").some((it) => !/^[A-Z][a-z]+$/.test(it)),
    effect: "Takes words for the same whatever their case and the spaces around them.",
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
    matters: (job) => columnOf(job, "amount").some((it) => it.trim() !== it),
    effect: "Reads numbers that are stored as text with spaces; without it they are no numbers.",
    taughtBy: [
      "number|numbers|amounts|figures store|stored|kept|write|written|hold text convert|read|treat|turn|count|parse",
      "convert|turn|parse|read|treat text|strings number|numbers|numeric",
      "read|convert|treat|parse number|numbers|amounts stored|that|with|kept text|spaces",
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
    matters: (job) => columnOf(job, "amount").includes(""),
    effect: "Leaves the result empty where the number is missing; without it calculates with 0.",
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
    effect: "Writes calculated values; without it formulas that nobody calculates.",
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
    effect: "Rounds to the digits that the instruction names; without it not at all.",
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
];
