import type { Arithmetic } from "./arithmetic.ts";
import { type Compound, contains, type Expression, operand } from "./expression.ts";
import { type Budget, Unreadable } from "./limits.ts";
import type { Rational } from "./rational.ts";

/** A value with its imaginary part. */
export interface Complex<Value> {
  readonly re: Value;
  readonly im: Value;
}

/** Functions of an angle, in terms of sine and cosine. */
const angular: Readonly<Record<string, readonly string[]>> = {
  sin: ["sin"],
  cos: ["cos"],
  tan: ["sin", "cos"],
  cot: ["cos", "sin"],
  sec: ["1", "cos"],
  csc: ["1", "sin"],
};

const fraction = (num: bigint, den = 1n): Rational => ({ num, den });
const [minusOne, unit, ten] = [fraction(-1n), fraction(1n), fraction(10n)];
const [hundredth, perDegree] = [fraction(1n, 100n), fraction(1n, 180n)];

/** Whether the imaginary unit is in an expression. */
export function isComplex(expression: Expression): boolean {
  return contains(expression, (part) => part.kind === "symbol" && part.name === "i");
}

/**
 * The value of an expression.
 *
 * @throws {Unreadable} for what is no single value (sets, matrices), and what the arithmetic refuses.
 * @throws {TooHard} past the limits.
 */
export function evaluate<Value>(
  expression: Expression,
  numbers: Arithmetic<Value>,
  budget: Budget,
): Value {
  return at(expression, { numbers, budget }, false);
}

interface Means<Value> {
  readonly numbers: Arithmetic<Value>;
  readonly budget: Budget;
}

/** @param inAngle whether degrees are turned to radians. */
function at<Value>(of: Expression, means: Means<Value>, inAngle: boolean): Value {
  const { numbers, budget } = means;
  budget.spend(1);
  switch (of.kind) {
    case "number":
      return numbers.of(of.value);
    case "constant":
      return of.name === "infinity" ? numbers.symbol(of.name) : numbers.constant(of.name);
    case "symbol":
      return numbers.symbol(of.name);
    case "labelled":
      return numbers.call(`base ${of.base}`, inside(of, means, inAngle));
    case "sum":
      return inside(of, means, inAngle).reduce((a, b) => numbers.add(a, b));
    case "product":
      return inside(of, means, inAngle).reduce((a, b) => numbers.multiply(a, b));
    case "quotient":
      return inside(of, means, inAngle).reduce((a, b) => numbers.divide(a, b));
    case "negative":
      return numbers.multiply(numbers.of(minusOne), at(operand(of), means, inAngle));
    case "percent":
      return numbers.multiply(numbers.of(hundredth), at(operand(of), means, false));
    case "degrees": {
      const degrees = at(operand(of), means, false);
      if (!inAngle) return degrees;
      return numbers.multiply(
        numbers.multiply(degrees, numbers.of(perDegree)),
        numbers.constant("pi"),
      );
    }
    case "power":
      return numbers.power(at(operand(of), means, inAngle), at(operand(of, 1), means, false));
    case "root":
      return numbers.root(at(operand(of), means, false), at(operand(of, 1), means, false));
    case "factorial":
      return numbers.call("factorial", inside(of, means, false));
    case "call":
      return called(of.name, inside(of, means, Object.hasOwn(angular, of.name)), numbers);
    default:
      throw new Unreadable(`a ${of.kind} where a value belongs`);
  }
}

function inside<Value>({ parts }: Compound, means: Means<Value>, inAngle: boolean): Value[] {
  return parts.map((part) => at(part, means, inAngle));
}

