/**
 * Groups for one level of the merge tree: as few as the fan-in allows, and as even as can be.
 *
 * @param fanIn at least 2: with less a tree would never end.
 */
export function groupsOf<Item>(items: readonly Item[], fanIn: number): Item[][] {
  if (fanIn < 2) throw new Error(`a merge tree needs a fan-in of at least 2, not ${fanIn}`);
  const count = Math.ceil(items.length / fanIn);
  return Array.from({ length: count }, (_, i) =>
    items.slice(
      Math.floor((i * items.length) / count),
      Math.floor(((i + 1) * items.length) / count),
    ),
  );
}

/**
 * Merge calls of the whole tree at most: one for every group of more than one patch.
 *
 * @param duplication times that each patch goes through a first merge, where that is not the only one.
 */
export function callsFor(patches: number, fanIn: number, duplication = 1): number {
  let calls = 0;
  let copies = patches > fanIn ? duplication : 1;
  for (let left = patches; left > 1; copies = 1) {
    const groups = Math.ceil(left / fanIn);
    // Groups are even, so there are groups of one only where there are fewer than two for each.
    calls += copies * (left >= 2 * groups ? groups : left - groups);
    left = copies * groups;
  }
  return calls;
}
