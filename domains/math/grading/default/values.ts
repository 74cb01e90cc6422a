import { Fraction } from "fraction.js";
import { decimals, doubles } from "./approximate.ts";
import { type Approximate, samples } from "./arithmetic.ts";
import { complexArithmetic } from "./complex.ts";
import { evaluate } from "./evaluate.ts";
import { type Draw, type Exact, ExactArithmetic, isDrawn, sameExact } from "./exact.ts";
import { contains, type Expression, symbolsIn } from "./expression.ts";
import { type Budget, TooHard } from "./limits.ts";

/** Relative difference past which two doubles are two values for certain. */
const SURELY_DIFFERENT = 1e-3;

/** Doubles nearer than this may both be zero. */
const NEAR_ZERO = 1e-9;

/** Relative difference below which 60 digits show one value, and the size below which they show zero. */
const SURELY_EQUAL = "1e-35";
const SURELY_ZERO = "1e-50";

/** A decimal stands for what rounds to it: at most half a unit of the sixth place, and not worse than this share. */
const ROUNDING = new Fraction(5, 10_000_000);
const ROUNDING_SHARE = new Fraction(2, 1_000_000);

/**
 * Whether two values are equal: first ExactArithmetic, and where that does not settle it, by their digits.
 *
 * Symbols may have any real value, `i` is the imaginary unit. A side with a decimal point is taken to be rounded.
 *
 * @throws {Unreadable} where one is no single value, or has none (1/0).
 * @throws {TooHard} where the values are too large for digits.
 */
export function sameValue(a: Expression, b: Expression, budget: Budget): boolean {
  const [p, q] = exactPair(a, b, 0, budget);
  const isRounded = () => isDecimal(a) || isDecimal(b);
  if (p instanceof Fraction && q instanceof Fraction)
    return p.equals(q) || (isRounded() && roundsTo(p, q));
  if (sameExact(p, q, 0)) {
    const [again, other] = exactPair(a, b, 1, budget);
    if (sameExact(again, other, 1)) return true;
  }
  if (isRounded() && isConstant(a) && isConstant(b) && roundsInDoubles(a, b, budget)) return true;
  if (!isDrawn(p) && !isDrawn(q)) return false;
  return !differInDoubles(a, b, budget) && agreeInDecimals(a, b, budget);
}

type Pair<Value> = readonly [Value, Value];

function exactPair(a: Expression, b: Expression, sample: Draw, budget: Budget): Pair<Exact> {
  if (a.kind === "number" && b.kind === "number") return [a.value, b.value];
  const numbers = new ExactArithmetic(sample, budget);
  return [evaluate(a, numbers, budget), evaluate(b, numbers, budget)];
}

/** The sign of the difference of two constants as doubles tell it; NaN for anything with symbols. */
export function compareConstants(a: Expression, b: Expression, budget: Budget): number {
  const [x, y] = exactPair(a, b, 0, budget);
  if (x instanceof Fraction && y instanceof Fraction) return x.compare(y);
  if (!isConstant(a) || !isConstant(b)) return Number.NaN;
  return evaluate(a, doubles(0), budget) - evaluate(b, doubles(0), budget);
}

/** Whether a value is the same whatever the symbols are, because there are none. */
export function isConstant(expression: Expression): boolean {
  return symbolsIn(expression).size === 0;
}

/** The real part of each side, and the imaginary one where either has the imaginary unit in it. */
function partsIn<Value>(
  sides: Pair<Expression>,
  numbers: Approximate<Value>,
  budget: Budget,
): readonly Pair<Value>[] {
  const [a, b] = sides;
  if (!sides.some((side) => symbolsIn(side).has("i")))
    return [[evaluate(a, numbers, budget), evaluate(b, numbers, budget)]];
  const arithmetic = complexArithmetic(numbers);
  const [x, y] = [evaluate(a, arithmetic, budget), evaluate(b, arithmetic, budget)];
  return [
    [x.re, y.re],
    [x.im, y.im],
  ];
}

function isDecimal(expression: Expression): boolean {
  return contains(expression, (part) => part.kind === "number" && part.decimal);
}

function roundsTo(p: Fraction, q: Fraction): boolean {
  const difference = p.sub(q).abs();
  const larger = p.abs().lt(q.abs()) ? q.abs() : p.abs();
  return difference.lte(ROUNDING) && difference.lte(larger.mul(ROUNDING_SHARE));
}

function roundsInDoubles(x: Expression, y: Expression, budget: Budget): boolean {
  const [a, b] = [evaluate(x, doubles(0), budget), evaluate(y, doubles(0), budget)];
  const difference = Math.abs(a - b);
  return difference <= 5e-7 && difference <= 2e-6 * Math.max(Math.abs(a), Math.abs(b));
}

/** Whether any sample shows for certain that two values differ. */
function differInDoubles(x: Expression, y: Expression, budget: Budget): boolean {
  for (let sample = 0; sample < samples; sample++) {
    const parts = partsIn([x, y], doubles(sample), budget);
    const size = Math.max(...parts.flat().map(Math.abs));
    const difference = Math.max(...parts.map(([a, b]) => Math.abs(a - b)));
    if (size < Number.MAX_VALUE && difference > Math.max(SURELY_DIFFERENT * size, NEAR_ZERO))
      return true;
  }
  return false;
}

/** Whether 60 digits agree in every sample in which both have a value, and in one at least. */
function agreeInDecimals(x: Expression, y: Expression, budget: Budget): boolean {
  let agreed = 0;
  for (let sample = 0; sample < samples; sample++) {
    budget.spend(100);
    for (const [a, b] of partsIn([x, y], decimals(sample), budget)) {
      if (a.isNaN() || b.isNaN()) continue;
      if (!a.isFinite() || !b.isFinite()) throw new TooHard("a value is too large to compare");
      const difference = a.sub(b).abs();
      const size = a.abs().gt(b.abs()) ? a.abs() : b.abs();
      if (difference.gt(size.mul(SURELY_EQUAL)) && difference.gt(SURELY_ZERO)) return false;
      agreed++;
    }
    if (isConstant(x) && isConstant(y)) break;
  }
  return agreed > 0;
}
