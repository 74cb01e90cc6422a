import { unreachable } from "../errors.ts";
import type { BaselineKind } from "../evolution/baselines/estimate-baseline.ts";
import { oneShot } from "../evolution/baselines/one-shot.ts";
import {
  type BankDeps,
  type BankRequest,
  reasoningBank,
} from "../evolution/baselines/reasoning-bank.ts";
import { sequential } from "../evolution/baselines/sequential.ts";
import { type Evolution, type EvolutionRequest, evolve } from "../evolution/evolve.ts";
import type { EvolutionPreset } from "../evolution/presets.ts";
import type { Method } from "./conditions.ts";
import type { Learnt } from "./skill-sources.ts";

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

/** Runs a method on the trajectories of the evolve split. */
export async function learn(
  method: Method,
  request: BankRequest & EvolutionRequest,
  deps: BankDeps,
): Promise<Learnt> {
  const baseline = baselineKindOf(method);
  switch (baseline?.kind) {
    case "reasoning-bank": {
      const bank = await reasoningBank(request, deps);
      return { skill: request.parent, bank, skillFor: bank.skillFor };
    }
    case "one-shot":
      return evolved(await oneShot(request, deps));
    case "sequential":
      return evolved(await sequential({ ...request, batch: baseline.batch }, deps));
    default:
      return evolved(await evolve(request, deps));
  }
}

function evolved(evolution: Evolution): Learnt {
  return { skill: evolution.skill, evolution };
}
