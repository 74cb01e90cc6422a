import type { Rng } from "../../../../harness/contracts/index.ts";

/** A problem with the answer that its numbers give. */
export interface Problem {
  readonly problem: string;
  readonly answer: string;
}

/** Makes one problem from a stream of draws. */
export type Family = (rng: Rng) => Problem;

export function gcd(a: number, b: number): number {
  return b === 0 ? Math.abs(a) : gcd(b, a % b);
}

/** A fraction in lowest terms, as LaTeX; a whole number where it is one. */
export function fraction(above: number, below: number): string {
  const divisor = gcd(above, below) * (below < 0 ? -1 : 1);
  const [p, q] = [above / divisor, below / divisor];
  if (q === 1) return String(p);
  return p < 0 ? `-\\frac{${-p}}{${q}}` : `\\frac{${p}}{${q}}`;
}

/** The end of a problem that asks for the parts of a fraction, and its answer; so contests get whole answers. */
export function bothParts(above: number, below: number): { ending: string; answer: string } {
  const divisor = gcd(above, below);
  return {
    ending: "$\\frac{m}{n}$ in lowest terms. What is $m + n$?",
    answer: String((above + below) / divisor),
  };
}

/** `\sqrt{n}` with its squares taken out, times a whole number. */
export function surd(n: number, times = 1): string {
  let [outside, inside] = [times, n];
  for (let root = 2; root * root <= inside; root++)
    while (inside % (root * root) === 0) {
      inside /= root * root;
      outside *= root;
    }
  if (inside === 1) return String(outside);
  return outside === 1 ? `\\sqrt{${inside}}` : `${outside}\\sqrt{${inside}}`;
}

/** `base ** exponent` modulo `modulus`. */
export function powerModulo(base: number, exponent: number, modulus: number): number {
  let result = 1n;
  for (let count = 0; count < exponent; count++) result = (result * BigInt(base)) % BigInt(modulus);
  return Number(result);
}

export function choose(n: number, k: number): number {
  let result = 1;
  for (let at = 1; at <= k; at++) result = (result * (n - at + 1)) / at;
  return result;
}

/** A term with its sign, for the middle of a formula: ` + 3x`, ` - x`, or nothing. */
export function term(coefficient: number, symbol: string): string {
  if (coefficient === 0) return "";
  const size = Math.abs(coefficient);
  const text = symbol !== "" && size === 1 ? symbol : `${size}${symbol}`;
  return coefficient < 0 ? ` - ${text}` : ` + ${text}`;
}
