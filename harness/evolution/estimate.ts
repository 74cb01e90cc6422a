import type { Domain } from "../contracts/index.ts";
import { type EvolutionPreset, fanInOf } from "./presets.ts";
import { ADVICE_EPISODES } from "./stages/analyse/fix-check.ts";
import { callsFor } from "./stages/merge/merge-tree.ts";

/** What a stage may cost at most. */
export interface StageEstimate {
  /** As its units call it; `contrast` and `replay` for what these add to the rollouts. */
  readonly stage: string;
  readonly units: number;
  /** Model calls, each unit's repair included. */
  readonly calls: number;
}

/** What decides how many calls a method makes at most. */
interface CallDemand<Preset> {
  readonly preset: Preset;
  readonly analysts: "error" | "success" | "combined";
  readonly mode: "deepening" | "creation";
  /** Of the evolve split. */
  readonly tasks: number;
  /** Of a rollout, and of an episode in which an analyst tries advice. */
  readonly agentTurns: number;
}

/** A baseline, with what decides how many calls it makes. */
export type BaselineKind =
  | { readonly kind: "one-shot" }
  | { readonly kind: "sequential"; readonly batch: number }
  | { readonly kind: "reasoning-bank" };

/**
 * Upper bounds of one round's units and model calls, known before anything has run: every task counts for
 * the dearer analyst, as one to run again and as one that then passes, and every analysis as a patch.
 *
 * @param request `fix` of the domain, `command` by default.
 */
export function estimate(
  request: CallDemand<EvolutionPreset> & { readonly fix?: Domain["fix"] },
): readonly StageEstimate[] {
  const { preset, analysts, tasks, agentTurns } = request;
  const ofFailures = analysts !== "success";
  const isAgentic = ofFailures && preset.analysis !== "single-call";
  const triaged = ofFailures && preset.analysis === "triage" ? tasks : 0;
  const advised = request.fix === "advice" && isAgentic ? tasks * ADVICE_EPISODES + triaged : 0;
  const again = ofFailures ? tasks * (preset.contrast - 1) : 0;
  const pairs = again > 0 ? tasks : 0;
  const patches = tasks + pairs;
  const replays = preset.replay === 0 ? 0 : patches * (1 + preset.replay);
  const extra = WITH_REPAIR * (triaged + pairs) + advised * agentTurns;
  return [
    ...firstStages(request),
    { stage: "contrast", units: again, calls: again * agentTurns },
    {
      stage: "analyse",
      units: patches + triaged,
      calls: tasks * (isAgentic ? preset.turns : WITH_REPAIR) + extra,
    },
    asked("propose", patches),
    { stage: "replay", units: replays, calls: replays * agentTurns },
    asked("merge", mostMerges(patches, preset)),
    { stage: "apply", units: 1, calls: 1 },
  ];
}

/** The same for a baseline, without embeddings; units of `sequential` follow one another. */
export function estimateBaseline(
  baseline: BaselineKind,
  request: CallDemand<Pick<EvolutionPreset, "analysis" | "turns">>,
): readonly StageEstimate[] {
  const { preset, analysts, tasks } = request;
  const before = firstStages(request);
  if (baseline.kind === "one-shot") return [...before, asked("one-shot", Math.min(1, tasks))];
  if (baseline.kind === "reasoning-bank") return [...before, asked("extract", tasks)];
  const isAgentic = analysts !== "success" && preset.analysis === "agentic";
  const turns = isAgentic ? preset.turns : WITH_REPAIR;
  return [
    ...before,
    { stage: "analyse", units: tasks, calls: tasks * turns },
    asked("sequential", Math.ceil(tasks / baseline.batch)),
  ];
}

/** Calls of a unit that asks once and may ask for a repair. */
const WITH_REPAIR = 2;

function asked(stage: string, units: number): StageEstimate {
  return { stage, units, calls: units * WITH_REPAIR };
}

function firstStages({ mode, tasks, agentTurns }: CallDemand<unknown>): readonly StageEstimate[] {
  const drafts = mode === "creation" ? 1 : 0;
  return [asked("draft", drafts), { stage: "rollout", units: tasks, calls: tasks * agentTurns }];
}

/** Over all numbers of patches up to the most, since a smaller fan-in may need more calls for fewer patches. */
function mostMerges(largest: number, preset: EvolutionPreset): number {
  let most = 0;
  for (let patches = 2; patches <= largest; patches++)
    most = Math.max(most, callsFor(patches, fanInOf(preset, patches), preset.duplication));
  return most;
}
