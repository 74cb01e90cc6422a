import { normalQuantile } from "./distributions.ts";

/** A closed range, lower end first. */
export type Interval = readonly [low: number, high: number];

const z = normalQuantile(0.975);

/**
 * Wilson's 95% score interval of a proportion; right for independent trials, and never empty: it
 * has a width even where all or none succeed.
 *
 * @param successes from 0 to `trials`; need not be whole, for an effective sample size.
 * @param trials above 0.
 * @see Wilson (1927), Probable inference, the law of succession, and statistical inference
 */
export function wilsonInterval(successes: number, trials: number): Interval {
  const p = successes / trials;
  const shrink = 1 + (z * z) / trials;
  const centre = (p + (z * z) / (2 * trials)) / shrink;
  const half = (z / shrink) * Math.sqrt((p * (1 - p)) / trials + (z * z) / (4 * trials * trials));
  // At 0 and 1 the terms are equal but for rounding, which must not push the proportion out.
  return [Math.max(0, Math.min(p, centre - half)), Math.min(1, Math.max(p, centre + half))];
}
