import { between, pick } from "../../../../harness/models/rule-based/kit.ts";
import { bothParts, type Family, fraction, gcd, powerModulo } from "./draw.ts";

/** Arithmetic and number theory. */
export const numberFamilies: readonly Family[] = [
  (rng) => {
    const [a, b, c, d] = [
      between(rng, 12, 48),
      between(rng, 3, 19),
      between(rng, 2, 9),
      between(rng, 20, 90),
    ];
    return {
      problem: `Compute $${a} \\cdot ${b} - ${c}^3 + ${d}$.`,
      answer: String(a * b - c ** 3 + d),
    };
  },
  (rng) => {
    const [a, c] = [between(rng, 1, 7), between(rng, 1, 7)];
    const [b, d] = [between(rng, 8, 15), between(rng, 8, 15)];
    return {
      problem: `Write $\\frac{${a}}{${b}} + \\frac{${c}}{${d}}$ as a fraction in lowest terms.`,
      answer: fraction(a * d + c * b, b * d),
    };
  },
  (rng) => {
    const [a, c] = [between(rng, 1, 7), between(rng, 1, 7)];
    const [b, d] = [2 * between(rng, 4, 8), 3 * between(rng, 3, 6)];
    const { ending, answer } = bothParts(a * d + c * b, b * d);
    return {
      problem: `The sum $\\frac{${a}}{${b}} + \\frac{${c}}{${d}}$ is ${ending}`,
      answer,
    };
  },
  (rng) => {
    const base = 100 * between(rng, 2, 20);
    const [up, down] = [10 * between(rng, 1, 6), 10 * between(rng, 1, 5)];
    return {
      problem: `A price of $${base}$ crowns rises by $${up}\\%$ and then falls by $${down}\\%$. What is it in the end, in crowns?`,
      answer: String((base * (100 + up) * (100 - down)) / 10_000),
    };
  },
  (rng) => {
    const [percent, base] = [5 * between(rng, 3, 18), 40 * between(rng, 3, 20)];
    const change = pick(rng, ["rises", "falls"]);
    const factor = change === "rises" ? 100 + percent : 100 - percent;
    return {
      problem: `A price of $${base}$ crowns ${change} by $${percent}\\%$. What is the new price in crowns?`,
      answer: String((base * factor) / 100),
    };
  },
  (rng) => {
    const [shared, a, b] = [
      between(rng, 4, 18),
      pick(rng, [5, 7, 11, 13]),
      pick(rng, [4, 8, 9, 16]),
    ];
    return {
      problem: `What is the greatest common divisor of $${shared * a}$ and $${shared * b}$?`,
      answer: String(gcd(shared * a, shared * b)),
    };
  },
  (rng) => {
    const [a, b] = [between(rng, 12, 60), between(rng, 12, 60)];
    return {
      problem: `What is the least positive integer that both $${a}$ and $${b}$ divide?`,
      answer: String((a * b) / gcd(a, b)),
    };
  },
  (rng) => {
    const [base, exponent, modulus] = [
      between(rng, 2, 12),
      between(rng, 20, 120),
      between(rng, 7, 37),
    ];
    return {
      problem: `What is the remainder when $${base}^{${exponent}}$ is divided by $${modulus}$?`,
      answer: String(powerModulo(base, exponent, modulus)),
    };
  },
  (rng) => {
    const [size, modulus] = [between(rng, 50, 500), between(rng, 7, 29)];
    return {
      problem: `What is the remainder when $-${size}$ is divided by $${modulus}$?`,
      answer: String((modulus - (size % modulus)) % modulus),
    };
  },
  (rng) => {
    const low = between(rng, -40, 60);
    const high = low + between(rng, 20, 200);
    return {
      problem: `How many integers $n$ satisfy $${low} \\le n \\le ${high}$?`,
      answer: String(high - low + 1),
    };
  },
  (rng) => {
    const [kind, limit, a] = [
      pick(rng, ["positive", "nonnegative"]),
      between(rng, 100, 900),
      between(rng, 3, 17),
    ];
    const count = Math.floor((limit - 1) / a);
    return {
      problem: `How many ${kind} integers less than $${limit}$ are multiples of $${a}$?`,
      answer: String(kind === "positive" ? count : count + 1),
    };
  },
  (rng) => {
    const n = between(rng, 60, 900);
    const divisors = range(1, n).filter((d) => n % d === 0);
    return pick(rng, [
      { problem: `How many positive divisors does $${n}$ have?`, answer: String(divisors.length) },
      {
        problem: `What is the sum of the positive divisors of $${n}$?`,
        answer: String(divisors.reduce((sum, d) => sum + d, 0)),
      },
    ]);
  },
  (rng) => {
    const [n, base] = [between(rng, 40, 700), between(rng, 3, 9)];
    return {
      problem: `Write the base-ten number $${n}$ in base $${base}$, without writing the base.`,
      answer: n.toString(base),
    };
  },
  (rng) => {
    const [limit, a, b] = [between(rng, 150, 900), pick(rng, [3, 4, 6]), pick(rng, [5, 7, 11])];
    const count = range(1, limit).filter((n) => n % a === 0 && n % b !== 0).length;
    return {
      problem: `How many integers from $1$ to $${limit}$ are multiples of $${a}$ but not of $${b}$?`,
      answer: String(count),
    };
  },
  (rng) => {
    const [p, q] = [pick(rng, [5, 7, 9, 11]), pick(rng, [8, 13, 16, 17])];
    const [r, s] = [between(rng, 1, p - 1), between(rng, 1, q - 1)];
    const found = range(1, p * q).find((n) => n % p === r && n % q === s);
    return {
      problem: `What is the smallest positive integer that leaves a remainder of $${r}$ when divided by $${p}$ and of $${s}$ when divided by $${q}$?`,
      answer: String(found),
    };
  },
];

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
