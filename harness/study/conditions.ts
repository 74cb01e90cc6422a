/** Conditions that need no author. */
export const plainConditions = ["no-skill", "human-written", "placebo"] as const;
/** The paper's two ways to start: from a human-written skill, or from the author's own draft. */
export const modes = ["deepening", "creation"] as const;
/** Ways to a skill from trajectories: the paper's three settings of the analysts, then the baselines. */
export const methods = [
  "error",
  "success",
  "combined",
  "error-single-call",
  "one-shot",
  "sequential-1",
  "sequential-4",
  "reasoning-bank",
] as const;
type Evolved = `${(typeof modes)[number]}+${(typeof methods)[number]}`;

/** Conditions whose skill an author model writes. */
export const authoredConditions: readonly ["parametric", ...Evolved[]] = [
  "parametric",
  ...modes.flatMap((mode) => methods.map((method): Evolved => `${mode}+${method}`)),
];

export type Mode = (typeof modes)[number];
export type Method = (typeof methods)[number];
export type Condition = (typeof plainConditions)[number] | (typeof authoredConditions)[number];
