import { normalCdf, studentQuantile } from "./distributions.ts";
import { type Clusters, meanOf } from "./observations.ts";

const significance = 0.05;
const level = 1 - significance / 2;
const power = 0.8;

/**
 * Cluster-robust standard error of the mean behind `clusters`, linearised for groups of unequal size.
 *
 * @returns undefined with fewer than two groups.
 */
export function standardError(clusters: Clusters): number | undefined {
  const { sums, counts } = clusters;
  const groups = sums.length;
  const mean = meanOf(clusters);
  if (mean === undefined || groups < 2) return undefined;
  let squares = 0;
  let total = 0;
  for (let g = 0; g < groups; g++) {
    const count = counts[g] ?? 0;
    squares += ((sums[g] ?? 0) - mean * count) ** 2;
    total += count;
  }
  return Math.sqrt((squares * groups) / (groups - 1)) / total;
}

/**
 * The smallest true difference that a study of this size and this observed variance finds (two-sided
 * 5%, one test) with 80% power.
 *
 * @param differences paired differences by group.
 * @returns a fraction from 0 to 1; undefined where there is no variance to go by.
 */
export function minimumDetectableEffect(differences: Clusters): number | undefined {
  const error = standardError(differences);
  if (error === undefined || error < 1e-12) return undefined;
  const df = differences.sums.length - 1;
  return Math.min(1, (studentQuantile(level, df) + studentQuantile(power, df)) * error);
}

/** A paired pass/fail comparison that has not been run yet. */
export interface PowerPlan {
  /** Independent groups of tasks; at least 2. */
  readonly groups: number;
  /** Tasks in all groups together. */
  readonly tasks: number;
  /** Seeds a task is run with, in both arms. */
  readonly seeds: number;
  /**
   * Share of (task, seed) pairs in which the arms will differ, from 0 to 1.
   *
   * @default 0.2
   */
  readonly discordance?: number;
  /**
   * Correlation of the differences of two seeds of one task.
   *
   * @default 0.5
   */
  readonly seedCorrelation?: number;
  /**
   * Correlation of the differences of two tasks of one group.
   *
   * @default 0.1
   */
  readonly groupCorrelation?: number;
  /**
   * Tests that the comparison is corrected for, as if it had the smallest p-value of all: the first step of Holm's.
   *
   * @default 1
   */
  readonly tests?: number;
}

/** What a plan assumes of data that does not exist yet; print it beside the figures. */
export const assumedByDefault = { discordance: 0.2, seedCorrelation: 0.5, groupCorrelation: 0.1 };

/**
 * The chance that a planned comparison finds a true difference of `effect` (two-sided 5%, over all its tests).
 *
 * A paired difference is -1, 0 or 1 with variance discordance - effect^2; the mean's variance is that
 * over the pairs, times the design effect of equal groups of tasks with nested seeds.
 *
 * @param effect as a fraction; larger than the discordance it cannot be, and the power is then 1.
 */
export function powerFor(effect: number, plan: PowerPlan): number {
  const size = Math.abs(effect);
  const { discordance, seedCorrelation, groupCorrelation } = { ...assumedByDefault, ...plan };
  const variance = discordance - size * size;
  if (variance <= 0 || size > discordance) return 1;
  const tasksInGroup = plan.tasks / plan.groups;
  const designEffect =
    1 +
    (plan.seeds - 1) * seedCorrelation +
    Math.max(0, tasksInGroup - 1) * plan.seeds * groupCorrelation;
  const error = Math.sqrt((variance * designEffect) / (plan.tasks * plan.seeds));
  const critical = studentQuantile(1 - significance / 2 / (plan.tests ?? 1), plan.groups - 1);
  return normalCdf(size / error - critical) + normalCdf(-size / error - critical);
}

/**
 * The smallest true difference that a planned comparison finds with 80% power.
 *
 * @returns a fraction, at most the assumed discordance: beyond it the assumption contradicts itself.
 */
export function plannedMinimumDetectableEffect(plan: PowerPlan): number {
  let low = 0;
  let high = { ...assumedByDefault, ...plan }.discordance;
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (powerFor(middle, plan) < power) low = middle;
    else high = middle;
  }
  return high;
}
