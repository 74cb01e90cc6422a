import { unreachable } from "../errors.ts";
import type { BaselineKind } from "../evolution/estimate.ts";
import type { EvolutionRequest } from "../evolution/evolution.ts";
import type { EvolutionPreset } from "../evolution/presets.ts";

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

/** The splits that make columns: all but those that evolution sees. */
export function heldOutSplits(splits: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(splits).filter((split) => split !== "evolve" && split !== "select");
}

/** What a method means to an evolution: which analysts, and the preset with what the method changes of it. */
export function settingsOf(
  method: Method,
  preset: EvolutionPreset,
): Pick<EvolutionRequest, "analysts" | "preset"> {
  switch (method) {
    case "error":
    case "success":
    case "combined":
      return { analysts: method, preset };
    case "error-single-call":
      return { analysts: "error", preset: { ...preset, analysis: "single-call" } };
    case "sequential-1":
    case "sequential-4":
      // The paper's sequential editing (section 4.1) works through the lessons of failures.
      return { analysts: "error", preset: asItIs(preset) };
    case "one-shot":
    case "reasoning-bank":
      return { analysts: "combined", preset: asItIs(preset) };
    default:
      return unreachable(method);
  }
}

/** Without the parts that choose between skills: they belong to the parallel evolution. */
function asItIs(preset: EvolutionPreset): EvolutionPreset {
  return { ...preset, evolutionSeeds: 1, gate: "none", rounds: 1 };
}

/**
 * Which of the paper's baselines a method is (sections 4.1 and 4.2, and the one-shot rewriting).
 *
 * @returns undefined for a way of the parallel evolution.
 */
export function baselineKindOf(method: Method): BaselineKind | undefined {
  switch (method) {
    case "one-shot":
    case "reasoning-bank":
      return { kind: method };
    case "sequential-1":
      return { kind: "sequential", batch: 1 };
    case "sequential-4":
      return { kind: "sequential", batch: 4 };
    default:
      return undefined;
  }
}
