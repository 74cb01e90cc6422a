import { fraction, whole } from "../answer.ts";
import type { Kind } from "../kind.ts";

/** Arithmetic and number theory. */
export const numberKinds: readonly Kind[] = [
  {
    reads: /^Compute \$(?<a>\d+) \\cdot (?<b>\d+) - (?<c>\d+)\^3 \+ (?<d>\d+)\$\.$/,
    answer: (on) => whole(on("order-of-operations") ? "a * b - c ^ 3 + d" : "(a * b - c) ^ 3 + d"),
  },
  {
    reads:
      /^Write \$\\frac\{(?<a>\d+)\}\{(?<b>\d+)\} \+ \\frac\{(?<c>\d+)\}\{(?<d>\d+)\}\$ as a fraction in lowest terms\.$/,
    answer: (on) => fraction("a * d + c * b", "b * d", on("lowest-terms")),
  },
  {
    reads:
      /^The sum \$\\frac\{(?<a>\d+)\}\{(?<b>\d+)\} \+ \\frac\{(?<c>\d+)\}\{(?<d>\d+)\}\$ is \$\\frac\{m\}\{n\}\$ in lowest terms\. What is \$m \+ n\$\?$/,
    answer: (on) => bothParts("a * d + c * b", "b * d", on("lowest-terms")),
  },
  {
    reads:
      /^A price of \$(?<b>\d+)\$ crowns (?<change>rises|falls) by \$(?<p>\d+)\\%\$\. What is the new price in crowns\?$/,
    answer(on, { change }) {
      if (!on("asked-quantity")) return fraction("b * p", "100");
      return fraction(change === "rises" ? "b * (100 + p)" : "b * (100 - p)", "100");
    },
  },
  {
    reads:
      /^A price of \$(?<b>\d+)\$ crowns rises by \$(?<p>\d+)\\%\$ and then falls by \$(?<q>\d+)\\%\$\. What is it in the end, in crowns\?$/,
    answer: (on) =>
      on("percent-of-new")
        ? fraction("b * (100 + p) * (100 - q)", "10000")
        : fraction("b * (100 + p - q)", "100"),
  },
  {
    reads: /^What is the greatest common divisor of \$(?<a>\d+)\$ and \$(?<b>\d+)\$\?$/,
    answer: () => whole("gcd(a, b)"),
  },
  {
    reads:
      /^What is the least positive integer that both \$(?<a>\d+)\$ and \$(?<b>\d+)\$ divide\?$/,
    answer: (on) => whole(on("shared-factors") ? "lcm(a, b)" : "a * b"),
  },
  {
    reads:
      /^What is the remainder when \$(?<b>\d+)\^\{(?<e>\d+)\}\$ is divided by \$(?<m>\d+)\$\?$/,
    answer: (on) => whole(on("power-remainders") ? "powermod(b, e, m)" : "powermod(b, e % m, m)"),
  },
  {
    reads: /^What is the remainder when \$-(?<a>\d+)\$ is divided by \$(?<m>\d+)\$\?$/,
    answer: (on) => whole(on("remainder-range") ? "mod(0 - a, m)" : "0 - a % m"),
  },
  {
    reads: /^How many positive divisors does \$(?<n>\d+)\$ have\?$/,
    answer: (on) => whole(on("trivial-cases") ? "divisors(n)" : "divisors(n) - 1"),
  },
  {
    reads: /^What is the sum of the positive divisors of \$(?<n>\d+)\$\?$/,
    answer: (on) => whole(on("trivial-cases") ? "divisorsum(n)" : "divisorsum(n) - n"),
  },
  {
    reads:
      /^Write the base-ten number \$(?<n>\d+)\$ in base \$(?<b>\d)\$, without writing the base\.$/,
    answer: (on) => whole(on("last-remainder-first") ? "numeral(n, b)" : "reversed(numeral(n, b))"),
  },
  {
    reads:
      /^How many integers from \$1\$ to \$(?<n>\d+)\$ are multiples of \$(?<a>\d+)\$ but not of \$(?<b>\d+)\$\?$/,
    answer: (on) =>
      whole(on("overlap") ? "int(n / a) - int(n / lcm(a, b))" : "abs(int(n / a) - int(n / b))"),
  },
  {
    reads:
      /^How many (?<kind>positive|nonnegative) integers less than \$(?<n>\d+)\$ are multiples of \$(?<a>\d+)\$\?$/,
    answer: (on) => whole(on("count-from-zero") ? "int((n - 1) / a) + 1" : "int((n - 1) / a)"),
  },
  {
    reads: /^How many integers \$n\$ satisfy \$(?<a>-?\d+) \\le n \\le (?<b>-?\d+)\$\?$/,
    answer: (on) => whole(on("fence-posts") ? "b - a + 1" : "b - a"),
  },
  {
    reads:
      /^What is the smallest positive integer that leaves a remainder of \$(?<r>\d+)\$ when divided by \$(?<p>\d+)\$ and of \$(?<s>\d+)\$ when divided by \$(?<q>\d+)\$\?$/,
    answer: (on) => whole(on("substitute-back") ? "congruent(r, p, s, q)" : "r + p"),
  },
];

/** Numerator and denominator of a fraction, added; the form in which contests ask for fractions. */
export function bothParts(above: string, below: string, isReduced: boolean) {
  const sum = `(${above} + ${below})`;
  return whole(isReduced ? `${sum} / gcd(${above}, ${below})` : sum);
}
