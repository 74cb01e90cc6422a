import { between, pick } from "../../../../harness/models/rule-based/kit.ts";
import { type Family, fraction, surd } from "./draw.ts";

const triples = [
  [3, 4, 5],
  [5, 12, 13],
  [8, 15, 17],
  [7, 24, 25],
  [20, 21, 29],
] as const;

/** Lengths, areas, volumes and angles. */
export const geometryFamilies: readonly Family[] = [
  (rng) => {
    const [a, b, c] = pick(rng, triples);
    const k = between(rng, 1, 6);
    return {
      problem: `A right triangle has a leg of length $${a * k}$ and a hypotenuse of length $${c * k}$. What is its area?`,
      answer: fraction(a * k * b * k, 2),
    };
  },
  (rng) => {
    const [a, b] = [between(rng, 1, 12), between(rng, 1, 12)];
    return {
      problem: `The legs of a right triangle are $${a}$ and $${b}$ long. How long is the hypotenuse?`,
      answer: surd(a * a + b * b),
    };
  },
  (rng) => {
    const [inner, width] = [between(rng, 2, 15), between(rng, 1, 6)];
    const outer = inner + width;
    return {
      problem: `Two circles with one center have radii $${inner}$ and $${outer}$. What is the area between them, in terms of $\\pi$?`,
      answer: `${outer * outer - inner * inner}\\pi`,
    };
  },
  (rng) => {
    const [radius, degrees] = [between(rng, 2, 12), pick(rng, [30, 40, 45, 60, 72, 120, 150])];
    const arc = fraction(radius * degrees, 180);
    return {
      problem: `A sector of a circle with radius $${radius}$ has an angle of $${degrees}^\\circ$ at the center. How long is its arc, in terms of $\\pi$?`,
      answer: arc === "1" ? "\\pi" : `${arc}\\pi`,
    };
  },
  (rng) => {
    const sides = pick(rng, [5, 6, 8, 9, 10, 12, 15, 18, 20, 24, 30, 36]);
    return {
      problem: `How many degrees does each interior angle of a regular polygon with $${sides}$ sides have?`,
      answer: `${180 - 360 / sides}^\\circ`,
    };
  },
  (rng) => {
    const [x, y, p, q] = [
      between(rng, -9, 9),
      between(rng, -9, 9),
      between(rng, -9, 9),
      between(rng, 10, 20),
    ];
    return {
      problem: `What is the distance between the points $(${x}, ${y})$ and $(${p}, ${q})$?`,
      answer: surd((x - p) ** 2 + (y - q) ** 2),
    };
  },
  (rng) => {
    const [a, b, c] = [between(rng, 1, 9), between(rng, 1, 9), between(rng, 2, 12)];
    return {
      problem: `A box is $${a}$ wide, $${b}$ deep and $${c}$ high. How long is the segment between two opposite corners through its middle?`,
      answer: surd(a * a + b * b + c * c),
    };
  },
  (rng) => {
    const [x, y, p, q] = [
      between(rng, 1, 12),
      between(rng, 0, 12),
      between(rng, 0, 12),
      between(rng, 1, 12),
    ];
    return {
      problem: `A triangle has its corners at $(0, 0)$, $(${x}, ${y})$ and $(${-p}, ${q})$. What is its area?`,
      answer: fraction(x * q + y * p, 2),
    };
  },
  (rng) => {
    const side = between(rng, 1, 14);
    return {
      problem: `What is the area of an equilateral triangle with sides of length $${2 * side}$?`,
      answer: surd(3, side * side),
    };
  },
  (rng) => {
    const [speed, minutes] = [between(rng, 8, 40), 3 * between(rng, 2, 18)];
    return {
      problem: `A rider makes $${speed}$ kilometers an hour. How many meters does the rider get in $${minutes}$ minutes?`,
      answer: String((speed * 1000 * minutes) / 60),
    };
  },
  (rng) => {
    const [a, b] = [between(rng, -30, 30), between(rng, 31, 80)];
    const [first, second] = pick(rng, [[a, b] as const, [b, a] as const]);
    return {
      problem: `Two marks stand at $${first}$ and at $${second}$ on the number line. How far apart are they?`,
      answer: String(b - a),
    };
  },
];
