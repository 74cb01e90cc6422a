import { doubles } from "./doubles.ts";
import { Evaluator, samples } from "./evaluate.ts";
import { contains, type Expression } from "./expression.ts";
import { crossDifference, type Fraction, rationalOf } from "./fraction.ts";
import { TooHard } from "./limits.ts";
import type { NormalForms } from "./normal-form.ts";
import { asNumber, type Polynomial } from "./polynomial.ts";
import { precise } from "./precise.ts";
import { negated, order, plus, type Rational, rational, times } from "./rational.ts";

/** Relative difference past which two doubles are two values for certain. */
const SURELY_DIFFERENT = 1e-6;

/** Relative difference below which 50 digits show one value. */
const SURELY_EQUAL = "1e-35";

/** A decimal stands for what rounds to it: at most half a unit of the sixth place, and not worse than this share. */
const ROUNDING = rational(5n, 10_000_000n);
const ROUNDING_SHARE = rational(2n, 1_000_000n);

/**
 * Whether two values are equal: first exactly, and where that does not settle it, by their digits.
 *
 * Symbols may have any real value. A side with a decimal point is taken to be rounded.
 *
 * @throws {TooHard} where the values are too large for digits.
 */
export function sameValue(a: Expression, b: Expression, forms: NormalForms): boolean {
  const [x, y] = [forms.of(a), forms.of(b)];
  const rounded = isDecimal(a) || isDecimal(b);
  const [p, q] = [rationalOf(x), rationalOf(y)];
  if (p !== undefined && q !== undefined) return order(p, q) === 0 || (rounded && roundsTo(p, q));
  if (rounded && roundsToInDoubles(x, y, forms)) return true;
  return isZero(crossDifference(x, y, forms.budget), forms);
}

/** Whether two fractions are equal for all values of their symbols. */
export function sameFraction(a: Fraction, b: Fraction, forms: NormalForms): boolean {
  return isZero(crossDifference(a, b, forms.budget), forms);
}

/** The sign of the difference of two constants as doubles tell it; NaN for anything with symbols. */
export function compareConstants(a: Fraction, b: Fraction, forms: NormalForms): number {
  const [p, q] = [rationalOf(a), rationalOf(b)];
  if (p !== undefined && q !== undefined) return order(p, q);
  if (hasSymbols(a.above, forms) || hasSymbols(b.above, forms)) return Number.NaN;
  const evaluator = new Evaluator(forms.atoms, doubles, 0);
  return evaluator.fraction(a) - evaluator.fraction(b);
}

/** Whether any term of a polynomial has a symbol in it. */
export function hasSymbols(polynomial: Polynomial, forms: NormalForms): boolean {
  for (const { powers } of polynomial.values())
    for (const [atom] of powers) if (forms.atoms.meaning(atom).kind === "symbol") return true;
  return false;
}

function isDecimal(expression: Expression): boolean {
  return contains(expression, (part) => part.kind === "number" && part.decimal);
}

function roundsTo(p: Rational, q: Rational): boolean {
  const difference = absolute(plus(p, negated(q)));
  const larger = order(absolute(p), absolute(q)) < 0 ? absolute(q) : absolute(p);
  return order(difference, ROUNDING) <= 0 && order(difference, times(larger, ROUNDING_SHARE)) <= 0;
}

function absolute(value: Rational): Rational {
  return value.num < 0n ? negated(value) : value;
}

function roundsToInDoubles(x: Fraction, y: Fraction, forms: NormalForms): boolean {
  if ([x.above, x.below, y.above, y.below].some((part) => hasSymbols(part, forms))) return false;
  const evaluator = new Evaluator(forms.atoms, doubles, 0);
  const [a, b] = [evaluator.fraction(x), evaluator.fraction(y)];
  const difference = Math.abs(a - b);
  return difference <= 5e-7 && difference <= 2e-6 * Math.max(Math.abs(a), Math.abs(b));
}

function isZero(difference: Polynomial, forms: NormalForms): boolean {
  if (difference.size === 0) return true;
  if (asNumber(difference) !== undefined || isFree(difference, forms)) return false;
  switch (lookInDoubles(difference, forms)) {
    case "different":
      return false;
    case "unclear":
      return lookClosely(difference, forms);
  }
}

/** Whether all atoms are symbols: then the terms are independent, and only no terms at all is zero. */
function isFree(polynomial: Polynomial, forms: NormalForms): boolean {
  for (const { powers } of polynomial.values())
    for (const [atom] of powers) if (forms.atoms.meaning(atom).kind !== "symbol") return false;
  return true;
}

function lookInDoubles(difference: Polynomial, forms: NormalForms): "different" | "unclear" {
  for (let sample = 0; sample < samples; sample++) {
    forms.budget.spend(difference.size);
    const { value, magnitude } = new Evaluator(forms.atoms, doubles, sample).polynomial(difference);
    if (Math.abs(value) > SURELY_DIFFERENT * magnitude && magnitude < Number.MAX_VALUE)
      return "different";
  }
  return "unclear";
}

function lookClosely(difference: Polynomial, forms: NormalForms): boolean {
  const numbers = precise();
  let agreed = 0;
  for (let sample = 0; sample < samples; sample++) {
    forms.budget.spend(50 * difference.size);
    const { value, magnitude } = new Evaluator(forms.atoms, numbers, sample).polynomial(difference);
    if (magnitude.isNaN() || value.isNaN()) continue;
    if (!magnitude.isFinite()) throw new TooHard("a value is too large to compare");
    if (value.abs().gt(magnitude.mul(SURELY_EQUAL))) return false;
    agreed++;
  }
  return agreed > 0;
}
