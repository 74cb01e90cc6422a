/** One episode's score as the statistics see it. */
export interface Observation {
  readonly task: string;
  /** Tasks of one group share their material; groups are independent, tasks are not. */
  readonly group: string;
  readonly seed: number;
  /** From 0 to 1; undefined where the episode could not be graded. */
  readonly score: number | undefined;
}

/**
 * Sums over the independent groups: all that a clustered mean and its interval need.
 *
 * `sums[g] / counts[g]` is the mean of group g; every count is above 0; groups are sorted by name.
 */
export interface Clusters {
  readonly sums: Float64Array;
  readonly counts: Float64Array;
}

/** Two arms over the same episodes. */
export interface Pairs {
  /** Sums of (score of the arm - score of its baseline), and counts of pairs. */
  readonly differences: Clusters;
  readonly count: number;
  /** Pairs in which the arm scored higher, lower, and the same. */
  readonly wins: number;
  readonly losses: number;
  readonly ties: number;
}

/** The order in which sums are taken, so that they do not depend on the order of the input. */
export function byGroupTaskSeed(a: Observation, b: Observation): number {
  if (a.group !== b.group) return a.group < b.group ? -1 : 1;
  if (a.task !== b.task) return a.task < b.task ? -1 : 1;
  return a.seed - b.seed;
}

/** A score, or a difference of two, with the task and the group that it belongs to. */
export interface GroupValue {
  readonly task: string;
  readonly group: string;
  readonly value: number;
}

/** The graded scores, by group, task and seed. */
export function scoresOf(observations: readonly Observation[]): GroupValue[] {
  return [...observations]
    .sort(byGroupTaskSeed)
    .flatMap(({ task, group, score }) =>
      score === undefined ? [] : [{ task, group, value: score }],
    );
}

/** Differences (score of the arm - score of its baseline) over the episodes graded in both, in the same order. */
export function differencesOf(
  arm: readonly Observation[],
  baseline: readonly Observation[],
): GroupValue[] {
  const other = new Map(baseline.map(({ task, seed, score }) => [`${seed} ${task}`, score]));
  return [...arm].sort(byGroupTaskSeed).flatMap(({ task, group, seed, score }) => {
    const reference = other.get(`${seed} ${task}`);
    return score === undefined || reference === undefined
      ? []
      : [{ task, group, value: score - reference }];
  });
}

/** Sums of the graded observations by group. */
export function clustersOf(observations: readonly Observation[]): Clusters {
  return sumsByGroup(scoresOf(observations));
}

/** Every observation with its score, or 0 where it was not graded. */
export function strictly(observations: readonly Observation[]): Observation[] {
  return observations.map((item) => ({ ...item, score: item.score ?? 0 }));
}

/**
 * Pairs two arms by task and seed; only pairs graded in both count.
 *
 * Within an arm a (task, seed) occurs once, and a task's group is the same in both arms.
 */
export function pairsOf(arm: readonly Observation[], baseline: readonly Observation[]): Pairs {
  const values = differencesOf(arm, baseline);
  const count = values.length;
  const wins = values.filter(({ value }) => value > 0).length;
  const losses = values.filter(({ value }) => value < 0).length;
  return { differences: sumsByGroup(values), count, wins, losses, ties: count - wins - losses };
}

/** The mean over all observations behind the clusters, each with the same weight; undefined without any. */
export function meanOf(clusters: Clusters): number | undefined {
  let sum = 0;
  let count = 0;
  for (const value of clusters.sums) sum += value;
  for (const value of clusters.counts) count += value;
  return count === 0 ? undefined : sum / count;
}

/** @param values with equal groups side by side. */
function sumsByGroup(values: readonly GroupValue[]): Clusters {
  const sums: number[] = [];
  const counts: number[] = [];
  let last: string | undefined;
  for (const { group, value } of values) {
    if (group !== last) {
      sums.push(0);
      counts.push(0);
      last = group;
    }
    const g = sums.length - 1;
    sums[g] = (sums[g] ?? 0) + value;
    counts[g] = (counts[g] ?? 0) + 1;
  }
  return { sums: Float64Array.from(sums), counts: Float64Array.from(counts) };
}
