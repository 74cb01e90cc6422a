import type { Reply, Spent } from "../contracts.ts";

/** The account of a unit before its first call. */
export const nothingSpent: Spent = {
  calls: 0,
  inputTokens: 0,
  outputTokens: 0,
  unmetered: 0,
  retries: [],
};

/** The account with one more reply on it. A reply without token counts is unmetered, not free. */
export function plusReply(spent: Spent, reply: Reply): Spent {
  return {
    calls: spent.calls + 1,
    inputTokens: spent.inputTokens + (reply.usage?.inputTokens ?? 0),
    outputTokens: spent.outputTokens + (reply.usage?.outputTokens ?? 0),
    cachedInputTokens: (spent.cachedInputTokens ?? 0) + (reply.usage?.cachedInputTokens ?? 0),
    unmetered: spent.unmetered + (reply.usage === undefined ? 1 : 0),
    retries: reply.retries.length === 0 ? spent.retries : [...spent.retries, ...reply.retries],
  };
}
