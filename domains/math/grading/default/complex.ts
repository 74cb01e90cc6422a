import { Fraction } from "fraction.js";
import type { Approximate, Arithmetic } from "./arithmetic.ts";

/** A value with its imaginary part. */
export interface Complex<Value> {
  readonly re: Value;
  readonly im: Value;
}

/** Powers of imaginary values past it are not multiplied out. */
const LARGEST_COMPLEX_POWER = 64;

/**
 * An approximate arithmetic with imaginary parts: for the four operations, whole powers, absolute values and
 * powers of real numbers. Any other function of an imaginary value has some value.
 */
export function complexArithmetic<Value>(numbers: Approximate<Value>): Arithmetic<Complex<Value>> {
  const { real, isReal, multiply, divide, square, some } = operations(numbers);
  const one = real(numbers.of(new Fraction(1)));

  function power(base: Complex<Value>, exponent: Complex<Value>): Complex<Value> {
    if (isReal(base)) {
      const size = numbers.power(base.re, exponent.re);
      if (isReal(exponent)) return real(size);
      // Euler: b^(x + iy) turns by y ln b.
      const angle = numbers.multiply(exponent.im, numbers.call("ln", [base.re]));
      const part = (name: string) => numbers.multiply(size, numbers.call(name, [angle]));
      return { re: part("cos"), im: part("sin") };
    }
    const count = isReal(exponent) ? Number(numbers.whole(exponent.re)) : Number.NaN;
    if (!(Math.abs(count) <= LARGEST_COMPLEX_POWER)) return some("power", [base, exponent]);
    const raised = Array.from({ length: Math.abs(count) }, () => base).reduce(multiply, one);
    return count >= 0 ? raised : divide(one, raised);
  }

  return {
    of: (value) => real(numbers.of(value)),
    symbol: (name) => (name === "i" ? { re: one.im, im: one.re } : real(numbers.symbol(name))),
    constant: (name) => real(numbers.constant(name)),
    add: (a, b) => ({ re: numbers.add(a.re, b.re), im: numbers.add(a.im, b.im) }),
    multiply,
    divide,
    power,
    root: (of, index) =>
      isReal(of) && isReal(index) ? real(numbers.root(of.re, index.re)) : some("root", [of, index]),
    call(name, args) {
      const parts = args.map(({ re }) => re);
      if (args.every(isReal)) return real(numbers.call(name, parts));
      const [first] = args;
      if (name !== "abs" || first === undefined) return some(name, args);
      return real(numbers.root(square(first), numbers.of(new Fraction(2))));
    },
  };
}

/** What the arithmetic is made of. */
function operations<Value>(numbers: Approximate<Value>) {
  type Pair = Complex<Value>;
  const [zero, minusOne] = [numbers.of(new Fraction(0)), numbers.of(new Fraction(-1))];
  const real = (re: Value): Pair => ({ re, im: zero });
  const conjugate = ({ re, im }: Pair): Pair => ({ re, im: numbers.multiply(minusOne, im) });
  const multiply = (a: Pair, b: Pair): Pair => ({
    re: numbers.add(
      numbers.multiply(a.re, b.re),
      numbers.multiply(minusOne, numbers.multiply(a.im, b.im)),
    ),
    im: numbers.add(numbers.multiply(a.re, b.im), numbers.multiply(a.im, b.re)),
  });
  const square = (a: Pair): Value => multiply(a, conjugate(a)).re;
  return {
    real,
    isReal: ({ im }: Pair) => Number(numbers.whole(im)) === 0,
    multiply,
    square,
    divide(a: Pair, b: Pair): Pair {
      const [above, size] = [multiply(a, conjugate(b)), square(b)];
      return { re: numbers.divide(above.re, size), im: numbers.divide(above.im, size) };
    },
    /** Some value, the same for the same arguments. */
    some: (name: string, args: readonly Pair[]): Pair =>
      real(
        numbers.call(
          `complex ${name}`,
          args.flatMap(({ re, im }) => [re, im]),
        ),
      ),
  };
}
