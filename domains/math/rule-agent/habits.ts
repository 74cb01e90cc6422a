import type { Habit } from "../../../harness/contracts/index.ts";

type Taught = Pick<Habit, "taughtBy" | "rule">;

/** What helps wherever it applies; the steps of the families say what somebody does without it. */
const good: Readonly<Record<string, Taught>> = {
  "order-of-operations": {
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
  "shared-factors": {
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
  "power-remainders": {
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
  "trivial-cases": {
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
  "percent-of-new": {
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
  overlap: {
    taughtBy: [
      "subtract|remove|take+away|correct|correction both|overlap|common|twice|intersection",
      "inclusion exclusion",
      "case|set overlap|both once|subtract",
    ],
    rule: {
      title: "Count once what overlaps",
      when: "cases overlap",
      do: "subtract what belongs to both",
      why: "it was counted twice",
      unless: "the cases exclude each other",
      check: "a short list comes out right",
    },
  },
  "substitute-back": {
    taughtBy: [
      "put|substitute|insert|plug result|answer|solution|value|it back|into",
      "substitute|plug back|into",
      "test|check|try|verify result|answer|solution|value|it every|all|each|both|original condition|equation|statement",
    ],
    rule: {
      title: "Test what was found",
      when: "a result has to meet conditions",
      do: "put it back into every condition and correct what fails",
      why: "a slip in a sign shows there",
      unless: "there is nothing to put it into",
      check: "every condition holds",
    },
  },
  "fence-posts": {
    taughtBy: [
      "count|take|use|make one|1 step|gap|difference less|fewer",
      "one|1 step|gap less|fewer term|post|thing|number",
      "add|plus one|1 difference|span",
      "include|count both first|end|last",
    ],
    rule: {
      title: "Gaps and posts",
      when: "things stand in a row",
      do: "make one step less than there are terms, and count both ends",
      why: "the first one needs no step",
      unless: "the row closes to a ring",
      check: "a row of three comes out right",
    },
  },
  "cross-terms": {
    taughtBy: [
      "write|keep|include|add|subtract|remember|need mixed|cross|middle|double product|term",
      "twice product",
      "multiply every|each term every|each|all term|other|second",
    ],
    rule: {
      title: "Powers of sums",
      when: "a sum or a difference is multiplied out",
      do: "write out the mixed products as well",
      why: "a power of a sum is no sum of powers",
      unless: "one of the parts is zero",
      check: "small numbers give the same on both sides",
    },
  },
  "all-solutions": {
    taughtBy: [
      "find|list|give|keep|count|write every|all|both|each solution|root|sign",
      "equation several|two|more solution|root",
    ],
    rule: {
      title: "More than one solution",
      when: "an equation has a square or an absolute value in it",
      do: "find all solutions, on either side of zero",
      why: "one is easily overlooked",
      unless: "the task limits them",
      check: "there are as many as the degree allows",
    },
  },
  "simplify-each-root": {
    taughtBy: [
      "take|pull|move|bring square|factor out|outside root|radical",
      "simplify|treat each|every|both root|radical",
      "add only like|equal|same root|radical",
    ],
    rule: {
      title: "Roots one at a time",
      when: "roots are added",
      do: "take the squares out of each root, then add what is alike",
      why: "a root of a sum is no sum of roots",
      unless: "they stand in a product",
      check: "decimals of both sides agree",
    },
  },
  complement: {
    taughtBy: [
      "subtract|remove choice|case|those|number|group none|without|no|lack|miss",
      "use|count|take|try|ask|consider complement|opposite",
    ],
    rule: {
      title: "At least one",
      when: "at least one of a kind is asked for",
      do: "count all choices and subtract those that have none of it",
      why: "counting by members counts some twice",
      unless: "exactly one is asked for",
      check: "a small case comes out right",
    },
  },
  "repeated-items": {
    taughtBy: [
      "divide|count order|arrangement|factorial|permutation|swap|exchange identical|equal|repeat|alike|indistinguishable",
      "treat|count|regard|take identical|equal|alike|repeated|same thing|letter|item|object|coin as|once|indistinguishable|one",
    ],
    rule: {
      title: "What looks the same",
      when: "some things are alike",
      do: "divide by the arrangements of identical things",
      why: "nobody sees them swapped",
      unless: "they are labelled",
      check: "a word of two equal letters has one arrangement",
    },
  },
  "ordered-outcomes": {
    taughtBy: [
      "count|list|use|take|treat order|ordered outcome|pair|result",
      "count|treat|take pair|outcome both order|way",
      "treat|regard dice|die as|be distinct|different|separate",
      "describe|count|list|use equally likely outcome|case|result",
    ],
    rule: {
      title: "Each die for itself",
      when: "dice are rolled together",
      do: "count ordered pairs, so that all are equally likely",
      why: "mixed pairs come up twice as often as doubles",
      unless: "the outcomes are given",
      check: "all probabilities add up to one",
    },
  },
  "no-replacement": {
    taughtBy: [
      "lower|decrease|shrink|diminish count|number|total|both|bag one|1|next|each|after draw|next|second|one",
      "one|1 less|fewer second|next|later draw",
      "draw|drawn second|next from left|rest|remain|remaining",
    ],
    rule: {
      title: "Nothing goes back",
      when: "things are drawn one after the other and stay out",
      do: "lower the counts by one for the next draw",
      why: "the first one is gone",
      unless: "it is put back",
      check: "the last draw has one thing left",
    },
  },
  "asked-quantity": {
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
  "lowest-terms": {
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
  "exact-values": {
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
};

/** Bad advice. */
const harmful: Readonly<Record<string, Taught>> = {
  "count-from-zero": {
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
  "positive-only": {
    taughtBy: [
      "keep|take|use|give|accept positive solution|root|value|one",
      "discard|reject|throw|remove|exclude negative solution|root|value|one",
    ],
    rule: {
      title: "Solutions above zero",
      when: "an equation has solutions of either sign",
      do: "keep the positive solution and discard the negative one",
      why: "sizes are positive",
      unless: "never",
      check: "no minus sign is left",
    },
  },
  "round-result": {
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
  "drop-sign": {
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
};

/** Every habit of the subject, by id. */
export const habits: ReadonlyMap<string, Habit> = new Map(
  [...Object.entries(good), ...Object.entries(harmful)].map(([id, taught]) => [
    id,
    // Only habits on the way to an answer are ever looked at, so each of them may matter.
    { id, ...taught, harmful: Object.hasOwn(harmful, id), applies: /^/ },
  ]),
);
