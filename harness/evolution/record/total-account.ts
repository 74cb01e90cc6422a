import type { Account } from "./account.ts";

/**
 * The account of several rounds together: every count is the sum over the rounds, except the lines,
 * which go from the first parent to the last skill.
 *
 * @param rounds at least one, in order.
 */
export function totalAccount(
  rounds: readonly Account[],
  whole: Pick<Account, "lines" | "identical">,
): Account {
  const [first, ...others] = rounds.map(({ gate: _, ...counts }) => counts);
  if (first === undefined) throw new Error("an evolution without a round");
  const sums = others.reduce((total, one) => added(total, one) as typeof total, first);
  return {
    ...sums,
    merge: { ...sums.merge, fanIn: Math.max(...rounds.map(({ merge }) => merge.fanIn)) },
    ...whole,
    rounds,
  };
}

/** Two trees of counts as one: numbers are added, lists joined, what only one has is kept. */
function added(a: unknown, b: unknown): unknown {
  if (a === undefined || b === undefined) return a ?? b;
  if (typeof a === "number" && typeof b === "number") return a + b;
  if (Array.isArray(a) && Array.isArray(b)) return [...a, ...b];
  if (isTree(a) && isTree(b)) {
    const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    return Object.fromEntries(names.map((name) => [name, added(a[name], b[name])]));
  }
  return b;
}

function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
