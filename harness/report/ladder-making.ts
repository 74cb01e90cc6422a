import type { ArmFacts, Making } from "./table-input.ts";

/** What one skill took to make, on average: its share of all that was made together. */
export interface MakingOfSkill {
  /** Skills that this is the mean over. */
  readonly skills: number;
  readonly rollouts: number;
  readonly calls: number;
  /** Input and output; null where an endpoint did not meter every call. */
  readonly tokens: number | null;
  /** USD; null where a price is unknown. */
  readonly costUsd: number | null;
}

/** The making of one skill, as the mean over the skills of all authors among the arms; null where that is not known. */
export function makingOfSkill(arms: readonly ArmFacts[]): MakingOfSkill | null {
  const byAuthor = new Map<string | null, Making>();
  for (const { author, making } of arms) {
    if (making === undefined) return null;
    byAuthor.set(author, making);
  }
  const makings = [...byAuthor.values()];
  const skills = sum(makings, (making) => making.skills);
  if (skills === 0) return null;
  const costs = makings.map(({ spent }) => spent.costUsd);
  const metered = makings.every(({ spent }) => spent.unmetered === 0);
  const tokens = sum(makings, ({ spent }) => spent.inputTokens + spent.outputTokens);
  return {
    skills,
    rollouts: Math.round(sum(makings, (making) => making.rollouts) / skills),
    calls: Math.round(sum(makings, ({ spent }) => spent.calls) / skills),
    tokens: metered ? Math.round(tokens / skills) : null,
    costUsd: costs.includes(null) ? null : sum(costs, (cost) => cost ?? 0) / skills,
  };
}

/** The price of a percentage point. Without a gain there is none: no amount of money buys it this way. */
export function perPoint(
  making: MakingOfSkill | null,
  gain: number | null,
): { readonly tokensPerPoint: number | null; readonly costPerPoint: number | null } {
  const price = (amount: number | null | undefined): number | null =>
    amount === null || amount === undefined || gain === null || gain <= 0
      ? null
      : amount / (gain * 100);
  const tokens = price(making?.tokens);
  return {
    tokensPerPoint: tokens === null ? null : Math.round(tokens),
    costPerPoint: price(making?.costUsd),
  };
}

function sum<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
