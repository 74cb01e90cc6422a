import { type HabitText, habitsOf } from "../../../harness/models/rule-based/kit.ts";

/** What helps wherever it applies; the steps of the families say what somebody does without it. */
const good: Readonly<Record<string, HabitText>> = {
  "order-of-operations": {
    taughtBy: [
      "power|exponent product|multiply|multiplication|quotient|division|divide sum|add|addition|last|difference",
      "order+operation",
      "multiply|multiplication|product|power|divide before|first|ahead add|sum|subtract|addition|difference",
    ],
    rule: `Powers and products first.
      When a line has several operations: work out powers, then products and quotients, and sums last.
      Why: operations bind in this order. Unless: brackets say otherwise. Check: the line with brackets written in gives the same.`,
  },
  "shared-factors": {
    taughtBy: [
      "take|use|find|compute|need least|smallest|lowest common multiple",
      "count|take|use shared|common factor|prime once|one",
    ],
    rule: `Share what is common.
      When a number has to be a multiple of two others: take their least common multiple and not the product.
      Why: what both share is needed but once. Unless: the two have nothing in common. Check: no smaller number will do.`,
  },
  "power-remainders": {
    taughtBy: [
      "reduce|take|replace product|step|multiplication|base remainder",
      "keep|leave exponent whole|as|alone|it|unchanged",
      "work|calculate|compute remainder instead|rather large|big number|power",
    ],
    rule: `Remainders of large powers.
      When a large power is divided by a number: reduce every product to its remainder and keep the exponent whole.
      Why: exponents do not follow remainders. Unless: a period is known. Check: a small exponent gives what counting gives.`,
  },
  "trivial-cases": {
    taughtBy: [
      "count|include|add|keep|list empty|trivial|extreme|degenerate case|choice|one|set|itself|box",
      "count|include|add|list number|divisor itself",
      "itself count|include",
    ],
    rule: `Trivial cases belong to the count.
      When all cases are counted: include the empty choice and the number itself.
      Why: they meet the conditions as well. Unless: the task excludes them. Check: the smallest example comes out right.`,
  },
  "percent-of-new": {
    taughtBy: [
      "take|apply|compute|use|calculate second|next|later|each|every percent|percentage|change new|changed|current|latest|previous",
      "multiply factor change|percent|percentage",
    ],
    rule: `Every percentage has its own base.
      When one change by a percentage follows another: take the second percentage of the new value.
      Why: the base has changed by then. Unless: both are of the same base. Check: up and down by the same percentage is a loss.`,
  },
  overlap: {
    taughtBy: [
      "subtract|remove|take+away|correct|correction both|overlap|common|twice|intersection",
      "inclusion exclusion",
      "case|set overlap|both once|subtract",
    ],
    rule: `Count once what overlaps.
      When cases overlap: subtract what belongs to both.
      Why: it was counted twice. Unless: the cases exclude each other. Check: a short list comes out right.`,
  },
  "substitute-back": {
    taughtBy: [
      "put|substitute|insert|plug result|answer|solution|value|it back|into",
      "substitute|plug back|into",
      "test|check|try|verify result|answer|solution|value|it every|all|each|both|original condition|equation|statement",
    ],
    rule: `Test what was found.
      When a result has to meet conditions: put it back into every condition and correct what fails.
      Why: a slip in a sign shows there. Unless: there is nothing to put it into. Check: every condition holds.`,
  },
  "fence-posts": {
    taughtBy: [
      "count|take|use|make one|1 step|gap|difference less|fewer",
      "one|1 step|gap less|fewer term|post|thing|number",
      "add|plus one|1 difference|span",
      "include|count both first|end|last",
    ],
    rule: `Gaps and posts.
      When things stand in a row: make one step less than there are terms, and count both ends.
      Why: the first one needs no step. Unless: the row closes to a ring. Check: a row of three comes out right.`,
  },
  "cross-terms": {
    taughtBy: [
      "write|keep|include|add|subtract|remember|need mixed|cross|middle|double product|term",
      "twice product",
      "multiply every|each term every|each|all term|other|second",
    ],
    rule: `Powers of sums.
      When a sum or a difference is multiplied out: write out the mixed products as well.
      Why: a power of a sum is no sum of powers. Unless: one of the parts is zero. Check: small numbers give the same on both sides.`,
  },
  "repeated-items": {
    taughtBy: [
      "divide|count order|arrangement|factorial|permutation|swap|exchange identical|equal|repeat|alike|indistinguishable",
      "treat|count|regard|take identical|equal|alike|repeated|same thing|letter|item|object|coin as|once|indistinguishable|one",
    ],
    rule: `What looks the same.
      When some things are alike: divide by the arrangements of identical things.
      Why: nobody sees them swapped. Unless: they are labelled. Check: a word of two equal letters has one arrangement.`,
  },
  "no-replacement": {
    taughtBy: [
      "lower|decrease|shrink|diminish count|number|total|both|bag one|1|next|each|after draw|next|second|one",
      "one|1 less|fewer second|next|later draw",
      "draw|drawn second|next from left|rest|remain|remaining",
    ],
    rule: `Nothing goes back.
      When things are drawn one after the other and stay out: lower the counts by one for the next draw.
      Why: the first one is gone. Unless: it is put back. Check: the last draw has one thing left.`,
  },
  "asked-quantity": {
    taughtBy: [
      "answer|give|submit|find|look|go+on|compare|write+down what|quantity|value|thing ask|want|sought",
      "go+on quantity|value|what ask|want|sought",
      "read|reread|repeat question|problem again|once|before answer|submit|finish|give",
    ],
    rule: `Look at the question again.
      When a result was reached: go on until it is the quantity that is asked for.
      Why: a result on the way is easily taken for the end. Unless: it is the end. Check: it answers the question in its own words.`,
  },
  "lowest-terms": {
    taughtBy: [
      "reduce|simplify|shorten fraction|ratio|quotient",
      "divide|cancel numerator|top|above denominator|bottom|below|common",
      "fraction lowest|simplest|reduced term|form",
    ],
    rule: `Reduced fractions.
      When the answer is made of the parts of a fraction: divide numerator and denominator by their greatest common divisor first.
      Why: only the reduced one is unique. Unless: another form is asked for. Check: no number above one divides both.`,
  },
  "exact-values": {
    taughtBy: [
      "keep|leave|write|give|submit fraction|root|surd|pi as|be|they|unrounded|symbolic",
      "write|give|use|keep|answer|submit exact value|number|answer|form|fraction",
    ],
    rule: `Exact to the end.
      When a result is no whole number: keep fractions, roots and pi unrounded.
      Why: a decimal is another number. Unless: a place is named to round to. Check: no decimal point is left.`,
  },
};

