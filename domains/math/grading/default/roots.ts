import { Unreadable } from "./limits.ts";
import { inverse, negated, type Rational, rational, times } from "./rational.ts";

/** A root of a number: `outside` times the roots of the whole numbers `inside`. */
export interface SimplifiedRoot {
  readonly outside: Rational;
  /** Whole numbers above 1 without a repeated small prime factor; their roots are to be multiplied. */
  readonly inside: readonly { readonly of: bigint; readonly exponent: number }[];
}

/** Numbers with more digits are not factored; a root of theirs is taken as it is. */
const FACTORED_BELOW = 10n ** 30n;
const LARGEST_PRIME = 1000n;

/**
 * Takes what it can out of a root: `\sqrt{12}` is 2 times the root of 3.
 *
 * @throws {Unreadable} for an even root of a negative number, which has no real value.
 */
export function simplifyRoot(value: Rational, index: number): SimplifiedRoot {
  if (value.num < 0n) {
    if (index % 2 === 0) throw new Unreadable("an even root of a negative number");
    const positive = simplifyRoot(negated(value), index);
    return { outside: negated(positive.outside), inside: positive.inside };
  }
  if (value.num === 0n) return { outside: value, inside: [] };
  // The root of a/b is the root of a * b**(index - 1), divided by b.
  const radicand = value.num * value.den ** BigInt(index - 1);
  const inside: { of: bigint; exponent: number }[] = [];
  let outside = inverse(rational(value.den));
  const takeOut = (factor: bigint, exponent: number) => {
    const wholes = Math.floor(exponent / index);
    outside = times(outside, rational(factor ** BigInt(wholes)));
    if (exponent % index > 0) inside.push({ of: factor, exponent: exponent % index });
  };
  let rest = radicand;
  if (rest < FACTORED_BELOW)
    for (
      let prime = 2n;
      prime <= LARGEST_PRIME && prime * prime <= rest;
      prime += prime === 2n ? 1n : 2n
    ) {
      let exponent = 0;
      for (; rest % prime === 0n; exponent++) rest /= prime;
      if (exponent > 0) takeOut(prime, exponent);
    }
  if (rest > 1n) {
    const exact = exactRoot(rest, index);
    if (exact === undefined) takeOut(rest, 1);
    else outside = times(outside, rational(exact));
  }
  return { outside, inside };
}

/** The whole number whose power is `value`, or undefined; Newton's method on whole numbers. */
function exactRoot(value: bigint, index: number): bigint | undefined {
  const power = BigInt(index);
  let guess = 1n << BigInt(Math.ceil(value.toString(2).length / index));
  for (;;) {
    const better = ((power - 1n) * guess + value / guess ** (power - 1n)) / power;
    if (better >= guess) break;
    guess = better;
  }
  return guess ** power === value ? guess : undefined;
}
