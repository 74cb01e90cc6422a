import type { BaselineKind } from "../evolution/estimate.ts";
import type { EvolutionRequest } from "../evolution/evolution.ts";
import type { EvolutionPreset } from "../evolution/presets.ts";

/** Conditions that need no author. */
export const plainConditions = ["no-skill", "human-written", "placebo"] as const;
/** The paper's two ways to start: from a human-written skill, or from the author's own draft. */
export const modes = ["deepening", "creation"] as const;

/** What a way to a skill changes of the parallel evolution, or the paper's baseline that it is. */
interface Learning {
  readonly analysts: EvolutionRequest["analysts"];
  readonly analysis?: EvolutionPreset["analysis"];
  readonly baseline?: BaselineKind;
}

/** Ways to a skill from trajectories: the paper's three settings of the analysts, then the baselines (sections 4.1 and 4.2). */
const learnings = {
  error: { analysts: "error" },
  success: { analysts: "success" },
  combined: { analysts: "combined" },
  "error-single-call": { analysts: "error", analysis: "single-call" },
  "one-shot": { analysts: "combined", baseline: { kind: "one-shot" } },
  // The paper's sequential editing (section 4.1) works through the lessons of failures.
  "sequential-1": { analysts: "error", baseline: { kind: "sequential", batch: 1 } },
  "sequential-4": { analysts: "error", baseline: { kind: "sequential", batch: 4 } },
  "reasoning-bank": { analysts: "combined", baseline: { kind: "reasoning-bank" } },
} as const satisfies Record<string, Learning>;

export type Mode = (typeof modes)[number];
export type Method = keyof typeof learnings;
export const methods = Object.keys(learnings) as readonly Method[];
type Evolved = `${Mode}+${Method}`;

/** Conditions whose skill an author model writes. */
export const authoredConditions: readonly ["parametric", ...Evolved[]] = [
  "parametric",
  ...modes.flatMap((mode) => methods.map((method): Evolved => `${mode}+${method}`)),
];

export type Condition = (typeof plainConditions)[number] | (typeof authoredConditions)[number];

/** The splits that make columns: all but those that evolution sees. */
export function heldOutSplits(splits: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(splits).filter((split) => split !== "evolve" && split !== "select");
}

/** What a method means to an evolution: which analysts, and the preset with what the method changes of it. */
export function settingsOf(
  method: Method,
  preset: EvolutionPreset,
): Pick<EvolutionRequest, "analysts" | "preset"> {
  const { analysts, analysis = preset.analysis, baseline }: Learning = learnings[method];
  // The parts that choose between skills belong to the parallel evolution.
  const asItIs = { evolutionSeeds: 1, gate: "none", rounds: 1 } as const;
  return { analysts, preset: { ...preset, analysis, ...(baseline === undefined ? {} : asItIs) } };
}

/** Which of the paper's baselines a method is; undefined for a way of the parallel evolution. */
export function baselineKindOf(method: Method): BaselineKind | undefined {
  const { baseline }: Learning = learnings[method];
  return baseline;
}
