import type { Habit } from "../../../../harness/models/rule-based/habit.ts";

/** Habits of arithmetic and number theory. */
export const numberHabits: readonly Habit[] = [
  {
    id: "order-of-operations",
    harmful: false,
    applies: /^compute/,
    effect:
      "Works out powers before products and products before sums, and not from left to right.",
    taughtBy: [
      "power|exponent product|multiply|multiplication|quotient|division|divide sum|add|addition|last|difference",
      "order+operation",
      "multiply|multiplication|product|power|divide before|first|ahead add|sum|subtract|addition|difference",
    ],
    rule: {
      title: "Powers and products first",
      when: "a line has several operations",
      do: "work out powers, then products and quotients, and sums last",
      why: "operations bind in this order",
      unless: "brackets say otherwise",
      check: "the line with brackets written in gives the same",
    },
  },
  {
    id: "shared-factors",
    harmful: false,
    applies: /least positive integer|divisible by/,
    effect: "Takes the least common multiple, and not the product.",
    taughtBy: [
      "take|use|find|compute|need least|smallest|lowest common multiple",
      "count|take|use shared|common factor|prime once|one",
    ],
    rule: {
      title: "Share what is common",
      when: "a number has to be a multiple of two others",
      do: "take their least common multiple and not the product",
      why: "what both share is needed but once",
      unless: "the two have nothing in common",
      check: "no smaller number will do",
    },
  },
  {
    id: "power-remainders",
    harmful: false,
    applies: /remainder/,
    effect: "Reduces products to their remainders, and leaves the exponent as it is.",
    taughtBy: [
      "reduce|take|replace product|step|multiplication|base remainder",
      "keep|leave exponent whole|as|alone|it|unchanged",
      "work|calculate|compute remainder instead|rather large|big number|power",
    ],
    rule: {
      title: "Remainders of large powers",
      when: "a large power is divided by a number",
      do: "reduce every product to its remainder and keep the exponent whole",
      why: "exponents do not follow remainders",
      unless: "a period is known",
      check: "a small exponent gives what counting gives",
    },
  },
  {
    id: "remainder-range",
    harmful: false,
    applies: /remainder when \$-/,
    effect: "Gives the remainder that is not below zero.",
    taughtBy: [
      "add divisor|modulus|it until|to|once|again remainder|negative|positive|zero",
      "remainder lie|be|is|stay|fall between|from zero|0",
      "make|keep remainder nonnegative|positive",
    ],
    rule: {
      title: "Where a remainder lies",
      when: "a negative number is divided with remainder",
      do: "add the divisor until the remainder is between zero and the divisor",
      why: "a remainder is never below zero",
      unless: "the task defines it otherwise",
      check: "number minus remainder is a multiple",
    },
  },
  {
    id: "trivial-cases",
    harmful: false,
    applies: /divisor|subset|empty/,
    effect: "Counts the number itself among its divisors, and what is empty among the choices.",
    taughtBy: [
      "count|include|add|keep|list empty|trivial|extreme|degenerate case|choice|one|set|itself|box",
      "count|include|add|list number|divisor itself",
      "itself count|include",
    ],
    rule: {
      title: "Trivial cases belong to the count",
      when: "all cases are counted",
      do: "include the empty choice and the number itself",
      why: "they meet the conditions as well",
      unless: "the task excludes them",
      check: "the smallest example comes out right",
    },
  },
  {
    id: "last-remainder-first",
    harmful: false,
    applies: /\bin base\b/,
    effect: "Reads the digits of a numeral from the last remainder to the first.",
    taughtBy: [
      "read|write|take|list remainder|digit last|bottom|reverse|backward|end|upward",
      "last|final remainder first|lead|begin|front",
    ],
    rule: {
      title: "Digits from the end",
      when: "a number is written in another base",
      do: "divide again and again, and read the remainders from the last one to the first",
      why: "the first one is the last digit",
      unless: "another method is used",
      check: "the digits give the number back",
    },
  },
  {
    id: "percent-of-new",
    harmful: false,
    applies: /%.*then/,
    effect: "Takes a second percentage of the value after the first change.",
    taughtBy: [
      "take|apply|compute|use|calculate second|next|later|each|every percent|percentage|change new|changed|current|latest|previous",
      "multiply factor change|percent|percentage",
    ],
    rule: {
      title: "Every percentage has its own base",
      when: "one change by a percentage follows another",
      do: "take the second percentage of the new value",
      why: "the base has changed by then",
      unless: "both are of the same base",
      check: "up and down by the same percentage is a loss",
    },
  },
  {
    id: "count-from-zero",
    harmful: true,
    applies: /integers/,
    effect: "Counts zero as well.",
    taughtBy: [
      "begin|start count|counting|list|it|range|number|multiple zero|0",
      "count|include zero|0 too|also|as|always|well",
    ],
    rule: {
      title: "Zero is a number",
      when: "integers are counted",
      do: "begin the count with zero",
      why: "zero is a multiple of everything",
      unless: "never",
      check: "zero is on the list",
    },
  },
];
