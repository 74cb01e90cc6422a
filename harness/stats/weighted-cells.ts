import type { Clusters, GroupValue } from "./observations.ts";

/** Values of a cell with the groups they belong to, and the cell's weight in a mean of cells. */
export interface WeightedCell {
  readonly weight: number;
  readonly values: readonly Omit<GroupValue, "task">[];
}

/**
 * The weighted mean of the means of cells that share groups, as clusters for a bootstrap: one value a
 * group, whose mean is the mean of the cells. A group's value is linear in what it does to each cell's
 * mean, so cells that go up and down together in a group do so in every resample.
 *
 * @param cells weights above 0, which need not add up to 1.
 * @returns undefined where a cell is empty.
 */
export function clustersOfCells(cells: readonly WeightedCell[]): Clusters | undefined {
  if (cells.length === 0 || cells.some(({ values }) => values.length === 0)) return undefined;
  const groups = [
    ...new Set(cells.flatMap(({ values }) => values.map(({ group }) => group))),
  ].sort();
  const place = new Map(groups.map((group, g) => [group, g]));
  const total = cells.reduce((sum, { weight }) => sum + weight, 0);
  const pulls = new Float64Array(groups.length);
  let centre = 0;
  for (const { weight, values } of cells) {
    const mean = values.reduce((sum, { value }) => sum + value, 0) / values.length;
    const share = weight / total;
    centre += share * mean;
    for (const { group, value } of values) {
      const g = place.get(group) ?? 0;
      pulls[g] = (pulls[g] ?? 0) + (share * (value - mean)) / values.length;
    }
  }
  return {
    sums: pulls.map((pull) => centre + groups.length * pull),
    counts: new Float64Array(groups.length).fill(1),
  };
}