function called<Value>(name: string, args: readonly Value[], numbers: Arithmetic<Value>): Value {
  const [first, base] = args;
  if (first === undefined) throw new Unreadable(`${name} of nothing`);
  const quotient = Object.hasOwn(angular, name) ? angular[name] : undefined;
  if (quotient !== undefined) {
    const [above, below] = quotient.map((one) =>
      one === "1" ? numbers.of(unit) : numbers.call(one, [first]),
    );
    return above === undefined || below === undefined
      ? (above ?? first)
      : numbers.divide(above, below);
  }
  if (name === "exp") return numbers.power(numbers.constant("e"), first);
  if (name !== "log") return numbers.call(name, args);
  const divisor = numbers.call("ln", [base ?? numbers.of(ten)]);
  return numbers.divide(numbers.call("ln", [first]), divisor);
}

/**
 * The same arithmetic with imaginary parts, for the four operations, whole powers, absolute values and powers of
 * real numbers; any other function of an imaginary value has some value.
 *
 * @param asInteger the whole number that a value is; undefined for any other value.
 */
export function complex<Value>(
  numbers: Arithmetic<Value>,
  asInteger: (value: Value) => number | undefined,
): Arithmetic<Complex<Value>> {
  const [zero, one] = [numbers.of(fraction(0n)), numbers.of(unit)];
  const real = (re: Value): Complex<Value> => ({ re, im: zero });
  const isReal = ({ im }: Complex<Value>) => asInteger(im) === 0;
  const minus = (value: Value) => numbers.multiply(numbers.of(minusOne), value);
  const square = (a: Complex<Value>) => multiply(a, { re: a.re, im: minus(a.im) }).re;
  const opaque = (name: string, args: readonly Complex<Value>[]) =>
    real(
      numbers.call(
        `complex ${name}`,
        args.flatMap(({ re, im }) => [re, im]),
      ),
    );

  function multiply(a: Complex<Value>, b: Complex<Value>): Complex<Value> {
    return {
      re: numbers.add(numbers.multiply(a.re, b.re), minus(numbers.multiply(a.im, b.im))),
      im: numbers.add(numbers.multiply(a.re, b.im), numbers.multiply(a.im, b.re)),
    };
  }

  function divide(a: Complex<Value>, b: Complex<Value>): Complex<Value> {
    const size = square(b);
    const above = multiply(a, { re: b.re, im: minus(b.im) });
    return { re: numbers.divide(above.re, size), im: numbers.divide(above.im, size) };
  }

  function power(base: Complex<Value>, exponent: Complex<Value>): Complex<Value> {
    if (isReal(base) && isReal(exponent)) return real(numbers.power(base.re, exponent.re));
    if (isReal(base)) {
      // Euler: b^(x + iy) turns by y ln b.
      const size = numbers.power(base.re, exponent.re);
      const angle = numbers.multiply(exponent.im, numbers.call("ln", [base.re]));
      const part = (name: string) => numbers.multiply(size, numbers.call(name, [angle]));
      return { re: part("cos"), im: part("sin") };
    }
    const count = isReal(exponent) ? asInteger(exponent.re) : undefined;
    if (count === undefined || Math.abs(count) > LARGEST_COMPLEX_POWER)
      return opaque("power", [base, exponent]);
    let result = real(one);
    for (let factor = 0; factor < Math.abs(count); factor++) result = multiply(result, base);
    return count >= 0 ? result : divide(real(one), result);
  }

  return {
    of: (value) => real(numbers.of(value)),
    symbol: (name) => (name === "i" ? { re: zero, im: one } : real(numbers.symbol(name))),
    constant: (name) => real(numbers.constant(name)),
    add: (a, b) => ({ re: numbers.add(a.re, b.re), im: numbers.add(a.im, b.im) }),
    multiply,
    divide,
    power,
    root: (of, index) =>
      isReal(of) && isReal(index)
        ? real(numbers.root(of.re, index.re))
        : opaque("root", [of, index]),
    call(name, args) {
      if (args.every(isReal))
        return real(
          numbers.call(
            name,
            args.map(({ re }) => re),
          ),
        );
      const [first] = args;
      if (name !== "abs" || first === undefined) return opaque(name, args);
      return real(numbers.root(square(first), numbers.of(fraction(2n))));
    },
  };
}

/** Powers of imaginary values past it are not multiplied out. */
const LARGEST_COMPLEX_POWER = 64;
