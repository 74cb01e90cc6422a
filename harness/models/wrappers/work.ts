import type { Usage } from "../../contracts/index.ts";

/** Tokens that a server reads in the time that it takes to write one; on most hardware more, on a CPU less. */
const readInTheTimeOfOne = 10;

/** For a reply whose tokens were not counted. */
const uncounted = 100;

/**
 * What a reply took of its endpoint, in written tokens: those it wrote, and those it read and did not have in
 * its cache.
 */
export function workOf(usage: Usage | undefined): number {
  if (usage === undefined) return uncounted;
  const read = usage.inputTokens - (usage.cachedInputTokens ?? 0);
  return Math.max(1, usage.outputTokens + read / readInTheTimeOfOne);
}
