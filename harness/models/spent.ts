import type { Reply, Spent, Usage } from "../contracts/index.ts";

/** The account of a unit before its first call. */
export const nothingSpent: Spent = {
  calls: 0,
  inputTokens: 0,
  outputTokens: 0,
  unmetered: 0,
  retries: [],
};

/** The accounts of two units as one. */
export function plusSpent(a: Spent, b: Spent): Spent {
  return {
    calls: a.calls + b.calls,
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    ...cachedTokens(a.cachedInputTokens, b.cachedInputTokens),
    unmetered: a.unmetered + b.unmetered,
    retries: [...a.retries, ...b.retries],
  };
}

/** Most providers report none, and then the field stays out of the journal. */
function cachedTokens(a = 0, b = 0): Pick<Spent, "cachedInputTokens"> {
  return a + b === 0 ? {} : { cachedInputTokens: a + b };
}

/** The account with one more reply on it. A reply without token counts is unmetered, not free. */
export function plusReply(spent: Spent, reply: Reply): Spent {
  return {
    calls: spent.calls + 1,
    inputTokens: spent.inputTokens + (reply.usage?.inputTokens ?? 0),
    outputTokens: spent.outputTokens + (reply.usage?.outputTokens ?? 0),
    ...cachedTokens(spent.cachedInputTokens, reply.usage?.cachedInputTokens),
    unmetered: spent.unmetered + (reply.usage === undefined ? 1 : 0),
    retries: reply.retries.length === 0 ? spent.retries : [...spent.retries, ...reply.retries],
  };
}

/** What tokens cost, in USD per million. */
export interface Price {
  readonly input: number;
  readonly output: number;
  /** For input tokens served from the provider's cache. @default `input` */
  readonly cachedInput?: number | undefined;
}

/**
 * What tokens cost in USD.
 *
 * @param of one call's usage, or a unit's account.
 * @returns undefined where the price or any of the counts is unknown; never 0 for want of knowledge.
 */
export function costOf(
  of: Usage | Spent | undefined,
  price: Price | undefined,
): number | undefined {
  if (of === undefined || price === undefined) return undefined;
  if ("unmetered" in of && of.unmetered > 0) return undefined;
  const cached = "cachedInputTokens" in of ? (of.cachedInputTokens ?? 0) : 0;
  const fresh = of.inputTokens - cached;
  const perMillion =
    fresh * price.input +
    cached * (price.cachedInput ?? price.input) +
    of.outputTokens * price.output;
  return perMillion / 1_000_000;
}
