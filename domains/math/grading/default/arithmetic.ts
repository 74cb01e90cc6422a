import { Fraction } from "fraction.js";

/** A way to compute with values of one kind. What has no value is NaN in the approximate ones. */
export interface Arithmetic<Value> {
  of(value: Fraction): Value;
  /** The value that a symbol has in this sample; symbols may have any real value. */
  symbol(name: string): Value;
  constant(name: "pi" | "e"): Value;
  add(a: Value, b: Value): Value;
  multiply(a: Value, b: Value): Value;
  divide(a: Value, b: Value): Value;
  power(base: Value, exponent: Value): Value;
  root(of: Value, index: Value): Value;
  /** A function by name; one that nothing is known of has some value, the same for the same arguments. */
  call(name: string, args: readonly Value[]): Value;
}

/** A way to compute with digits, of which some are lost. */
export interface Approximate<Value> extends Arithmetic<Value> {
  /** The digits of a whole number; undefined for any other. */
  whole(value: Value): string | undefined;
}

/** How many samples of values for the symbols there are; the last one has negative values, too. */
export const samples = 3;

/** A number of 32 bits drawn by a name, the same on every machine. */
export function sampled(name: string, sample: number): number {
  let hash = 0x811c9dc5 ^ (sample * 0x9e3779b1);
  for (let at = 0; at < name.length; at++)
    hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193) >>> 0;
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
}

/** What a name stands for in approximate arithmetic: between 0.3 and 2.3, or its negative in the last sample. */
export function sampledRational(name: string, sample: number): Fraction {
  const hash = sampled(name, sample);
  const size = BigInt(300_000 + (hash % 2_000_003));
  const isNegative = sample === samples - 1 && (hash & 4) !== 0;
  return new Fraction(isNegative ? -size : size, 1_000_003n);
}
