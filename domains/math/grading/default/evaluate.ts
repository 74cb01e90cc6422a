import type { Arithmetic } from "./arithmetic.ts";
import { type Compound, contains, type Expression, operand } from "./expression.ts";
import { type Budget, Unreadable } from "./limits.ts";

/** A value with its imaginary part. */
export interface Complex<Value> {
  readonly re: Value;
  readonly im: Value;
}

/** Functions of an angle, in terms of sine and cosine. */
const angular: Readonly<Record<string, readonly [string, string | undefined]>> = {
  sin: ["sin", undefined],
  cos: ["cos", undefined],
  tan: ["sin", "cos"],
  cot: ["cos", "sin"],
  sec: ["1", "cos"],
  csc: ["1", "sin"],
};

const fraction = (num: number, den = 1) => ({ num: BigInt(num), den: BigInt(den) });

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
  return at(expression, false);

  /** @param inAngle whether degrees are turned to radians. */
  function at(of: Expression, inAngle: boolean): Value {
    budget.spend(1);
    const inside = (part: Expression) => at(part, inAngle);
    switch (of.kind) {
      case "number":
        return numbers.of(of.value);
      case "constant":
        return of.name === "infinity" ? numbers.symbol(of.name) : numbers.constant(of.name);
      case "symbol":
        return numbers.symbol(of.name);
      case "labelled":
        return numbers.call(`base ${of.base}`, of.parts.map(inside));
      case "sum":
        return of.parts.map(inside).reduce(numbers.add);
      case "product":
        return of.parts.map(inside).reduce(numbers.multiply);
      case "quotient":
        return numbers.divide(inside(operand(of)), inside(operand(of, 1)));
      case "negative":
        return numbers.multiply(numbers.of(fraction(-1)), inside(operand(of)));
      case "percent":
        return numbers.multiply(numbers.of(fraction(1, 100)), at(operand(of), false));
      case "degrees":
        return inAngle ? radians(at(operand(of), false)) : at(operand(of), false);
      case "power":
        return numbers.power(inside(operand(of)), at(operand(of, 1), false));
      case "root":
        return numbers.root(at(operand(of), false), at(operand(of, 1), false));
      case "factorial":
        return numbers.call("factorial", [at(operand(of), false)]);
      case "call":
        return call(of);
      default:
        throw new Unreadable(`a ${of.kind} where a value belongs`);
    }
  }

  function radians(degrees: Value): Value {
    const share = numbers.multiply(degrees, numbers.of(fraction(1, 180)));
    return numbers.multiply(share, numbers.constant("pi"));
  }

  function call({ name, parts }: Compound & { readonly kind: "call" }): Value {
    const quotient = Object.hasOwn(angular, name) ? angular[name] : undefined;
    const args = parts.map((part) => at(part, quotient !== undefined));
    const [first, base] = args;
    if (first === undefined) throw new Unreadable(`${name} of nothing`);
    const ofAngle = (one: string) =>
      one === "1" ? numbers.of(fraction(1)) : numbers.call(one, [first]);
    if (quotient !== undefined) {
      const [above, below] = quotient;
      return below === undefined ? ofAngle(above) : numbers.divide(ofAngle(above), ofAngle(below));
    }
    if (name === "exp") return numbers.power(numbers.constant("e"), first);
    if (name !== "log") return numbers.call(name, args);
    const divisor = numbers.call("ln", [base ?? numbers.of(fraction(10))]);
    return numbers.divide(numbers.call("ln", [first]), divisor);
  }
}

/**
 * The same arithmetic with imaginary parts, for the four operations, whole powers, absolute values and powers of
 * real numbers; any other function of an imaginary value has some value.
 *
 * @param isZero whether a value is exactly zero.
 */
export function complex<Value>(
  numbers: Arithmetic<Value>,
  isZero: (value: Value) => boolean,
): Arithmetic<Complex<Value>> {
  const [zero, one] = [numbers.of(fraction(0)), numbers.of(fraction(1))];
  const real = (re: Value): Complex<Value> => ({ re, im: zero });
  const isReal = ({ im }: Complex<Value>) => isZero(im);
  const minus = (value: Value) => numbers.multiply(numbers.of(fraction(-1)), value);
  const square = ({ re, im }: Complex<Value>) =>
    numbers.add(numbers.multiply(re, re), numbers.multiply(im, im));
  const multiply = (a: Complex<Value>, b: Complex<Value>): Complex<Value> => ({
    re: numbers.add(numbers.multiply(a.re, b.re), minus(numbers.multiply(a.im, b.im))),
    im: numbers.add(numbers.multiply(a.re, b.im), numbers.multiply(a.im, b.re)),
  });
  const divide = (a: Complex<Value>, b: Complex<Value>): Complex<Value> => {
    if (isReal(b)) return { re: numbers.divide(a.re, b.re), im: numbers.divide(a.im, b.re) };
    const above = multiply(a, { re: b.re, im: minus(b.im) });
    return divide(above, real(square(b)));
  };
  const opaque = (name: string, args: readonly Complex<Value>[]) =>
    real(
      numbers.call(
        `complex ${name}`,
        args.flatMap(({ re, im }) => [re, im]),
      ),
    );

  function power(base: Complex<Value>, exponent: Complex<Value>): Complex<Value> {
    if (isReal(base) && isReal(exponent)) return real(numbers.power(base.re, exponent.re));
    if (isReal(base)) {
      // Euler: b^(x + iy) turns by y ln b.
      const size = numbers.power(base.re, exponent.re);
      const angle = numbers.multiply(exponent.im, numbers.call("ln", [base.re]));
      const part = (name: string) => numbers.multiply(size, numbers.call(name, [angle]));
      return { re: part("cos"), im: part("sin") };
    }
    for (let count = 0; count <= LARGEST_COMPLEX_POWER; count++)
      for (const sign of [1, -1]) {
        const difference = numbers.add(exponent.re, numbers.of(fraction(-sign * count)));
        if (!isReal(exponent) || !isZero(difference)) continue;
        let result = real(one);
        for (let factor = 0; factor < count; factor++) result = multiply(result, base);
        return sign > 0 ? result : divide(real(one), result);
      }
    return opaque("power", [base, exponent]);
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
      const [first, ...others] = args;
      if (name !== "abs" || first === undefined || others.length > 0) return opaque(name, args);
      return real(numbers.root(square(first), numbers.of(fraction(2))));
    },
  };
}

/** Powers of imaginary values past it are not multiplied out. */
const LARGEST_COMPLEX_POWER = 64;
