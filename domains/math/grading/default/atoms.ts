import type { Fraction } from "./fraction.ts";
import type { Atom, Polynomial } from "./polynomial.ts";
import type { Rational } from "./rational.ts";

/** What an atom stands for. */
export type Meaning =
  /** Anything that has no value of its own: symbols, values of unknown functions. */
  | { readonly kind: "symbol"; readonly name: string }
  | { readonly kind: "constant"; readonly name: "pi" | "e" }
  | { readonly kind: "root"; readonly index: number; readonly of: Fraction }
  | { readonly kind: "power"; readonly base: Fraction; readonly exponent: Fraction }
  | { readonly kind: "call"; readonly name: string; readonly of: Fraction };

interface Entry {
  readonly atom: Atom;
  readonly meaning: Meaning;
}

/** The atoms of one comparison: equal meanings are one atom. */
export class Atoms {
  readonly #entries: Entry[] = [];
  readonly #byKey = new Map<string, Atom>();

  /** @param reduces where a power of it is a number. */
  of(meaning: Meaning, reduces?: Atom["reduces"]): Atom {
    const key = keyOfMeaning(meaning);
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const index = this.#entries.length;
    const atom: Atom = reduces === undefined ? { index } : { index, reduces };
    this.#entries.push({ atom, meaning });
    this.#byKey.set(key, atom);
    return atom;
  }

  meaning(atom: Atom): Meaning {
    const entry = this.#entries[atom.index];
    if (entry === undefined) throw new Error("an atom of another comparison");
    return entry.meaning;
  }
}

function keyOfMeaning(meaning: Meaning): string {
  switch (meaning.kind) {
    case "symbol":
      return `s ${meaning.name}`;
    case "constant":
      return `c ${meaning.name}`;
    case "root":
      return `r${meaning.index} ${keyOfFraction(meaning.of)}`;
    case "power":
      return `p ${keyOfFraction(meaning.base)} ^ ${keyOfFraction(meaning.exponent)}`;
    case "call":
      return `f ${meaning.name} ${keyOfFraction(meaning.of)}`;
  }
}

/** Text that is the same for fractions with the same terms. */
function keyOfFraction({ above, below }: Fraction): string {
  return `(${keyOfPolynomial(above)})/(${keyOfPolynomial(below)})`;
}

function keyOfPolynomial(polynomial: Polynomial): string {
  return [...polynomial]
    .map(([key, { coefficient }]) => `${textOf(coefficient)}*${key}`)
    .sort()
    .join("+");
}

function textOf({ num, den }: Rational): string {
  return `${num.toString(36)}/${den.toString(36)}`;
}
