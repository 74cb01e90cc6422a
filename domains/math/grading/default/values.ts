import { decimals, doubles } from "./approximate.ts";
import { type Arithmetic, samples } from "./arithmetic.ts";
import { complex, evaluate, isComplex } from "./evaluate.ts";
import { type Exact, exactly, knowledge } from "./exact.ts";
import { contains, type Expression, symbolsIn } from "./expression.ts";
import { type Budget, TooHard } from "./limits.ts";
import { absolute, negated, order, plus, type Rational, rational, times } from "./rational.ts";

/** Relative difference past which two doubles are two values for certain. */
const SURELY_DIFFERENT = 1e-3;

/** Doubles nearer than this may both be zero. */
const NEAR_ZERO = 1e-9;

/** Relative difference below which 60 digits show one value, and the size below which they show zero. */
const SURELY_EQUAL = "1e-35";
const SURELY_ZERO = "1e-50";

/** A decimal stands for what rounds to it: at most half a unit of the sixth place, and not worse than this share. */
const ROUNDING = rational(5n, 10_000_000n);
const ROUNDING_SHARE = rational(2n, 1_000_000n);

/**
 * Whether two values are equal: first exactly, and where that does not settle it, by their digits.
 *
 * Symbols may have any real value, `i` is the imaginary unit. A side with a decimal point is taken to be rounded.
 *
 * @throws {Unreadable} where one is no single value, or has none (1/0).
 * @throws {TooHard} where the values are too large for digits.
 */
export function sameValue(a: Expression, b: Expression, budget: Budget): boolean {
  const both = [a, b] as const;
  const [x, y] = exactParts(both, 0, budget);
  const known = Math.max(...x.map(knownOf), ...y.map(knownOf));
  const rounded = both.some(isDecimal);
  const [p, q] = [x[0]?.value, y[0]?.value];
  if (known === knowledge.value && x.length === 1 && p !== undefined && q !== undefined)
    return order(p, q) === 0 || (rounded && roundsTo(p, q));
  if (rounded && both.every(isConstant) && roundsInDoubles(a, b, budget)) return true;
  if (sameParts(x, y)) {
    const [again, other] = exactParts(both, 1, budget);
    if (sameParts(again, other)) return true;
  }
  if (known < knowledge.drawn) return false;
  return !differInDoubles(a, b, budget) && agreeInDecimals(a, b, budget);
}

/** The sign of the difference of two constants as doubles tell it; NaN for anything with symbols. */
export function compareConstants(a: Expression, b: Expression, budget: Budget): number {
  const numbers = exactly(0, budget);
  const [x, y] = [evaluate(a, numbers, budget), evaluate(b, numbers, budget)];
  if (x.known === knowledge.value && y.known === knowledge.value) return order(x.value, y.value);
  if (!isConstant(a) || !isConstant(b)) return Number.NaN;
  return evaluate(a, doubles(0), budget) - evaluate(b, doubles(0), budget);
}

/** Whether a value is the same whatever the symbols are, because there are none. */
export function isConstant(expression: Expression): boolean {
  return symbolsIn(expression).size === 0;
}

const knownOf = ({ known }: Exact) => known;

/** The real part of each side, and the imaginary one where either has the imaginary unit in it. */
function partsIn<Value>(
  sides: readonly [Expression, Expression],
  numbers: Arithmetic<Value>,
  isZero: (value: Value) => boolean,
  budget: Budget,
): readonly [readonly Value[], readonly Value[]] {
  const [a, b] = sides;
  if (!sides.some(isComplex))
    return [[evaluate(a, numbers, budget)], [evaluate(b, numbers, budget)]];
  const parts = (side: Expression) => {
    const { re, im } = evaluate(side, complex(numbers, isZero), budget);
    return [re, im];
  };
  return [parts(a), parts(b)];
}

function exactParts(sides: readonly [Expression, Expression], sample: number, budget: Budget) {
  return partsIn(sides, exactly(sample, budget), ({ value }) => value.num === 0n, budget);
}

function sameParts(a: readonly Exact[], b: readonly Exact[]): boolean {
  return a.every(({ value }, at) => {
    const other = b[at]?.value;
    return other !== undefined && order(value, other) === 0;
  });
}

function isDecimal(expression: Expression): boolean {
  return contains(expression, (part) => part.kind === "number" && part.decimal);
}

function roundsTo(p: Rational, q: Rational): boolean {
  const difference = absolute(plus(p, negated(q)));
  const larger = order(absolute(p), absolute(q)) < 0 ? absolute(q) : absolute(p);
  return order(difference, ROUNDING) <= 0 && order(difference, times(larger, ROUNDING_SHARE)) <= 0;
}

function roundsInDoubles(x: Expression, y: Expression, budget: Budget): boolean {
  const [a, b] = [evaluate(x, doubles(0), budget), evaluate(y, doubles(0), budget)];
  const difference = Math.abs(a - b);
  return difference <= 5e-7 && difference <= 2e-6 * Math.max(Math.abs(a), Math.abs(b));
}

/** Whether any sample shows for certain that two values differ. */
function differInDoubles(x: Expression, y: Expression, budget: Budget): boolean {
  for (let sample = 0; sample < samples; sample++) {
    const [a, b] = partsIn([x, y], doubles(sample), (value) => value === 0, budget);
    const size = Math.max(...a.map(Math.abs), ...b.map(Math.abs));
    const difference = Math.max(...a.map((value, at) => Math.abs(value - (b[at] ?? Number.NaN))));
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
    const [a, b] = partsIn([x, y], decimals(sample), (value) => value.isZero(), budget);
    for (const [at, value] of a.entries()) {
      const other = b[at];
      if (other === undefined || value.isNaN() || other.isNaN()) continue;
      if (!value.isFinite() || !other.isFinite())
        throw new TooHard("a value is too large to compare");
      const difference = value.sub(other).abs();
      const size = value.abs().gt(other.abs()) ? value.abs() : other.abs();
      if (difference.gt(size.mul(SURELY_EQUAL)) && difference.gt(SURELY_ZERO)) return false;
      agreed++;
    }
    if (isConstant(x) && isConstant(y)) break;
  }
  return agreed > 0;
}
