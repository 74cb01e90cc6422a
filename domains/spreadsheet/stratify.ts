import type { Task } from "../../harness/contracts/index.ts";
import { sha256Of } from "../shared/files.ts";

/** The two sides of the balanced split. */
export interface Halves {
  readonly evolve: readonly Task[];
  readonly test: readonly Task[];
}

/**
 * Deals tasks into two halves with equal shares of every kind, the same way on every machine.
 *
 * Groups stay whole. Within a kind they come in the order of a hash of their name, and each goes to
 * the side that has fewer tasks of that kind. Both sides are then interleaved, so that any first N
 * tasks of a side are balanced too.
 *
 * @param kindOf such as the instruction type.
 */
export function stratify(tasks: readonly Task[], kindOf: (task: Task) => string): Halves {
  const groups = new Map<string, Task[]>();
  for (const task of tasks) groups.set(task.group, [...(groups.get(task.group) ?? []), task]);
  const order = new Map([...groups.keys()].map((name) => [name, sha256Of(`stratified ${name}`)]));
  const inOrder = [...groups].sort(([a], [b]) =>
    (order.get(a) ?? "") < (order.get(b) ?? "") ? -1 : 1,
  );
  const halves: [Placed[], Placed[]] = [[], []];
  for (const kind of [...new Set(tasks.map(kindOf))].sort()) {
    const [left, right]: [Task[], Task[]] = [[], []];
    for (const [, group] of inOrder)
      if (group[0] !== undefined && kindOf(group[0]) === kind)
        (left.length <= right.length ? left : right).push(...group);
    halves[0].push(...spread(left));
    halves[1].push(...spread(right));
  }
  const [evolve, test] = halves.map((half) =>
    half.sort((a, b) => a.at - b.at).map(({ task }) => task),
  );
  return { evolve: evolve ?? [], test: test ?? [] };
}

interface Placed {
  readonly task: Task;
  /** Where among its kind it stands, from 0 to 1. */
  readonly at: number;
}

function spread(tasks: readonly Task[]): readonly Placed[] {
  return tasks.map((task, index) => ({ task, at: (index + 0.5) / tasks.length }));
}
