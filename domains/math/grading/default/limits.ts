/** What one comparison may cost. Real answers stay far below every one of these. */
export const limits = {
  /** Characters of an answer. */
  characters: 10_000,
  /** Characters of a whole response that are searched for an answer, from its end. */
  response: 100_000,
  tokens: 3_000,
  /** Levels of the grammar inside one another; a pair of brackets takes about three. */
  depth: 200,
  /** Members of a list, set or tuple. */
  items: 200,
  /** Terms of a polynomial. */
  terms: 400,
  /** Decimal digits of an exact number. */
  digits: 1_500,
  /** Steps of exact arithmetic in one comparison. */
  steps: 40_000,
} as const;

/** An expression past the limits: nothing can be said about it, so it is left ungraded. */
export class TooHard extends Error {
  override readonly name = "TooHard";
}

/** Not an expression that the rules cover; such an answer is compared as text. */
export class Unreadable extends Error {
  override readonly name = "Unreadable";
}

/** Counts the steps of one comparison. */
export class Budget {
  #left: number = limits.steps;

  /** @throws {TooHard} when the comparison has used up what it may cost. */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new TooHard("the comparison takes too many steps");
  }
}
