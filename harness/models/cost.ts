import type { Spent, Usage } from "../contracts/index.ts";
import type { Price } from "./openai/config.ts";

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
