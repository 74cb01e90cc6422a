import type { Budget } from "./limits.ts";
import { Unreadable } from "./limits.ts";
import {
  add,
  asNumber,
  constant,
  multiply,
  type Polynomial,
  raise,
  scale,
  subtract,
} from "./polynomial.ts";
import { inverse, one, type Rational } from "./rational.ts";

/** A quotient of polynomials; the lower one is not zero. */
export interface Fraction {
  readonly above: Polynomial;
  readonly below: Polynomial;
}

const unit = constant(one);

/** A polynomial as a fraction. */
export function whole(above: Polynomial): Fraction {
  return { above, below: unit };
}

export function addFractions(a: Fraction, b: Fraction, budget: Budget): Fraction {
  if (a.below === b.below) return simplified(add(a.above, b.above, budget), a.below);
  return simplified(
    add(multiply(a.above, b.below, budget), multiply(b.above, a.below, budget), budget),
    multiply(a.below, b.below, budget),
  );
}

export function multiplyFractions(a: Fraction, b: Fraction, budget: Budget): Fraction {
  return simplified(multiply(a.above, b.above, budget), multiply(a.below, b.below, budget));
}

/** @throws {Unreadable} for a division by zero. */
export function divideFractions(a: Fraction, b: Fraction, budget: Budget): Fraction {
  return multiplyFractions(a, reciprocal(b), budget);
}

function reciprocal(a: Fraction): Fraction {
  if (a.above.size === 0) throw new Unreadable("a division by zero");
  return simplified(a.below, a.above);
}

/** A whole power, or undefined where it would be too large to write out. */
export function raiseFraction(a: Fraction, exponent: number, budget: Budget): Fraction | undefined {
  if (exponent < 0) return raiseFraction(reciprocal(a), -exponent, budget);
  const above = raise(a.above, exponent, budget);
  const below = above === undefined ? undefined : raise(a.below, exponent, budget);
  return above === undefined || below === undefined ? undefined : simplified(above, below);
}

/** A number below is divided out, so that numbers and polynomials always have 1 there. */
function simplified(above: Polynomial, below: Polynomial): Fraction {
  const number = asNumber(below);
  if (number === undefined) return { above, below };
  return number.num === 1n && number.den === 1n
    ? whole(above)
    : whole(scale(above, inverse(number)));
}

/** The difference of two fractions, times both of their lower parts: zero where they are equal. */
export function crossDifference(a: Fraction, b: Fraction, budget: Budget): Polynomial {
  if (a.below === b.below) return subtract(a.above, b.above, budget);
  return subtract(multiply(a.above, b.below, budget), multiply(b.above, a.below, budget), budget);
}

/** The exact rational value, or undefined. */
export function rationalOf(a: Fraction): Rational | undefined {
  return a.below === unit ? asNumber(a.above) : undefined;
}
