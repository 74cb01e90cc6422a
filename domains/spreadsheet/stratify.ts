import { createHash } from "node:crypto";
import type { Task } from "../../harness/contracts/index.ts";

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
  const groups = gathered(tasks, (task) => task.group);
  const byKind = gathered([...groups.values()], ([first]) => (first ? kindOf(first) : ""));
  const evolve: Placed[] = [];
  const test: Placed[] = [];
  for (const kind of [...byKind.keys()].sort()) {
    const inOrder = (byKind.get(kind) ?? []).toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
    const sides: [Task[], Task[]] = [[], []];
    for (const group of inOrder) {
      const [left, right] = sides;
      (left.length <= right.length ? left : right).push(...group);
    }
    evolve.push(...spread(sides[0]));
    test.push(...spread(sides[1]));
  }
  return { evolve: interleaved(evolve), test: interleaved(test) };
}

function gathered<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): ReadonlyMap<string, readonly Item[]> {
  const found = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const others = found.get(key) ?? [];
    others.push(item);
    found.set(key, others);
  }
  return found;
}

interface Placed {
  readonly task: Task;
  /** Where among its kind it stands, from 0 to 1. */
  readonly at: number;
}

function orderOf([first]: readonly Task[]): string {
  return createHash("sha256").update(`stratified ${first?.group}`).digest("hex");
}

function spread(tasks: readonly Task[]): readonly Placed[] {
  return tasks.map((task, index) => ({ task, at: (index + 0.5) / tasks.length }));
}

function interleaved(placed: readonly Placed[]): readonly Task[] {
  return placed.toSorted((a, b) => a.at - b.at).map(({ task }) => task);
}
