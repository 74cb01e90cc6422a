import type { Atoms } from "./atoms.ts";
import type { Fraction } from "./fraction.ts";
import type { Atom, Polynomial } from "./polynomial.ts";
import type { Rational } from "./rational.ts";

/** Arithmetic on approximate numbers. What has no value is NaN, and what is too large is infinite. */
export interface Arithmetic<Value> {
  of(value: Rational): Value;
  readonly pi: Value;
  readonly e: Value;
  add(a: Value, b: Value): Value;
  multiply(a: Value, b: Value): Value;
  divide(a: Value, b: Value): Value;
  magnitude(a: Value): Value;
  power(base: Value, exponent: Value): Value;
  root(of: Value, index: number): Value;
  call(name: string, of: Value): Value;
}

/** The value of a sum, and the sum of the magnitudes of its terms. */
export interface Evaluated<Value> {
  readonly value: Value;
  readonly magnitude: Value;
}

/** Evaluates polynomials at one sample of values for the symbols. */
export class Evaluator<Value> {
  readonly #atoms: Atoms;
  readonly #numbers: Arithmetic<Value>;
  readonly #sample: number;
  readonly #values = new Map<number, Value>();

  constructor(atoms: Atoms, numbers: Arithmetic<Value>, sample: number) {
    this.#atoms = atoms;
    this.#numbers = numbers;
    this.#sample = sample;
  }

  polynomial(polynomial: Polynomial): Evaluated<Value> {
    const numbers = this.#numbers;
    let value = numbers.of({ num: 0n, den: 1n });
    let magnitude = value;
    for (const { coefficient, powers } of polynomial.values()) {
      let term = numbers.of(coefficient);
      for (const [atom, exponent] of powers) {
        const raised = numbers.power(
          this.#atom(atom),
          numbers.of({ num: BigInt(exponent), den: 1n }),
        );
        term = numbers.multiply(term, raised);
      }
      value = numbers.add(value, term);
      magnitude = numbers.add(magnitude, numbers.magnitude(term));
    }
    return { value, magnitude };
  }

  fraction({ above, below }: Fraction): Value {
    return this.#numbers.divide(this.polynomial(above).value, this.polynomial(below).value);
  }

  #atom(atom: Atom): Value {
    const known = this.#values.get(atom.index);
    if (known !== undefined) return known;
    const value = this.#meaning(atom);
    this.#values.set(atom.index, value);
    return value;
  }

  #meaning(atom: Atom): Value {
    const meaning = this.#atoms.meaning(atom);
    switch (meaning.kind) {
      case "symbol":
        return this.#numbers.of(sampled(meaning.name, this.#sample));
      case "constant":
        return this.#numbers[meaning.name];
      case "root":
        return this.#numbers.root(this.fraction(meaning.of), meaning.index);
      case "power":
        return this.#numbers.power(this.fraction(meaning.base), this.fraction(meaning.exponent));
      case "call":
        return this.#numbers.call(meaning.name, this.fraction(meaning.of));
    }
  }
}

/** How many samples there are; the last one has negative values, too. */
export const samples = 3;

/** A value between 0.3 and 2.3 for a symbol, or its negative in the last sample; the same on every machine. */
function sampled(name: string, sample: number): Rational {
  let hash = 0x811c9dc5 ^ (sample * 0x9e3779b1);
  for (let at = 0; at < name.length; at++)
    hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
  const size = 300_000n + BigInt(hash % 2_000_003);
  return { num: sample === samples - 1 && (hash & 4) !== 0 ? -size : size, den: 1_000_003n };
}
