import { isMarkdown } from "./skill-path.ts";
import { estimateTokens } from "./token-estimate.ts";

/** How long a skill's files may be: what an agent reads at once, and what it reads when sent there. */
const SIZE_BUDGET = { skillLines: 500, skillTokens: 5000, referenceLines: 300 } as const;

/** A limit that a file is over. */
export interface Excess {
  readonly unit: "lines" | "tokens";
  readonly size: number;
  /** The greatest size allowed. */
  readonly limit: number;
}

/** The limits that a file of a skill is over; none for a file that has no limit. */
export function excessesOf(path: string, text: string): readonly Excess[] {
  if (path === "SKILL.md") {
    return [
      { unit: "lines", size: lineCount(text), limit: SIZE_BUDGET.skillLines } as const,
      // The specification asks for fewer than 5,000.
      { unit: "tokens", size: estimateTokens(text), limit: SIZE_BUDGET.skillTokens - 1 } as const,
    ].filter(({ size, limit }) => size > limit);
  }
  if (!path.startsWith("references/") || !isMarkdown(path)) return [];
  const size = lineCount(text);
  const limit = SIZE_BUDGET.referenceLines;
  return size > limit ? [{ unit: "lines", size, limit }] : [];
}

/** Lines of a text; a last line end begins no further line. */
export function lineCount(text: string): number {
  if (text === "") return 0;
  return text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
}
