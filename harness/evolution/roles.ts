import type { Model } from "../contracts/index.ts";

/** Roles of an evolution that a study may give to another model than the author. */
export const evolutionRoles = [
  "draft",
  "error-analyst",
  "error-single-call",
  "memory-extract",
  "one-shot",
  "error-triage",
  "success-analyst",
  "contrast-analyst",
  "propose",
  "merge",
  "repair",
] as const;

export type EvolutionRole = (typeof evolutionRoles)[number];

/** The model of a role: the one the study names for it, otherwise the author. */
export function modelFor(
  role: EvolutionRole,
  author: Model,
  roles: ReadonlyMap<string, Model> | undefined,
): Model {
  return roles?.get(role) ?? author;
}
