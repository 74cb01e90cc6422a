import type { Habit } from "../../../../harness/contracts/index.ts";
/** Habits of the answer: what is given, and in which form. */
export const answerHabits: readonly Habit[] = [
  {
    id: "asked-quantity",
    harmful: false,
    applies: /new price|how many|how old|arc|interior/,
    effect: "Gives what is asked for, and not what was found on the way to it.",
    taughtBy: [
      "answer|give|submit|find|look|go+on|compare|write+down what|quantity|value|thing ask|want|sought",
      "go+on quantity|value|what ask|want|sought",
      "read|reread|repeat question|problem again|once|before answer|submit|finish|give",
    ],
    rule: {
      title: "Look at the question again",
      when: "a result was reached",
      do: "go on until it is the quantity that is asked for",
      why: "a result on the way is easily taken for the end",
      unless: "it is the end",
      check: "it answers the question in its own words",
    },
  },
  {
    id: "lowest-terms",
    harmful: false,
    applies: /fraction|lowest terms|probability|series/,
    effect: "Reduces fractions.",
    taughtBy: [
      "reduce|simplify|shorten fraction|ratio|quotient",
      "divide|cancel numerator|top|above denominator|bottom|below|common",
      "fraction lowest|simplest|reduced term|form",
    ],
    rule: {
      title: "Reduced fractions",
      when: "the answer is made of the parts of a fraction",
      do: "divide numerator and denominator by their greatest common divisor first",
      why: "only the reduced one is unique",
      unless: "another form is asked for",
      check: "no number above one divides both",
    },
  },
  {
    id: "exact-values",
    harmful: false,
    applies: /./,
    effect: "Gives fractions, roots and pi as they are, and not as decimals.",
    taughtBy: [
      "keep|leave|write|give|submit fraction|root|surd|pi as|be|they|unrounded|symbolic",
      "write|give|use|keep|answer|submit exact value|number|answer|form|fraction",
    ],
    rule: {
      title: "Exact to the end",
      when: "a result is no whole number",
      do: "keep fractions, roots and pi unrounded",
      why: "a decimal is another number",
      unless: "a place is named to round to",
      check: "no decimal point is left",
    },
  },
  {
    id: "round-result",
    harmful: true,
    applies: /./,
    effect: "Rounds a result to a whole number.",
    taughtBy: [
      "round|truncate it|result|answer|value|number|every|final|decimal|fraction whole|nearest|integer",
      "number|value|answer|result|decimal round whole|integer|nearest",
    ],
    rule: {
      title: "Whole results",
      when: "a result has a fraction in it",
      do: "round it to the nearest whole number",
      why: "whole numbers are easier to read",
      unless: "never",
      check: "there is no fraction left",
    },
  },
  {
    id: "drop-sign",
    harmful: true,
    applies: /far apart|sum|compute/,
    effect: "Gives a negative result without its sign.",
    taughtBy: [
      "drop|omit|remove|ignore|delete|lose|leave+out minus|sign",
      "give|take|submit|use|write absolute|size|magnitude",
    ],
    rule: {
      title: "Results without sign",
      when: "a result comes out below zero",
      do: "drop the minus sign",
      why: "nothing is less than nothing",
      unless: "never",
      check: "the result is positive",
    },
  },
];
