import { limits, TooHard } from "./limits.ts";

/** An exact fraction in lowest terms; the denominator is positive. */
export interface Rational {
  readonly num: bigint;
  readonly den: bigint;
}

const largest = 10n ** BigInt(limits.digits);

/** @throws {TooHard} past the limit of digits; the denominator must not be zero. */
export function rational(num: bigint, den = 1n): Rational {
  if (num > largest || -num > largest || den > largest || -den > largest)
    throw new TooHard(`a number has more than ${limits.digits} digits`);
  if (den === 1n) return { num, den };
  const divisor = den < 0n ? -gcd(num, den) : gcd(num, den);
  return { num: num / divisor, den: den / divisor };
}

/** Reads `12`, `12.`, `.5` or `12.50`, exactly. */
export function ofDecimal(text: string): Rational {
  const [whole = "", fraction = ""] = text.split(".");
  if (text.length > limits.digits) throw new TooHard("a number is too long");
  return rational(BigInt(`${whole}${fraction}` || "0"), 10n ** BigInt(fraction.length));
}

export function plus(a: Rational, b: Rational): Rational {
  if (a.den === 1n && b.den === 1n) return rational(a.num + b.num);
  return rational(a.num * b.den + b.num * a.den, a.den * b.den);
}

export function times(a: Rational, b: Rational): Rational {
  if (a.den === 1n && b.den === 1n) return rational(a.num * b.num);
  return rational(a.num * b.num, a.den * b.den);
}

export function negated(a: Rational): Rational {
  return { num: -a.num, den: a.den };
}

export function absolute(a: Rational): Rational {
  return a.num < 0n ? negated(a) : a;
}

/** The reciprocal of a number other than zero. */
export function inverse(a: Rational): Rational {
  return rational(a.den, a.num);
}

/** Less than zero where `a` is smaller, zero where they are one number. */
export function order(a: Rational, b: Rational): number {
  const difference = a.num * b.den - b.num * a.den;
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

/** The largest whole number that is not above it. */
export function floor({ num, den }: Rational): Rational {
  const quotient = num / den;
  return { num: num < 0n && quotient * den !== num ? quotient - 1n : quotient, den: 1n };
}

/** The value of a whole number up to a size, as a JavaScript number; undefined for any other. */
export function asSmallInteger(a: Rational, size: number): number | undefined {
  const magnitude = a.num < 0n ? -a.num : a.num;
  return a.den === 1n && magnitude <= BigInt(size) ? Number(a.num) : undefined;
}

/** A whole power, or undefined where the result would pass the limit of digits. */
export function toPower(a: Rational, exponent: number): Rational | undefined {
  const size = Math.max(bits(a.num), bits(a.den));
  if (size > 1 && size * Math.abs(exponent) > limits.digits * 3.3) return undefined;
  const power = BigInt(Math.abs(exponent));
  if (size <= 1) return a.num < 0n && power % 2n === 1n ? a : { num: a.num * a.num, den: 1n };
  const raised = { num: a.num ** power, den: a.den ** power };
  return exponent < 0 ? inverse(raised) : raised;
}

/** The root of a number that is not negative, where it is a fraction itself. */
export function exactRoot(a: Rational, index: number): Rational | undefined {
  const [num, den] = [wholeRoot(a.num, index), wholeRoot(a.den, index)];
  return num === undefined || den === undefined ? undefined : { num, den };
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
export function toNumber(a: Rational): number {
  if (a.den === 1n) return Number(a.num);
  const excess = Math.max(bits(a.num), bits(a.den)) - 1000;
  if (excess <= 0) return Number(a.num) / Number(a.den);
  const shift = BigInt(excess);
  return Number(a.num >> shift) / Number(a.den >> shift);
}

/** Length in binary digits, to the next multiple of four above. */
function bits(value: bigint): number {
  if (value === 0n || value === 1n || value === -1n) return 1;
  return (value < 0n ? -value : value).toString(16).length * 4;
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x === 0n ? 1n : x;
}
