import type { Domain } from "../contracts/index.ts";
import { type EvolutionPreset, fanInOf } from "./presets.ts";
import { ADVICE_EPISODES } from "./stages/analyse/fix-check.ts";
import { callsFor } from "./stages/merge/merge-tree.ts";

/** What a stage may cost at most. */
export interface StageEstimate {
  readonly stage:
    | "draft"
    | "rollout"
    | "contrast"
    | "replay"
    | "analyse"
    | "propose"
    | "merge"
    | "apply";
  readonly units: number;
  /** Model calls, each unit's repair included. */
  readonly calls: number;
}

/**
 * Upper bounds of one round's units and model calls, known before anything has run.
 *
 * How many rollouts fail is not known, so every task counts for the dearer analyst that may see it, as
 * one to run again and as one that then passes, and every analysis counts as a patch.
 *
 * @param request `tasks` of the evolve split; `agentTurns` of a rollout, and of an episode in which an
 * analyst tries advice.
 */
export function estimate(request: {
  readonly preset: EvolutionPreset;
  readonly analysts: "error" | "success" | "combined";
  readonly mode: "deepening" | "creation";
  readonly tasks: number;
  readonly agentTurns: number;
  /** The domain's. @default "command" */
  readonly fix?: Domain["fix"];
}): readonly StageEstimate[] {
  const { preset, analysts, tasks, agentTurns } = request;
  const withRepair = 2;
  const isAgentic = analysts !== "success" && preset.analysis !== "single-call";
  const triaged = analysts !== "success" && preset.analysis === "triage" ? tasks : 0;
  const advised = request.fix === "advice" && isAgentic ? tasks * ADVICE_EPISODES + triaged : 0;
  const isContrasted = analysts !== "success" && preset.contrast > 1;
  const again = isContrasted ? tasks * (preset.contrast - 1) : 0;
  const pairs = isContrasted ? tasks : 0;
  const patches = tasks + pairs;
  const replays = preset.replay === 0 ? 0 : patches * (1 + preset.replay);
  const merges = mostMerges(patches, preset);
  const drafts = request.mode === "creation" ? 1 : 0;
  return [
    { stage: "draft", units: drafts, calls: drafts * withRepair },
    { stage: "rollout", units: tasks, calls: tasks * agentTurns },
    { stage: "contrast", units: again, calls: again * agentTurns },
    {
      stage: "analyse",
      units: patches + triaged,
      calls:
        triaged * withRepair +
        tasks * (isAgentic ? preset.turns : withRepair) +
        pairs * withRepair +
        advised * agentTurns,
    },
    { stage: "propose", units: patches, calls: patches * withRepair },
    { stage: "replay", units: replays, calls: replays * agentTurns },
    { stage: "merge", units: merges, calls: merges * withRepair },
    { stage: "apply", units: 1, calls: 1 },
  ];
}

/** Over all numbers of patches up to the most, since a smaller fan-in may need more calls for fewer patches. */
function mostMerges(largest: number, preset: EvolutionPreset): number {
  let most = 0;
  for (let patches = 2; patches <= largest; patches++)
    most = Math.max(most, callsFor(patches, fanInOf(preset, patches), preset.duplication));
  return most;
}
