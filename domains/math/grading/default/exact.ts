import { Fraction } from "fraction.js";
import { type Arithmetic, sampled } from "./arithmetic.ts";
import { type Budget, Unreadable } from "./limits.ts";
import { asSmallInteger, exactRoot, toPower, withinDigits } from "./rational.ts";

const LARGEST_INDEX = 60;
const LARGEST_EXPONENT = 1e9;
const LARGEST_FACTORIAL = 400;
const LARGEST_BINOMIAL = 1000;

/** What residues are taken by, one a sample, with a root of -1: products of two residues are whole doubles. */
const fields = [
  { prime: 67_108_837, i: 55_262_216 },
  { prime: 67_108_777, i: 48_722_652 },
] as const;

/**
 * An exact value: the fraction itself, or its residue by a prime.
 *
 * Two residues of one formula are the same; two that differ are two values, unless one is `drawn`: then
 * something in it is no fraction (a root, `\pi`, the value of a function), for which a number was drawn by what
 * it is.
 */
export type Exact = Fraction | { readonly residue: number; readonly drawn: boolean };

/** Whether two values of one sample are the same fraction or residue. */
export function sameExact(a: Exact, b: Exact, sample: Draw): boolean {
  if (a instanceof Fraction && b instanceof Fraction) return a.equals(b);
  return residueOf(a, fields[sample].prime) === residueOf(b, fields[sample].prime);
}

export function isZero(value: Exact): boolean {
  return value instanceof Fraction ? value.n === 0n : value.residue === 0;
}

/** Which numbers are drawn. */
export type Draw = 0 | 1;

/**
 * Exact fractions where all is known, and residues of formulas, in which symbols have numbers drawn by their names.
 *
 * Its operations throw {@link Unreadable} for what has no real value: a division by zero, an even root of a
 * negative number.
 */
export class ExactArithmetic implements Arithmetic<Exact> {
  readonly #sample: Draw;
  readonly #prime: number;
  readonly #budget: Budget;

  constructor(sample: Draw, budget: Budget) {
    this.#sample = sample;
    this.#prime = fields[sample].prime;
    this.#budget = budget;
  }

  of(value: Fraction): Exact {
    return value;
  }

  symbol(name: string): Exact {
    if (name === "i") return { residue: fields[this.#sample].i, drawn: false };
    return { residue: sampled(name, this.#sample) % this.#prime, drawn: false };
  }

  constant(name: string): Exact {
    return this.#drawn(name, []);
  }

  add(a: Exact, b: Exact): Exact {
    this.#budget.spend(1);
    if (a instanceof Fraction && b instanceof Fraction) return withinDigits(a.add(b));
    return this.#formula((this.#residue(a) + this.#residue(b)) % this.#prime, a, b);
  }

  multiply(a: Exact, b: Exact): Exact {
    this.#budget.spend(1);
    if (a instanceof Fraction && b instanceof Fraction) return withinDigits(a.mul(b));
    return this.#formula((this.#residue(a) * this.#residue(b)) % this.#prime, a, b);
  }

  divide(a: Exact, b: Exact): Exact {
    return this.multiply(a, this.#inverse(b));
  }

  power(base: Exact, exponent: Exact): Exact {
    if (!(exponent instanceof Fraction)) return this.#drawn("power", [base, exponent]);
    const size = asSmallInteger(exponent.mul(exponent.d), LARGEST_EXPONENT);
    const index = asSmallInteger(new Fraction(exponent.d), LARGEST_INDEX);
    if (size === undefined || index === undefined) return this.#drawn("power", [base, exponent]);
    this.#budget.spend(20);
    const positive = size < 0 ? this.#inverse(base) : base;
    const count = Math.abs(size);
    const exact = positive instanceof Fraction ? toPower(positive, count) : undefined;
    const raised =
      exact ?? this.#formula(powerBy(this.#residue(positive), count, this.#prime), positive);
    return index === 1 ? raised : this.root(raised, new Fraction(index));
  }

  root(radicand: Exact, index: Exact): Exact {
    const degree = index instanceof Fraction ? asSmallInteger(index, LARGEST_INDEX) : undefined;
    if (degree === undefined || degree < 1) return this.power(radicand, this.#inverse(index));
    if (degree === 1) return radicand;
    if (!(radicand instanceof Fraction)) return this.#drawn("root", [radicand, index]);
    if (radicand.n > 0n && radicand.s < 0n) {
      if (degree % 2 === 0) throw new Unreadable("an even root of a negative number");
      return this.multiply(new Fraction(-1), this.root(radicand.neg(), index));
    }
    this.#budget.spend(50);
    return exactRoot(radicand, degree) ?? this.#drawn("root", [radicand, index]);
  }

  call(name: string, args: readonly Exact[]): Exact {
    const known = args.filter((arg) => arg instanceof Fraction);
    const value = known.length === args.length ? exactCall(name, known) : undefined;
    return value ?? this.#drawn(name, args);
  }

  #residue(value: Exact): number {
    return residueOf(value, this.#prime);
  }

  #inverse(a: Exact): Exact {
    if (isZero(a)) throw new Unreadable("a division by zero");
    if (a instanceof Fraction) return a.inverse();
    return this.#formula(powerBy(a.residue, this.#prime - 2, this.#prime), a);
  }

  #formula(residue: number, a: Exact, b: Exact = a): Exact {
    return { residue, drawn: isDrawn(a) || isDrawn(b) };
  }

  /** A number for what is no fraction: the same for the same function of the same arguments. */
  #drawn(name: string, args: readonly Exact[]): Exact {
    const text = `${name}(${args.map((arg) => this.#residue(arg)).join()})`;
    return { residue: sampled(text, this.#sample) % this.#prime, drawn: true };
  }
}

/** Whether a number was drawn for something in a value. */
export function isDrawn(value: Exact): boolean {
  return "drawn" in value && value.drawn;
}

/** From 0 to the prime, not included. */
function residueOf(value: Exact, prime: number): number {
  if ("residue" in value) return value.residue;
  const of = (whole: bigint) => {
    const rest = Number(whole % BigInt(prime));
    return rest < 0 ? rest + prime : rest;
  };
  const above = of(value.s * value.n);
  return value.d === 1n ? above : (above * powerBy(of(value.d), prime - 2, prime)) % prime;
}

function powerBy(base: number, exponent: number, prime: number): number {
  let result = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = (result * square) % prime;
    square = (square * square) % prime;
  }
  return result;
}

/** The value of a function that is a fraction; undefined for others. */
export function exactCall(name: string, [a, b]: readonly Fraction[]): Fraction | undefined {
  if (a === undefined) return undefined;
  switch (name) {
    case "abs":
      return a.abs();
    case "floor":
      return a.floor();
    case "ceiling":
      return a.ceil();
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

function factorial(of: number | undefined): Fraction | undefined {
  if (of === undefined || of < 0) return undefined;
  let product = 1n;
  for (let factor = 2n; factor <= BigInt(of); factor++) product *= factor;
  return withinDigits(new Fraction(product));
}

function binomial(from: number | undefined, choose: number | undefined): Fraction | undefined {
  if (from === undefined || choose === undefined || from < 0) return undefined;
  let result = choose < 0 || choose > from ? 0n : 1n;
  for (let at = 1n; at <= BigInt(choose) && result > 0n; at++)
    result = (result * (BigInt(from) - at + 1n)) / at;
  return withinDigits(new Fraction(result));
}
