import { Atoms } from "./atoms.ts";
import type { Expression } from "./expression.ts";
import {
  addFractions,
  divideFractions,
  type Fraction,
  multiplyFractions,
  raiseFraction,
  rationalOf,
  whole,
} from "./fraction.ts";
import { Budget, Unreadable } from "./limits.ts";
import { asSmallInteger, constant, ofAtom } from "./polynomial.ts";
import { isInteger, negated, one, type Rational, rational } from "./rational.ts";
import { simplifyRoot } from "./roots.ts";

const LARGEST_ROOT = 60;
const LARGEST_EXPONENT = 1e9;
const LARGEST_FACTORIAL = 400;

/** Functions of an angle, in terms of sine and cosine. */
const angular: Readonly<Record<string, readonly [string, string]>> = {
  sin: ["sin", "1"],
  cos: ["cos", "1"],
  tan: ["sin", "cos"],
  cot: ["cos", "sin"],
  sec: ["1", "cos"],
  csc: ["1", "sin"],
};

/** Functions that are taken as they are, and evaluated where it comes to that. */
const plain = new Set(["arcsin", "arccos", "arctan", "sinh", "cosh", "tanh"]);

const number = (value: Rational): Fraction => whole(constant(value));
const minusOne = number(negated(one));

/** Turns values into quotients of polynomials over atoms; made for one comparison. */
export class NormalForms {
  readonly budget = new Budget();
  readonly atoms = new Atoms();

