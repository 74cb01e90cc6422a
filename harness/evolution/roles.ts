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