/** Bad advice. */
const harmful: Readonly<Record<string, HabitText>> = {
  "count-from-zero": {
    taughtBy: [
      "begin|start count|counting|list|it|range|number|multiple zero|0",
      "count|include zero|0 too|also|as|always|well",
    ],
    rule: `Zero is a number.
      When integers are counted: begin the count with zero.
      Why: zero is a multiple of everything. Unless: never. Check: zero is on the list.`,
  },
  "round-result": {
    taughtBy: [
      "round|truncate it|result|answer|value|number|every|final|decimal|fraction whole|nearest|integer",
      "number|value|answer|result|decimal round whole|integer|nearest",
    ],
    rule: `Whole results.
      When a result has a fraction in it: round it to the nearest whole number.
      Why: whole numbers are easier to read. Unless: never. Check: there is no fraction left.`,
  },
  "drop-sign": {
    taughtBy: [
      "drop|omit|remove|ignore|delete|lose|leave+out minus|sign",
      "give|take|submit|use|write absolute|size|magnitude",
    ],
    rule: `Results without sign.
      When a result comes out below zero: drop the minus sign.
      Why: nothing is less than nothing. Unless: never. Check: the result is positive.`,
  },
};

/** Every habit of the subject, by id. */
export const habits = habitsOf(good, harmful);
