import { type Budget, limits, TooHard } from "./limits.ts";
import {
  isInteger,
  negated,
  one,
  plus,
  type Rational,
  rational,
  times,
  toPower,
} from "./rational.ts";

/**
 * Something that is not taken apart further: a symbol, a constant, a root, a function's value.
 *
 * Two atoms of one comparison are the same value when they are the same object.
 */
export interface Atom {
  /** Position in the table of the comparison's atoms. */
  readonly index: number;
  /** Where `atom ** power` is a number: `power` and that number, for roots and the imaginary unit. */
  readonly reduces?: { readonly power: number; readonly to: Rational };
}

/** A coefficient times powers of atoms; exponents are whole and positive, ordered by atom. */
export interface Term {
  readonly coefficient: Rational;
  readonly powers: readonly (readonly [Atom, number])[];
}

/** Terms by the atoms and exponents in them; no coefficient is zero. */
export type Polynomial = ReadonlyMap<string, Term>;

/** Exponents past this are not multiplied out. */
const LARGEST_EXPONENT = 1e9;

export function constant(value: Rational): Polynomial {
  return value.num === 0n ? new Map() : new Map([["", { coefficient: value, powers: [] }]]);
}

export function ofAtom(atom: Atom, exponent = 1): Polynomial {
  return ofTerm({ coefficient: one, powers: [[atom, exponent]] });
}

function ofTerm(term: Term): Polynomial {
  return new Map([[keyOf(term), term]]);
}

function keyOf(term: Term): string {
  return term.powers.map(([atom, exponent]) => `${atom.index}^${exponent}`).join(" ");
}

export function add(a: Polynomial, b: Polynomial, budget: Budget): Polynomial {
  budget.spend(b.size + 1);
  const sum = new Map(a);
  for (const term of b.values()) addTerm(sum, term);
  return sum;
}

function addTerm(sum: Map<string, Term>, term: Term): void {
  const key = keyOf(term);
  const present = sum.get(key);
  const coefficient =
    present === undefined ? term.coefficient : plus(present.coefficient, term.coefficient);
  if (coefficient.num === 0n) sum.delete(key);
  else sum.set(key, { coefficient, powers: term.powers });
  if (sum.size > limits.terms)
    throw new TooHard(`an expression has more than ${limits.terms} terms`);
}

export function scale(a: Polynomial, factor: Rational): Polynomial {
  if (factor.num === 0n) return new Map();
  return new Map(
    [...a].map(([key, { coefficient, powers }]) => [
      key,
      { coefficient: times(coefficient, factor), powers },
    ]),
  );
}

export function subtract(a: Polynomial, b: Polynomial, budget: Budget): Polynomial {
  return add(a, scale(b, negated(one)), budget);
}

export function multiply(a: Polynomial, b: Polynomial, budget: Budget): Polynomial {
  budget.spend(a.size * b.size + 1);
  const result = new Map<string, Term>();
  for (const x of a.values()) for (const y of b.values()) addTerm(result, reduced(timesTerm(x, y)));
  return result;
}

function timesTerm(x: Term, y: Term): Term {
  const powers: (readonly [Atom, number])[] = [];
  let [i, j] = [0, 0];
  for (;;) {
    const left = x.powers[i];
    const right = y.powers[j];
    if (left === undefined && right === undefined) break;
    if (right === undefined || (left !== undefined && left[0].index < right[0].index)) {
      if (left !== undefined) powers.push(left);
      i++;
    } else if (left === undefined || right[0].index < left[0].index) {
      powers.push(right);
      j++;
    } else {
      const exponent = left[1] + right[1];
      if (exponent > LARGEST_EXPONENT) throw new TooHard("an exponent is too large");
      powers.push([left[0], exponent]);
      i++;
      j++;
    }
  }
  return { coefficient: times(x.coefficient, y.coefficient), powers };
}

/** Takes whole powers of roots and of the imaginary unit out of a term. */
function reduced(term: Term): Term {
  if (term.powers.every(([atom, exponent]) => exponent < (atom.reduces?.power ?? Infinity)))
    return term;
  let coefficient = term.coefficient;
  const powers: (readonly [Atom, number])[] = [];
  for (const [atom, exponent] of term.powers) {
    if (atom.reduces === undefined) {
      powers.push([atom, exponent]);
      continue;
    }
    const whole = Math.floor(exponent / atom.reduces.power);
    const factor = toPower(atom.reduces.to, whole);
    if (factor === undefined) throw new TooHard("a power of a root is too large");
    coefficient = times(coefficient, factor);
    const rest = exponent - whole * atom.reduces.power;
    if (rest > 0) powers.push([atom, rest]);
  }
  return { coefficient, powers };
}

/** A whole power at least 0, or undefined where it would be too large to write out. */
export function raise(a: Polynomial, exponent: number, budget: Budget): Polynomial | undefined {
  const [only] = a.values();
  if (exponent === 0) return constant(one);
  if (only === undefined) return a;
  if (a.size === 1) return raiseTerm(only, exponent);
  // A power of n terms has about n ** exponent of them before they are collected.
  if (exponent > 64 || exponent * Math.log(a.size) > 12) return undefined;
  let result = a;
  for (let count = 1; count < exponent; count++) result = multiply(result, a, budget);
  return result;
}

function raiseTerm(term: Term, exponent: number): Polynomial | undefined {
  const coefficient = toPower(term.coefficient, exponent);
  if (coefficient === undefined) return undefined;
  const powers = term.powers.map(([atom, power]) => [atom, power * exponent] as const);
  if (powers.some(([, power]) => power > LARGEST_EXPONENT)) return undefined;
  return ofTerm(reduced({ coefficient, powers }));
}

/** The value of a polynomial without atoms, or undefined. */
export function asNumber(a: Polynomial): Rational | undefined {
  if (a.size === 0) return rational(0n);
  const term = a.get("");
  return a.size === 1 ? term?.coefficient : undefined;
}

/** The value as a JavaScript number of a small whole number, or undefined. */
export function asSmallInteger(value: Rational | undefined, largest: number): number | undefined {
  if (value === undefined || !isInteger(value)) return undefined;
  return value.num <= BigInt(largest) && value.num >= -BigInt(largest)
    ? Number(value.num)
    : undefined;
}
