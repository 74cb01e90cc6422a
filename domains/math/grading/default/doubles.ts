import type { Arithmetic } from "./evaluate.ts";
import { toNumber } from "./rational.ts";

const functions: Readonly<Record<string, (of: number) => number>> = {
  sin: (of) => (Math.abs(of) > 1e6 ? Number.NaN : Math.sin(of)),
  cos: (of) => (Math.abs(of) > 1e6 ? Number.NaN : Math.cos(of)),
  arcsin: Math.asin,
  arccos: Math.acos,
  arctan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  ln: (of) => (of > 0 ? Math.log(of) : Number.NaN),
  abs: Math.abs,
  floor: Math.floor,
  ceiling: Math.ceil,
};

/** The quick look: double precision. */
export const doubles: Arithmetic<number> = {
  of: toNumber,
  pi: Math.PI,
  e: Math.E,
  add: (a, b) => a + b,
  multiply: (a, b) => a * b,
  divide: (a, b) => (b === 0 ? Number.NaN : a / b),
  magnitude: Math.abs,
  power: (base, exponent) => base ** exponent,
  root: (of, index) =>
    index === 2
      ? Math.sqrt(of)
      : of < 0 && index % 2 === 1
        ? -((-of) ** (1 / index))
        : of ** (1 / index),
  call: (name, of) => functions[name]?.(of) ?? Number.NaN,
};
