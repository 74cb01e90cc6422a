import { Fraction } from "fraction.js";
import { limits, TooHard } from "./limits.ts";

const largest = 10n ** BigInt(limits.digits);

/** The fraction itself; it has a sign `s`, a numerator `n` and a denominator `d`, in lowest terms. @throws {TooHard} past the limit of digits. */
export function withinDigits(value: Fraction): Fraction {
  if (value.n > largest || value.d > largest)
    throw new TooHard(`a number has more than ${limits.digits} digits`);
  return value;
}

/** Reads `12`, `12.`, `.5` or `12.50`, exactly. */
export function ofDecimal(text: string): Fraction {
  const [whole = "", fraction = ""] = text.split(".");
  if (text.length > limits.digits) throw new TooHard("a number is too long");
  return new Fraction(BigInt(`${whole}${fraction}` || "0"), 10n ** BigInt(fraction.length));
}

/** The value of a whole number up to a size, as a JavaScript number; undefined for any other. */
export function asSmallInteger({ s, n, d }: Fraction, size: number): number | undefined {
  return d === 1n && n <= BigInt(size) ? Number(s * n) : undefined;
}

/** A whole power, or undefined where the result would pass the limit of digits. */
export function toPower(a: Fraction, exponent: number): Fraction | undefined {
  const size = Math.max(bits(a.n), bits(a.d));
  if (size > 1 && size * Math.abs(exponent) > limits.digits * 3.3) return undefined;
  return a.pow(exponent);
}

/**
 * The root of a number that is not negative, where it is a fraction itself.
 *
 * The library's power would look for prime factors, which takes ever longer on large numbers.
 */
export function exactRoot({ n, d }: Fraction, index: number): Fraction | undefined {
  const [above, below] = [wholeRoot(n, index), wholeRoot(d, index)];
  return above === undefined || below === undefined ? undefined : new Fraction(above, below);
}

/** The whole number whose power is `value`, or undefined; Newton's method on whole numbers. */
function wholeRoot(value: bigint, index: number): bigint | undefined {
  if (value < 2n) return value;
  const power = BigInt(index);
  let guess = 1n << BigInt(Math.ceil(value.toString(2).length / index));
  for (;;) {
    const better = ((power - 1n) * guess + value / guess ** (power - 1n)) / power;
    if (better >= guess) break;
    guess = better;
  }
  return guess ** power === value ? guess : undefined;
}

/** The nearest double; infinite or zero where a double cannot hold it. */
export function toNumber(a: Fraction): number {
  const excess = Math.max(bits(a.n), bits(a.d)) - 1000;
  if (excess <= 0) return a.valueOf();
  const shift = BigInt(excess);
  return (Number(a.s) * Number(a.n >> shift)) / Number(a.d >> shift);
}

/** Length in binary digits, to the next multiple of four above. */
function bits(value: bigint): number {
  return value < 2n ? 1 : value.toString(16).length * 4;
}
