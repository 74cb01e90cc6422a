import { logGamma } from "./distributions.ts";

/**
 * Exact McNemar test: the two-sided binomial p-value of the discordant pairs.
 *
 * Seeds are not folded: a pair is one task with one seed. That treats all pairs as independent, so
 * with several seeds or several tasks in a group the p-value is too small; tables decide by
 * `signFlipP` and give this one beside it, since readers know it. For scores other than pass and
 * fail it is the sign test.
 *
 * @param wins pairs where only the arm passed.
 * @param losses pairs where only its baseline passed.
 * @returns 1 without a discordant pair.
 */
export function exactMcNemar(wins: number, losses: number): number {
  const pairs = wins + losses;
  const fewer = Math.min(wins, losses);
  if (2 * fewer === pairs) return 1;
  const logTop =
    logGamma(pairs + 1) - logGamma(fewer + 1) - logGamma(pairs - fewer + 1) - pairs * Math.LN2;
  // The tail from its largest term downwards, in units of that term.
  let term = 1;
  let tail = 1;
  for (let k = fewer; k > 0; k--) {
    term *= k / (pairs - k + 1);
    tail += term;
  }
  return Math.min(1, 2 * Math.exp(logTop) * tail);
}
