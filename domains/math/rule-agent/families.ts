import { by, type Family } from "./family.ts";

/** What comes out as a fraction. */
const quotients: readonly {
  /** The question that asks for the fraction. */
  readonly asked: string;
  /** The beginning of a sentence that calls the fraction m/n, as contests do, to ask for a whole number. */
  readonly told: string;
  readonly slots: Family["slots"];
  /** Computes `p` and `q`. */
  readonly work: Family["work"];
}[] = [
  {
    asked: "Write $\\frac{<a>}{<b>} + \\frac{<c>}{<d>}$ as a fraction in lowest terms.",
    told: "The sum $\\frac{<a>}{<b>} + \\frac{<c>}{<d>}$",
    slots: { a: [1, 7], c: [1, 7], k: [4, 8], b: "2 * k", d: "3 * (k + 1)" },
    work: { p: "a * d + c * b", q: "b * d" },
  },
  {
    asked:
      "A bag holds $<a>$ red and $<b>$ blue marbles. Two are drawn without putting the first one back. What is the probability that they have the same color?",
    told: "A bag holds $<a>$ red and $<b>$ blue marbles. Two are drawn without putting the first one back. The probability that they have the same color",
    slots: { a: [3, 9], b: [3, 9] },
    work: {
      p: by("no-replacement", "a * (a - 1) + b * (b - 1)", "a * a + b * b"),
      q: by("no-replacement", "(a + b) * (a + b - 1)", "(a + b) * (a + b)"),
    },
  },
  {
    asked: "A fair coin is tossed $<n>$ times. What is the probability of exactly $<k>$ heads?",
    told: "A fair coin is tossed $<n>$ times. The probability of exactly $<k>$ heads",
    slots: { n: [4, 12], k: [1, 4] },
    work: { p: "choose(n, k)", q: "power(2, n)" },
  },
];

/** Mathematics of school and contests with whole answers, as in DAPO. */
export const wholeFamilies: readonly Family[] = [
  ...quotients.map(({ told, slots, work }) => ({
    text: `${told} is $\\frac{m}{n}$ in lowest terms. What is $m + n$?`,
    slots,
    work: { ...work, answer: by("lowest-terms", "(p + q) / gcd(p, q)", "p + q") },
  })),
  {
    text: "Compute $<a> \\cdot <b> - <c>^3 + <d>$.",
    slots: { a: [12, 48], b: [3, 19], c: [2, 9], d: [20, 90] },
    work: {
      answer: by("order-of-operations", "a * b - power(c, 3) + d", "power(a * b - c, 3) + d"),
    },
  },
  {
    text: "A price of $<b>$ crowns rises by $<p>\\%$. What is the new price in crowns?",
    slots: { k: [3, 20], b: "40 * k", j: [3, 18], p: "5 * j" },
    work: { answer: by("asked-quantity", "b * (100 + p) / 100", "b * p / 100") },
  },
  {
    text: "A price of $<b>$ crowns rises by $<p>\\%$ and then falls by $<q>\\%$. What is it in the end, in crowns?",
    slots: { k: [2, 20], b: "100 * k", i: [1, 6], p: "10 * i", j: [1, 5], q: "10 * j" },
    work: {
      answer: by("percent-of-new", "b * (100 + p) * (100 - q) / 10000", "b * (100 + p - q) / 100"),
    },
  },
  {
    text: "What is the greatest common divisor of $<a>$ and $<b>$?",
    slots: {
      k: [4, 30],
      i: ["5", "7", "11", "13"],
      j: ["4", "8", "9", "16"],
      a: "k * i",
      b: "k * j",
    },
    work: { answer: "gcd(a, b)" },
  },
  {
    text: "What is the least positive integer that both $<a>$ and $<b>$ divide?",
    slots: { k: [2, 9], i: [2, 9], j: [2, 9], a: "k * i", b: "k * j" },
    work: { answer: by("shared-factors", "lcm(a, b)", "a * b") },
  },
  {
    text: "What is the remainder when $<b>^{<e>}$ is divided by $<m>$?",
    slots: { b: [2, 12], e: [20, 120], m: [7, 37] },
    work: { answer: by("power-remainders", "powermod(b, e, m)", "powermod(b, e % m, m)") },
  },
  {
    text: "How many positive divisors does $<n>$ have?",
    slots: { n: [60, 900] },
    work: { answer: by("trivial-cases", "divisors(n)", "divisors(n) - 1") },
  },
  {
    text: "How many integers from $1$ to $<n>$ are multiples of $<a>$ but not of $<b>$?",
    slots: { n: [150, 900], a: ["3", "4", "6"], b: ["5", "7", "11"] },
    work: {
      answer: by("overlap", "int(n / a) - int(n / lcm(a, b))", "int(n / a) - int(n / b)"),
    },
  },
  {
    text: "How many integers $n$ satisfy $<a> \\le n \\le <b>$?",
    slots: { a: [-40, 60], k: [20, 200], b: "a + k" },
    work: { answer: by("fence-posts", "b - a + 1", "b - a") },
  },
  {
    text: "How many positive integers less than $<n>$ are multiples of $<a>$?",
    slots: { n: [100, 900], a: [3, 17] },
    work: { answer: by("count-from-zero", "int((n - 1) / a) + 1", "int((n - 1) / a)") },
  },
  {
    text: "How many nonnegative integers less than $<n>$ are multiples of $<a>$?",
    slots: { n: [100, 900], a: [3, 17] },
    work: { answer: by("count-from-zero", "int((n - 1) / a) + 1", "int((n - 1) / a)") },
    rightWith: ["count-from-zero"],
  },
  {
    text: "For which $x$ is $<a>x + <b> = <c>x + <d>$?",
    slots: { c: [2, 9], k: [2, 6], a: "c + k", x: [1, 20], b: [1, 20], d: "b + k * x" },
    work: { answer: by("substitute-back", "frac(d - b, a - c)", "frac(d + b, a - c)") },
  },
  {
    text: "An arithmetic sequence starts $<a>, <b>, <c>, \\ldots$. What is the sum of its first $<n>$ terms?",
    slots: { a: [-8, 20], d: [2, 9], b: "a + d", c: "b + d", n: [15, 60] },
    work: {
      l: by("fence-posts", "a + (n - 1) * (b - a)", "a + n * (b - a)"),
      answer: "frac(n * (a + l), 2)",
    },
  },
  {
    text: "Two numbers have sum $<s>$ and product $<p>$. What is the sum of their cubes?",
    slots: { s: [3, 12], p: [-10, 10] },
    work: { answer: by("cross-terms", "power(s, 3) - 3 * s * p", "power(s, 3)") },
  },
  {
    text: "In how many different orders can $<a>$ red, $<b>$ green and $<c>$ blue flags hang in a row?",
    slots: { a: [1, 4], b: [1, 4], c: [2, 4] },
    work: {
      n: "factorial(a + b + c)",
      answer: by("repeated-items", "n / factorial(a) / factorial(b) / factorial(c)", "n"),
    },
  },
  {
    text: "Two circles with one center have radii $<a>$ and $<b>$. The area between them is $n\\pi$. What is $n$?",
    slots: { a: [2, 15], k: [1, 6], b: "a + k" },
    work: { answer: by("cross-terms", "b * b - a * a", "(b - a) * (b - a)") },
  },
  {
    text: "Two marks stand at $<a>$ and at $<b>$ on the number line. How far apart are they?",
    slots: { a: [-30, 30], b: [31, 80] },
    work: { answer: "a - b" },
    rightWith: ["drop-sign"],
  },
];

