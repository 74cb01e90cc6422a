import { between, pick } from "../../../../harness/models/rule-based/kit.ts";
import { bothParts, choose, type Family, fraction } from "./draw.ts";

/** Counting and probability. */
export const countingFamilies: readonly Family[] = [
  (rng) => {
    const [n, k] = [between(rng, 7, 14), between(rng, 2, 5)];
    return {
      problem: `In how many ways can a committee of $${k}$ be chosen from $${n}$ people?`,
      answer: String(choose(n, k)),
    };
  },
  (rng) => {
    const [men, women, k] = [between(rng, 3, 6), between(rng, 3, 6), 3];
    return {
      problem: `A club has $${men}$ flautists and $${women}$ cellists. How many groups of $${k}$ have at least one of each?`,
      answer: String(choose(men + women, k) - choose(men, k) - choose(women, k)),
    };
  },
  (rng) => {
    const word = pick(rng, [
      "LEVEL",
      "BANANA",
      "PEPPER",
      "COFFEE",
      "TATTOO",
      "ROTOR",
      "ASSESS",
      "KAYAK",
      "SETTEE",
    ]);
    const counts = [...new Set(word)].map((letter) => word.split(letter).length - 1);
    const ways = counts.reduce((total, count) => total / factorial(count), factorial(word.length));
    return {
      problem: `How many different arrangements of the letters of ${word} are there?`,
      answer: String(ways),
    };
  },
  (rng) => {
    const [right, up] = [between(rng, 3, 7), between(rng, 3, 7)];
    const [x, y] = [between(rng, 1, right - 1), between(rng, 1, up - 1)];
    return {
      problem: `A path goes from $(0,0)$ to $(${right},${up})$ by steps of one to the right or one up and passes through $(${x},${y})$. How many such paths are there?`,
      answer: String(choose(x + y, x) * choose(right + up - x - y, right - x)),
    };
  },
  (rng) => {
    const total = between(rng, 3, 11);
    const hits = pairs(6).filter(([a, b]) => a + b === total).length;
    return {
      problem: `Two fair dice are rolled. What is the probability that their sum is $${total}$?`,
      answer: fraction(hits, 36),
    };
  },
  (rng) => {
    const total = between(rng, 2, 12);
    const hits = pairs(6).filter(([a, b]) => a + b === total).length;
    const { ending, answer } = bothParts(hits, 36);
    return {
      problem: `Two fair dice are rolled. The probability that their sum is $${total}$ is ${ending}`,
      answer,
    };
  },
  (rng) => {
    const [red, blue] = [between(rng, 3, 8), between(rng, 3, 8)];
    const n = red + blue;
    return {
      problem: `A bag holds $${red}$ red and $${blue}$ blue marbles. Two are drawn without putting the first one back. What is the probability that they have the same color?`,
      answer: fraction(red * (red - 1) + blue * (blue - 1), n * (n - 1)),
    };
  },
  (rng) => {
    const [red, blue] = [between(rng, 3, 9), between(rng, 3, 9)];
    const n = red + blue;
    const { ending, answer } = bothParts(red * (red - 1) + blue * (blue - 1), n * (n - 1));
    return {
      problem: `A bag holds $${red}$ red and $${blue}$ blue marbles. Two are drawn without putting the first one back. The probability that they have the same color is ${ending}`,
      answer,
    };
  },
  (rng) => {
    const [tosses, heads] = [between(rng, 4, 9), between(rng, 1, 4)];
    const { ending, answer } = bothParts(choose(tosses, heads), 2 ** tosses);
    return {
      problem: `A fair coin is tossed $${tosses}$ times. The probability of exactly $${heads}$ heads is ${ending}`,
      answer,
    };
  },
  (rng) => {
    const [tosses, heads] = [between(rng, 4, 8), between(rng, 2, 4)];
    return {
      problem: `A fair coin is tossed $${tosses}$ times. What is the probability of exactly $${heads}$ heads?`,
      answer: fraction(choose(tosses, heads), 2 ** tosses),
    };
  },
  (rng) => {
    const [people, kinds] = [between(rng, 5, 11), between(rng, 3, 5)];
    return {
      problem: `In how many ways can $${people}$ identical coins be put into $${kinds}$ different boxes, where boxes may stay empty?`,
      answer: String(choose(people + kinds - 1, kinds - 1)),
    };
  },
];

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

function pairs(sides: number): (readonly [number, number])[] {
  return Array.from({ length: sides * sides }, (_, at) => [
    1 + Math.floor(at / sides),
    1 + (at % sides),
  ]);
}