  /**
   * The normal form of a value.
   *
   * @throws {Unreadable} for what is no single value (sets, matrices) or has none (1/0).
   * @throws {TooHard} past the limits.
   */
  of(expression: Expression, inAngle = false): Fraction {
    this.budget.spend(1);
    switch (expression.kind) {
      case "number":
        return number(expression.value);
      case "constant":
        return expression.name === "infinity"
          ? this.#symbol("infinity")
          : this.#constant(expression.name);
      case "symbol":
        return this.#symbol(expression.name);
      case "labelled":
        return this.#symbol(
          `base ${expression.base} of ${JSON.stringify(this.#label(expression.of))}`,
        );
      case "sum":
        return expression.parts
          .map((part) => this.of(part, inAngle))
          .reduce((sum, part) => addFractions(sum, part, this.budget));
      case "product":
        return expression.parts
          .map((part) => this.of(part, inAngle))
          .reduce((result, part) => multiplyFractions(result, part, this.budget));
      case "negative":
        return multiplyFractions(minusOne, this.of(expression.of, inAngle), this.budget);
      case "quotient":
        return divideFractions(
          this.of(expression.above, inAngle),
          this.of(expression.below, inAngle),
          this.budget,
        );
      case "percent":
        return multiplyFractions(this.of(expression.of), number(rational(1n, 100n)), this.budget);
      case "degrees":
        return inAngle ? this.#radians(this.of(expression.of)) : this.of(expression.of);
      case "power":
        return this.#power(this.of(expression.base, inAngle), this.of(expression.exponent));
      case "root":
        return this.#root(this.of(expression.of), this.of(expression.index));
      case "factorial":
        return this.#factorial(this.of(expression.of));
      case "call":
        return this.#call(expression.name, expression.args);
      default:
        throw new Unreadable(`a ${expression.kind} where a value belongs`);
    }
  }

  #symbol(name: string): Fraction {
    const reduces = name === "i" ? { power: 2, to: negated(one) } : undefined;
    return whole(ofAtom(this.atoms.of({ kind: "symbol", name }, reduces)));
  }

  #constant(name: "pi" | "e"): Fraction {
    return whole(ofAtom(this.atoms.of({ kind: "constant", name })));
  }

  #label(expression: Expression): string {
    const value = rationalOf(this.of(expression));
    return value === undefined ? "" : value.num.toString();
  }

  #radians(degrees: Fraction): Fraction {
    const perDegree = multiplyFractions(
      this.#constant("pi"),
      number(rational(1n, 180n)),
      this.budget,
    );
    return multiplyFractions(degrees, perDegree, this.budget);
  }

  #power(base: Fraction, exponent: Fraction): Fraction {
    const value = rationalOf(exponent);
    if (value !== undefined && isInteger(value)) {
      const small = asSmallInteger(value, LARGEST_EXPONENT);
      const raised = small === undefined ? undefined : raiseFraction(base, small, this.budget);
      if (raised !== undefined) return raised;
    }
    const index =
      value === undefined ? undefined : asSmallInteger(rational(value.den), LARGEST_ROOT);
    const above =
      value === undefined ? undefined : asSmallInteger(rational(value.num), LARGEST_EXPONENT);
    if (index !== undefined && index > 1 && above !== undefined) {
      const raised = raiseFraction(base, above, this.budget);
      if (raised !== undefined) return this.#root(raised, number(rational(BigInt(index))));
    }
    return whole(ofAtom(this.atoms.of({ kind: "power", base, exponent })));
  }

  #root(of: Fraction, index: Fraction): Fraction {
    const degree = asSmallInteger(rationalOf(index), LARGEST_ROOT);
    if (degree === undefined || degree < 1)
      return this.#power(of, divideFractions(number(one), index, this.budget));
    const value = rationalOf(of);
    if (degree === 1) return of;
    if (value === undefined)
      return whole(ofAtom(this.atoms.of({ kind: "root", index: degree, of })));
    this.budget.spend(50);
    const { outside, inside } = simplifyRoot(value, degree);
    let result = number(outside);
    for (const { of: factor, exponent } of inside) {
      const radicand = rational(factor);
      const atom = this.atoms.of(
        { kind: "root", index: degree, of: number(radicand) },
        { power: degree, to: radicand },
      );
      result = multiplyFractions(result, whole(ofAtom(atom, exponent)), this.budget);
    }
    return result;
  }

  #factorial(of: Fraction): Fraction {
    const small = asSmallInteger(rationalOf(of), LARGEST_FACTORIAL);
    if (small === undefined || small < 0) return this.#opaque("factorial", [of]);
    let product = 1n;
    for (let factor = 2n; factor <= BigInt(small); factor++) product *= factor;
    return number(rational(product));
  }

  #call(name: string, args: readonly Expression[]): Fraction {
    const quotient = Object.hasOwn(angular, name) ? angular[name] : undefined;
    const values = args.map((argument) => this.of(argument, quotient !== undefined));
    const [first, second] = values;
    if (first === undefined) throw new Unreadable(`${name} of nothing`);
    if (quotient !== undefined)
      return divideFractions(
        this.#evaluated(quotient[0], first),
        this.#evaluated(quotient[1], first),
        this.budget,
      );
    if (name === "exp") return this.#power(this.#constant("e"), first);
    if (name === "ln" || name === "log") return this.#logarithm(name, first, second);
    if (name === "binom" && second !== undefined) return this.#binomial(first, second);
    const exact = values.length === 1 ? rationalOf(first) : undefined;
    if (name === "abs" && exact !== undefined)
      return number(exact.num < 0n ? negated(exact) : exact);
    if (name === "floor" && exact !== undefined) return number(rational(floor(exact)));
    if (name === "ceiling" && exact !== undefined) return number(rational(-floor(negated(exact))));
    if (plain.has(name) || ["abs", "floor", "ceiling"].includes(name))
      return this.#evaluated(name, first);
    return this.#opaque(name, values);
  }

  #evaluated(name: string, of: Fraction): Fraction {
    return name === "1" ? number(one) : whole(ofAtom(this.atoms.of({ kind: "call", name, of })));
  }

  #logarithm(name: string, of: Fraction, base: Fraction | undefined): Fraction {
    const natural = this.#evaluated("ln", of);
    if (name === "ln") return natural;
    const divisor = this.#evaluated("ln", base ?? number(rational(10n)));
    return divideFractions(natural, divisor, this.budget);
  }

  #binomial(n: Fraction, k: Fraction): Fraction {
    const [from, choose] = [rationalOf(n), rationalOf(k)].map((it) => asSmallInteger(it, 1000));
    if (from === undefined || choose === undefined || from < 0)
      return this.#opaque("binom", [n, k]);
    let result = choose < 0 || choose > from ? 0n : 1n;
    for (let at = 1n; at <= BigInt(choose) && result > 0n; at++)
      result = (result * (BigInt(from) - at + 1n)) / at;
    return number(rational(result));
  }

  /** The value of a function that nothing is known of: the same for the same arguments. */
  #opaque(name: string, values: readonly Fraction[]): Fraction {
    const key = values.map((value) => this.#argument(value)).join(", ");
    return this.#symbol(`${name}(${key})`);
  }

  #argument(value: Fraction): string {
    return this.atoms.of({ kind: "call", name: "argument", of: value }).index.toString();
  }
}

function floor({ num, den }: Rational): bigint {
  const quotient = num / den;
  return num < 0n && quotient * den !== num ? quotient - 1n : quotient;
}