/** Problems whose answers are fractions and roots, too. */
export const exactFamilies: readonly Family[] = [
  ...quotients.map(({ asked, slots, work }) => ({
    text: asked,
    slots,
    work: { ...work, answer: "frac(p, q)" },
  })),
  {
    text: "The legs of a right triangle are $<a>$ and $<b>$ long. How long is the hypotenuse?",
    slots: { a: [1, 12], b: [1, 12] },
    work: { answer: "surd(a * a + b * b)" },
  },
];

const names = ["Ilse", "Bram", "Noor", "Tadeo", "Yuna", "Oskar", "Meret", "Sipho"] as const;

/** Word problems of a few steps with whole numbers, as in GSM8K. */
export const storyFamilies: readonly Family[] = [
  {
    text: "<who> fills <a> trays with <b> buns each. <c> buns break, and the others are sold for <d> crowns apiece. How many crowns does <who> take in?",
    slots: { who: names, a: [6, 20], b: [8, 15], c: [3, 30], d: [2, 5] },
    work: { n: "a * b - c", answer: by("asked-quantity", "n * d", "n") },
  },
  {
    text: "<who> reads <a> pages on the first day and, on each later day, <b> pages more than the day before. How many pages are that in <n> days?",
    slots: { who: names, a: [8, 25], b: [2, 6], n: [5, 10] },
    work: {
      l: by("fence-posts", "a + (n - 1) * b", "a + n * b"),
      answer: "frac(n * (a + l), 2)",
    },
  },
  {
    text: "<who> is <a> years old, and an aunt is <b> times as old. How old will the aunt be in <c> years?",
    slots: { who: names, a: [6, 14], b: [3, 5], c: [2, 9] },
    work: { answer: by("asked-quantity", "a * b + c", "a * b") },
  },
  {
    text: "Two riders start from one place in opposite directions, at <a> and <b> kilometers an hour. How many kilometers apart are they after <t> hours?",
    slots: { a: [8, 15], k: [3, 8], b: "a + k", t: [2, 6] },
    work: { answer: "(a + b) * t" },
  },
];

/** Problems of several steps whose answer is a whole number below 1000, as in AIME. */
export const contestFamilies: readonly Family[] = [
  {
    text: "Find the remainder when $1^3 + 2^3 + \\cdots + <n>^3$ is divided by $<m>$.",
    slots: { n: [20, 90], m: ["1000", "997", "625", "512"] },
    work: { s: "n * (n + 1) / 2", answer: "s * s % m" },
  },
  {
    text: "How many positive integers not greater than $<n>$ are divisible by $<a>$ or by $<b>$?",
    slots: { n: [300, 999], a: ["6", "10", "15"], b: ["14", "21", "22"] },
    work: {
      m: by("shared-factors", "lcm(a, b)", "a * b"),
      k: by("overlap", "int(n / m)", "0"),
      answer: "int(n / a) + int(n / b) - k",
    },
  },
];

/** Every family there is. */
export const families: readonly Family[] = [
  ...wholeFamilies,
  ...exactFamilies,
  ...storyFamilies,
  ...contestFamilies,
];
