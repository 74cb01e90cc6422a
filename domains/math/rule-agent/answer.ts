import { evaluate, type Formula, type Given } from "./formula.ts";

/** A part of an answer that is written: words as they are, a number, or a term of a polynomial with its sign. */
export type Piece =
  | string
  | { readonly number: Formula }
  | { readonly term: Formula; readonly of: string };

/** What was understood of a problem, as formulas over its numbers. */
export type Answer =
  /** `above / below * sqrt(inside) * times`, in lowest terms, with squares taken out of the root. */
  | {
      readonly form: "value";
      readonly above: Formula;
      readonly below: Formula;
      readonly inside: Formula;
      readonly times: "" | "\\pi";
      readonly isReduced: boolean;
    }
  | { readonly form: "written"; readonly pieces: readonly Piece[] };

/** How a value is written down that is no whole number. */
export type Writing = "exact" | "decimal" | "rounded";

/** A whole number. */
export function whole(formula: Formula): Answer {
  return fraction(formula, "1");
}

/** A quotient. @param isReduced false where common divisors are left in it. */
export function fraction(above: Formula, below: Formula, isReduced = true): Answer {
  return { form: "value", above, below, inside: "1", times: "", isReduced };
}

/** `times` times the root of `inside`. */
export function surd(inside: Formula, times: Formula = "1"): Answer {
  return { form: "value", above: times, below: "1", inside, times: "", isReduced: true };
}

/** A quotient times pi. */
export function ofPi(above: Formula, below: Formula = "1"): Answer {
  return { form: "value", above, below, inside: "1", times: "\\pi", isReduced: true };
}

/** Words and numbers one after the other. */
export function written(...pieces: Piece[]): Answer {
  return { form: "written", pieces };
}

/** Whether it is a value that only a fraction, a root or pi expresses. */
export function isInexact(answer: Answer, given: Given): boolean {
  if (answer.form === "written") return false;
  const { above, below, root } = partsOf(answer, given);
  return answer.times !== "" || root !== 1 || above % below !== 0;
}

/** How an answer is given. */
export interface Style {
  readonly writing: Writing;
  /** Minus signs are dropped. */
  readonly isUnsigned: boolean;
}

/** The answer as it is submitted. */
export function textOf(answer: Answer, given: Given, { writing, isUnsigned }: Style): string {
  if (answer.form === "written")
    return withoutPlus(answer.pieces.map((piece) => pieceText(piece, given)).join(""));
  const { above, below, root } = partsOf(answer, given);
  const signed = isUnsigned ? Math.abs(above) : above;
  if (writing === "exact" || !isInexact(answer, given)) {
    const factor = `${root === 1 ? "" : `\\sqrt{${root}}`}${answer.times}`;
    return quotient(signed, below, factor);
  }
  const value = (signed / below) * Math.sqrt(root) * (answer.times === "" ? 1 : Math.PI);
  const places = writing === "rounded" ? 1 : 100;
  return numeralOf(Math.floor(value * places + 0.5) / places);
}

/** Whether it is below 0. */
export function isNegative(answer: Answer, given: Given): boolean {
  return answer.form === "value" && partsOf(answer, given).above < 0;
}

function partsOf(answer: Answer & { form: "value" }, given: Given) {
  const inside = evaluate(answer.inside, given);
  const outside = evaluate("squares(n)", { n: inside });
  const [p, q] = [evaluate(answer.above, given) * outside, evaluate(answer.below, given)];
  const shared = answer.isReduced ? evaluate("gcd(p, q)", { p, q }) || 1 : 1;
  const sign = q < 0 ? -1 : 1;
  return {
    above: (sign * p) / shared + 0,
    below: (sign * q) / shared,
    root: inside / (outside * outside),
  };
}

function quotient(above: number, below: number, factor: string): string {
  const isWhole = above % below === 0;
  const size = Math.abs(isWhole ? above / below : above);
  const number = isWhole ? numeralOf(size) : `\\frac{${numeralOf(size)}}{${numeralOf(below)}}`;
  const text = factor !== "" && number === "1" ? factor : `${number}${size === 0 ? "" : factor}`;
  return above < 0 ? `-${text}` : text;
}

/** A number without trailing zeros. */
function numeralOf(value: number): string {
  return String(Number(value.toFixed(4)));
}

/** A text without the sign that a first term has before it. */
function withoutPlus(text: string): string {
  return text.replace(/^ \+ /, "").replace(/^ - /, "-");
}

function pieceText(piece: Piece, given: Given): string {
  if (typeof piece === "string") return piece;
  if ("number" in piece) return numeralOf(evaluate(piece.number, given));
  const value = evaluate(piece.term, given);
  if (value === 0) return "";
  const size = Math.abs(value) === 1 && piece.of !== "" ? "" : numeralOf(Math.abs(value));
  return `${value < 0 ? " - " : " + "}${size}${piece.of}`;
}
