/** What equivalence found; `undecided` is for expressions that are too hard to compare. */
export interface Equivalence {
  readonly kind: "equal" | "different" | "undecided";
  readonly because: string;
}

/** A way to grade, with its two halves apart. */
export interface Grader {
  /** The answer in a whole response, or undefined where it finds none. Never throws. */
  extract(response: string): string | undefined;
  /** Whether an answer, already extracted, is the reference's. Never throws. */
  equivalent(answer: string, reference: string): Equivalence;
}

/** The verdict of a grader that compares normalised texts. */
export function byText(equal: boolean): Equivalence {
  return equal
    ? { kind: "equal", because: "the same after normalising" }
    : { kind: "different", because: "not the same after normalising" };
}
