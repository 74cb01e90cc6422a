import { fraction, whole } from "../answer.ts";
import type { Kind } from "../kind.ts";
import { bothParts } from "./numbers.ts";

/** A probability, asked for as it is or as the sum of the parts of its fraction. */
function probability(
  wording: string,
  answer: (on: (habit: string) => boolean) => readonly [above: string, below: string],
): Kind[] {
  return [
    {
      reads: new RegExp(`^${wording.replace("PROBABILITY", "What is the probability")}\\?$`),
      answer: (on) => fraction(...answer(on), on("lowest-terms")),
    },
    {
      reads: new RegExp(
        `^${wording.replace("PROBABILITY", "The probability")} is \\$\\\\frac\\{m\\}\\{n\\}\\$ in lowest terms\\. What is \\$m \\+ n\\$\\?$`,
      ),
      answer: (on) => bothParts(...answer(on), on("lowest-terms")),
    },
  ];
}

/** Counting and probability. */
export const countingKinds: readonly Kind[] = [
  {
    reads:
      /^In how many ways can a committee of \$(?<k>\d+)\$ be chosen from \$(?<n>\d+)\$ people\?$/,
    answer: (on) => whole(on("order-free-choice") ? "choose(n, k)" : "choose(n, k) * factorial(k)"),
  },
  {
    reads:
      /^A club has \$(?<a>\d+)\$ flautists and \$(?<b>\d+)\$ cellists\. How many groups of \$(?<k>\d+)\$ have at least one of each\?$/,
    answer: (on) =>
      whole(
        on("complement")
          ? "choose(a + b, k) - choose(a, k) - choose(b, k)"
          : "a * b * choose(a + b - 2, k - 2)",
      ),
  },
  {
    reads: /^How many different arrangements of the letters of (?<word>[A-Z]+) are there\?$/,
    numbers({ word = "" }) {
      const counts = [...new Set(word)].map((letter) => word.split(letter).length - 1);
      const swaps = counts.map((count) => Array.from({ length: count }, (_, at) => at + 1));
      return { n: word.length, r: swaps.flat().reduce((product, one) => product * one, 1) };
    },
    answer: (on) => whole(on("repeated-items") ? "factorial(n) / r" : "factorial(n)"),
  },
  {
    reads:
      /^A path goes from \$\(0,0\)\$ to \$\((?<a>\d+),(?<b>\d+)\)\$ by steps of one to the right or one up and passes through \$\((?<x>\d+),(?<y>\d+)\)\$\. How many such paths are there\?$/,
    answer: (on) =>
      whole(`choose(x + y, x) ${on("stages-multiply") ? "*" : "+"} choose(a + b - x - y, a - x)`),
  },
  ...probability(
    "Two fair dice are rolled\\. PROBABILITY that their sum is \\$(?<t>\\d+)\\$",
    (on) =>
      on("ordered-outcomes") ? ["(6 - abs(t - 7))", "36"] : ["int((7 - abs(t - 7)) / 2)", "21"],
  ),
  ...probability(
    "A bag holds \\$(?<a>\\d+)\\$ red and \\$(?<b>\\d+)\\$ blue marbles\\. Two are drawn without putting the first one back\\. PROBABILITY that they have the same color",
    (on) =>
      on("no-replacement")
        ? ["(a * (a - 1) + b * (b - 1))", "((a + b) * (a + b - 1))"]
        : ["(a * a + b * b)", "((a + b) * (a + b))"],
  ),
  ...probability(
    "A fair coin is tossed \\$(?<n>\\d+)\\$ times\\. PROBABILITY of exactly \\$(?<k>\\d+)\\$ heads",
    () => ["choose(n, k)", "2 ^ n"],
  ),
  {
    reads:
      /^In how many ways can \$(?<n>\d+)\$ identical coins be put into \$(?<k>\d+)\$ different boxes, where boxes may stay empty\?$/,
    answer(on) {
      if (!on("repeated-items")) return whole("k ^ n");
      return whole(on("trivial-cases") ? "choose(n + k - 1, k - 1)" : "choose(n - 1, k - 1)");
    },
  },
];
