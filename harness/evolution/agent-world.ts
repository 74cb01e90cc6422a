import type { EvolutionRequest } from "./evolution.ts";
import { fenced } from "./listing.ts";

/** The world of the agent as authors of edits are told of it: what it is told of its tasks and tools, and how it calls them. */
export function agentWorld({
  domain,
  options,
  author,
}: Pick<EvolutionRequest, "domain" | "options" | "author">): string {
  const calls = author.protocol === "native" ? "structured calls" : "text, one action a reply";
  return `## The agent that reads the skill

Its tools are called by ${calls}. Before the skill it is told:

${fenced(domain.instructions(options).trim())}`;
}
