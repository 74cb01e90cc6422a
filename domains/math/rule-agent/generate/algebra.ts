import { between, pick } from "../../../../harness/models/rule-based/kit.ts";
import { bothParts, type Family, fraction, surd, term } from "./draw.ts";

/** Equations, sequences, polynomials and radicals. */
export const algebraFamilies: readonly Family[] = [
  (rng) => {
    const [a, c, x] = [between(rng, 5, 14), between(rng, 1, 4), between(rng, -9, 12)];
    const b = between(rng, -20, 20);
    return {
      problem: `Solve $${a}x${term(b, "")} = ${c === 1 ? "" : c}x${term((a - c) * x + b, "")}$ for $x$.`,
      answer: `x = ${x}`,
    };
  },
  (rng) => {
    const [a, c, x] = [between(rng, 5, 14), between(rng, 1, 4), between(rng, -9, 20)];
    const b = between(rng, -20, 20);
    return {
      problem: `For which $x$ is $${a}x${term(b, "")} = ${c === 1 ? "" : c}x${term((a - c) * x + b, "")}$?`,
      answer: String(x),
    };
  },
  (rng) => {
    const [a, b] = [between(rng, 1, 20), between(rng, 1, 30)];
    return {
      problem: `What is the sum of all real $x$ with $|x - ${a}| = ${b}$?`,
      answer: String(2 * a),
    };
  },
  (rng) => {
    const [a, b, c] = [between(rng, 2, 9), between(rng, -9, 9), between(rng, -30, 30)];
    return {
      problem: `What is the sum of the squares of the two roots, real or not, of $${a}x^2${term(b, "x")}${term(c, "")} = 0$?`,
      answer: fraction(b * b - 2 * a * c, a * a),
    };
  },
  (rng) => {
    const p = between(rng, -8, 4);
    const q = between(rng, p + 1, 9);
    return {
      problem: `Find all real $x$ with $x^2${term(-(p + q), "x")}${term(p * q, "")} = 0$. List them with a comma between them.`,
      answer: `${p}, ${q}`,
    };
  },
  (rng) => {
    const [x, y, z] = [between(rng, -6, 9), between(rng, -6, 9), between(rng, -6, 9)];
    return {
      problem: `Real numbers satisfy $x + y = ${x + y}$, $y + z = ${y + z}$ and $z + x = ${z + x}$. What is the ordered triple $(x, y, z)$?`,
      answer: `(${x}, ${y}, ${z})`,
    };
  },
  (rng) => {
    const [first, step, count] = [between(rng, -8, 20), between(rng, 2, 9), between(rng, 15, 60)];
    return {
      problem: `An arithmetic sequence starts $${first}, ${first + step}, ${first + 2 * step}, \\ldots$. What is the sum of its first $${count}$ terms?`,
      answer: String((count * (2 * first + (count - 1) * step)) / 2),
    };
  },
  (rng) => {
    const [above, below, first] = [between(rng, 1, 4), between(rng, 5, 9), between(rng, 2, 12)];
    return {
      problem: `What is the sum of the infinite geometric series with first term $${first}$ and common ratio $\\frac{${above}}{${below}}$?`,
      answer: fraction(first * below, below - above),
    };
  },
  (rng) => {
    const [above, below, first] = [between(rng, 1, 4), between(rng, 5, 9), between(rng, 2, 12)];
    const { ending, answer } = bothParts(first * below, below - above);
    return {
      problem: `The infinite geometric series with first term $${first}$ and common ratio $\\frac{${above}}{${below}}$ has the sum ${ending}`,
      answer,
    };
  },
  (rng) => {
    const [a, b, c, d] = [
      between(rng, 1, 6),
      between(rng, -7, 7),
      between(rng, 1, 6),
      between(rng, -7, 7),
    ];
    const product = `${a * c === 1 ? "" : a * c}x^2${term(a * d + b * c, "x")}${term(b * d, "")}`;
    return {
      problem: `Expand $(${a === 1 ? "" : a}x${term(b, "")})(${c === 1 ? "" : c}x${term(d, "")})$.`,
      answer: product,
    };
  },
  (rng) => {
    const [k, a, b] = [pick(rng, [2, 3, 5, 6, 7]), between(rng, 2, 6), between(rng, 2, 6)];
    return {
      problem: `Simplify $\\sqrt{${k * a * a}} + \\sqrt{${k * b * b}}$.`,
      answer: surd(k, a + b),
    };
  },
  (rng) => {
    const low = between(rng, -9, 3);
    const high = low + between(rng, 2, 9);
    return {
      problem: `Solve the inequality $x^2${term(-(low + high), "x")}${term(low * high, "")} < 0$. Write the solutions as an interval.`,
      answer: `(${low}, ${high})`,
    };
  },
  (rng) => {
    const [s, p] = [between(rng, 3, 12), between(rng, -10, 10)];
    return {
      problem: `Two numbers have sum $${s}$ and product $${p}$. What is the sum of their cubes?`,
      answer: String(s ** 3 - 3 * s * p),
    };
  },
];
