import { type Arithmetic, sampled } from "./arithmetic.ts";
import { type Budget, Unreadable } from "./limits.ts";
import {
  absolute,
  asSmallInteger,
  exactRoot,
  floor,
  inverse,
  negated,
  plus,
  type Rational,
  rational,
  times,
  toPower,
} from "./rational.ts";

const LARGEST_INDEX = 60;
const LARGEST_EXPONENT = 1e9;
const LARGEST_FACTORIAL = 400;
const LARGEST_BINOMIAL = 1000;

/** What is known of an exact value, from most to least. */
export const knowledge = {
  /** It is this fraction. */
  value: 0,
  /** It is made of symbols by the four operations and whole powers: two that differ are different. */
  formula: 1,
  /** Something in it is no fraction, and a number was drawn for it: two that differ may be one value. */
  drawn: 2,
} as const;

/** A fraction, and what it is the value of. */
export interface Exact {
  readonly value: Rational;
  readonly known: number;
}

/**
 * Exact fractions. Symbols have whole numbers, drawn by their names; so have roots, `\pi` and values of
 * functions that are no fractions, drawn by what they are. Two expressions that are one formula have one value.
 *
 * @throws {Unreadable} from what has no real value: a division by zero, an even root of a negative number.
 */
export function exactly(sample: number, budget: Budget): Arithmetic<Exact> {
  const of = (value: Rational): Exact => ({ value, known: knowledge.value });
  const draw = (name: string, known: number): Exact => ({
    value: { num: BigInt(sampled(name, sample).size), den: 1n },
    known,
  });
  const drawn = (name: string, args: readonly Exact[]): Exact =>
    draw(
      `${name}(${args.map(({ value }) => `${value.num}/${value.den}`).join()})`,
      knowledge.drawn,
    );
  const both = (value: Rational, a: Exact, b: Exact): Exact => {
    budget.spend(1);
    return { value, known: Math.max(a.known, b.known) };
  };
  const inverted = (a: Exact): Exact => {
    if (a.value.num === 0n) throw new Unreadable("a division by zero");
    return { ...a, value: inverse(a.value) };
  };
  const divide = (a: Exact, b: Exact) => both(times(a.value, inverted(b).value), a, b);

  function power(base: Exact, exponent: Exact): Exact {
    if (exponent.known !== knowledge.value) return drawn("power", [base, exponent]);
    const size = asSmallInteger(rational(exponent.value.num), LARGEST_EXPONENT);
    const index = asSmallInteger(rational(exponent.value.den), LARGEST_INDEX);
    if (size === undefined || index === undefined) return drawn("power", [base, exponent]);
    if (size < 0 && base.value.num === 0n) throw new Unreadable("a division by zero");
    budget.spend(20);
    const value = toPower(base.value, size);
    if (value === undefined) return drawn("power", [base, exponent]);
    const raised = { value, known: base.known };
    return index === 1 ? raised : root(raised, of(rational(BigInt(index))));
  }

  function root(radicand: Exact, index: Exact): Exact {
    const degree =
      index.known === knowledge.value ? asSmallInteger(index.value, LARGEST_INDEX) : undefined;
    if (degree === undefined || degree < 1) return power(radicand, inverted(index));
    if (degree === 1) return radicand;
    if (radicand.known !== knowledge.value) return drawn("root", [radicand, index]);
    if (radicand.value.num < 0n) {
      if (degree % 2 === 0) throw new Unreadable("an even root of a negative number");
      const positive = root(of(negated(radicand.value)), index);
      return { ...positive, value: negated(positive.value) };
    }
    budget.spend(50);
    const exact = exactRoot(radicand.value, degree);
    return exact === undefined ? drawn("root", [radicand, index]) : of(exact);
  }

  return {
    of,
    symbol: (name) => draw(name, knowledge.formula),
    constant: (name) => draw(`constant ${name}`, knowledge.drawn),
    add: (a, b) => both(plus(a.value, b.value), a, b),
    multiply: (a, b) => both(times(a.value, b.value), a, b),
    divide,
    power,
    root,
    call(name, args) {
      const isKnown = args.every(({ known }) => known === knowledge.value);
      const value = isKnown
        ? exactCall(
            name,
            args.map((arg) => arg.value),
          )
        : undefined;
      return value === undefined ? drawn(name, args) : of(value);
    },
  };
}

/** The value of a function that is a fraction; undefined for others. */
export function exactCall(name: string, [a, b]: readonly Rational[]): Rational | undefined {
  if (a === undefined) return undefined;
  switch (name) {
    case "abs":
      return absolute(a);
    case "floor":
      return floor(a);
    case "ceiling":
      return negated(floor(negated(a)));
    case "factorial":
      return factorial(asSmallInteger(a, LARGEST_FACTORIAL));
    case "binom":
      return (
        b && binomial(asSmallInteger(a, LARGEST_BINOMIAL), asSmallInteger(b, LARGEST_BINOMIAL))
      );
    default:
      return undefined;
  }
}

function factorial(of: number | undefined): Rational | undefined {
  if (of === undefined || of < 0) return undefined;
  let product = 1n;
  for (let factor = 2n; factor <= BigInt(of); factor++) product *= factor;
  return rational(product);
}

function binomial(from: number | undefined, choose: number | undefined): Rational | undefined {
  if (from === undefined || choose === undefined || from < 0) return undefined;
  let result = choose < 0 || choose > from ? 0n : 1n;
  for (let at = 1n; at <= BigInt(choose) && result > 0n; at++)
    result = (result * (BigInt(from) - at + 1n)) / at;
  return rational(result);
}
