import { between, pick } from "../../../../harness/models/rule-based/kit.ts";
import { type Family, powerModulo } from "./draw.ts";

const names = ["Ilse", "Bram", "Noor", "Tadeo", "Yuna", "Oskar", "Meret", "Sipho"] as const;

/** Word problems of a few steps with whole numbers. */
export const storyFamilies: readonly Family[] = [
  (rng) => {
    const [who, trays, per, cracked, price] = [
      pick(rng, names),
      between(rng, 6, 20),
      between(rng, 8, 15),
      between(rng, 3, 30),
      between(rng, 2, 5),
    ];
    return {
      problem: `${who} fills ${trays} trays with ${per} buns each. ${cracked} buns break, and the others are sold for ${price} crowns apiece. How many crowns does ${who} take in?`,
      answer: String((trays * per - cracked) * price),
    };
  },
  (rng) => {
    const [who, first, more, days] = [
      pick(rng, names),
      between(rng, 8, 25),
      between(rng, 2, 6),
      between(rng, 5, 10),
    ];
    return {
      problem: `${who} reads ${first} pages on the first day and, on each later day, ${more} pages more than the day before. How many pages are that in ${days} days?`,
      answer: String(days * first + (more * days * (days - 1)) / 2),
    };
  },
  (rng) => {
    const [buses, seats, empty, adults] = [
      between(rng, 3, 9),
      between(rng, 28, 52),
      between(rng, 4, 20),
      between(rng, 6, 24),
    ];
    return {
      problem: `A school hires ${buses} buses with ${seats} seats each. ${empty} seats stay empty, and ${adults} of the travellers are adults. How many children travel?`,
      answer: String(buses * seats - empty - adults),
    };
  },
  (rng) => {
    const [slow, faster, hours] = [between(rng, 8, 15), between(rng, 3, 8), between(rng, 2, 6)];
    const fast = slow + faster;
    return {
      problem: `Two riders start from one place in opposite directions, at ${slow} and ${fast} kilometers an hour. How many kilometers apart are they after ${hours} hours?`,
      answer: String((slow + fast) * hours),
    };
  },
  (rng) => {
    const [who, age, factor, years] = [
      pick(rng, names),
      between(rng, 6, 14),
      between(rng, 3, 5),
      between(rng, 2, 9),
    ];
    return {
      problem: `${who} is ${age} years old, and an aunt is ${factor} times as old. How old will the aunt be in ${years} years?`,
      answer: String(age * factor + years),
    };
  },
];

/** Problems of several steps whose answer is a whole number from 0 to 999, written with three digits. */
export const contestFamilies: readonly Family[] = [
  (rng) => {
    const [n, m] = [between(rng, 20, 90), pick(rng, [1000, 997, 625, 512])];
    let total = 0;
    for (let k = 1; k <= n; k++) total = (total + powerModulo(k, 3, m)) % m;
    return {
      problem: `Find the remainder when $1^3 + 2^3 + \\cdots + ${n}^3$ is divided by $${m}$.`,
      answer: threeDigits(total),
    };
  },
  (rng) => {
    const [limit, sum] = [999, between(rng, 5, 22)];
    const count = Array.from({ length: limit }, (_, at) => at + 1).filter(
      (n) => digitSum(n) === sum,
    ).length;
    return {
      problem: `How many positive integers less than $1000$ have digits that add up to $${sum}$?`,
      answer: threeDigits(count),
    };
  },
  (rng) => {
    const [n, a, b] = [between(rng, 300, 999), pick(rng, [6, 10, 15]), pick(rng, [14, 21, 22])];
    let total = 0;
    for (let k = 1; k <= n; k++) if (k % a === 0 || k % b === 0) total++;
    return {
      problem: `How many positive integers not greater than $${n}$ are divisible by $${a}$ or by $${b}$?`,
      answer: threeDigits(total),
    };
  },
  (rng) => {
    const [n, gap] = [between(rng, 9, 13), between(rng, 1, 2)];
    return {
      problem: `How many subsets of $\\{1, 2, \\ldots, ${n}\\}$, the empty one included, have no two members that differ by ${gap === 1 ? "$1$" : "$1$ or $2$"}?`,
      answer: threeDigits(spaced(n, gap)),
    };
  },
];

function threeDigits(value: number): string {
  return String(value).padStart(3, "0");
}

function digitSum(n: number): number {
  return [...String(n)].reduce((sum, digit) => sum + Number(digit), 0);
}

/** Subsets of 1..n whose members are more than `gap` apart. */
function spaced(n: number, gap: number): number {
  let count = 0;
  for (let set = 0; set < 2 ** n; set++) {
    const near = (set & (set >> 1)) !== 0 || (gap === 2 && (set & (set >> 2)) !== 0);
    if (!near) count++;
  }
  return count;
}
