import { studentQuantile } from "../stats/distributions.ts";
import {
  type Clusters,
  differencesOf,
  meanOf,
  type Observation,
  type Pairs,
  pairsOf,
} from "../stats/observations.ts";
import { standardError } from "../stats/power.ts";
import type { Interval } from "../stats/wilson.ts";
import { whyNoDelta } from "./table.ts";
import type { ArmFacts } from "./table-input.ts";

/** How much higher some arms score than others, each against its own. */
export interface StepGain {
  readonly mean: number | undefined;
  /** By group of tasks; undefined where there is no comparison. */
  readonly clusters: Clusters | undefined;
  /** The episodes of both sides. */
  readonly pairs:
    | { readonly arm: readonly Observation[]; readonly other: readonly Observation[] }
    | undefined;
  /** Why there is no comparison, if there ought to be one. */
  readonly absent: string | undefined;
}

/**
 * Compares arms with others, place by place, as one paired difference: cells share tasks, so what is alike in
 * a group of tasks stays together over all cells.
 *
 * @returns no mean where any of the arms cannot be compared, since a mean of the rest would be another one's.
 */
export function stepGain(
  arms: readonly ArmFacts[],
  others: readonly (ArmFacts | undefined)[],
): StepGain {
  const [first] = arms;
  const found = others.flatMap((other) => other ?? []);
  const none = { mean: undefined, clusters: undefined, pairs: undefined };
  if (first === undefined || found.length < arms.length)
    return { ...none, absent: first?.baseline === null ? undefined : "baseline not run" };
  for (const [i, arm] of arms.entries()) {
    const other = found[i] as ArmFacts;
    const absent = whyNoDelta(arm, other, pairsOf(arm.observations, other.observations));
    if (absent !== undefined) return { ...none, absent };
  }
  const sides = { arm: pooled(arms), other: pooled(found) };
  const { differences }: Pairs = pairsOf(sides.arm, sides.other);
  return { mean: meanOf(differences), clusters: differences, pairs: sides, absent: undefined };
}

/** The episodes of several cells side by side: a task is another one in every cell, its group the same. */
export function pooled(arms: readonly ArmFacts[]): Observation[] {
  return arms.flatMap((arm, cell) =>
    arm.observations.map((item) => ({ ...item, task: `${cell} ${item.task}` })),
  );
}

/** Tasks whose mean score over the seeds graded on both sides is higher than the other side's, and lower. */
export function tasksMoved(
  arm: readonly Observation[],
  other: readonly Observation[],
): { readonly up: number; readonly down: number } {
  const sums = new Map<string, number>();
  for (const { task, value } of differencesOf(arm, other))
    sums.set(task, (sums.get(task) ?? 0) + value);
  const moved = [...sums.values()].filter((sum) => Math.abs(sum) > 1e-9);
  const up = moved.filter((sum) => sum > 0).length;
  return { up, down: moved.length - up };
}

/**
 * The difference of two gains on groups of tasks that have nothing in common, with its 95% interval from
 * their cluster-robust standard errors and Student's t on the smaller number of groups.
 */
export function differenceOfGains(
  gain: Clusters,
  train: Clusters,
): { readonly mean: number | undefined; readonly interval: Interval | undefined } {
  const [a, b] = [meanOf(gain), meanOf(train)];
  if (a === undefined || b === undefined) return { mean: undefined, interval: undefined };
  const mean = a - b;
  const [errorA, errorB] = [standardError(gain), standardError(train)];
  // Groups that all agree show no spread, which is no proof that there is none.
  if (!errorA || !errorB) return { mean, interval: undefined };
  const df = Math.min(gain.sums.length, train.sums.length) - 1;
  const margin = studentQuantile(0.975, df) * Math.hypot(errorA, errorB);
  return { mean, interval: [mean - margin, mean + margin] };
}
