import type { EvolutionPreset } from "../presets.ts";

/** What a stage of a baseline may cost at most. */
export interface BaselineEstimate {
  readonly stage: "draft" | "rollout" | "analyse" | "one-shot" | "sequential" | "extract";
  readonly units: number;
  /** Model calls, each unit's repair included. */
  readonly calls: number;
}

/** A baseline, with what decides how many calls it makes. */
export type BaselineKind =
  | { readonly kind: "one-shot" }
  | { readonly kind: "sequential"; readonly batch: number }
  | { readonly kind: "reasoning-bank" };

/**
 * Upper bounds of one baseline's units and model calls, known before anything has run; embeddings are
 * not counted.
 *
 * The calls of the stage `sequential` depend on one another: its units are also its rounds.
 *
 * @param request `tasks` of the evolve split; `agentTurns` of a rollout.
 */
export function estimateBaseline(
  baseline: BaselineKind,
  request: {
    readonly preset: Pick<EvolutionPreset, "analysis" | "turns">;
    readonly analysts: "error" | "success" | "combined";
    readonly mode: "deepening" | "creation";
    readonly tasks: number;
    readonly agentTurns: number;
  },
): readonly BaselineEstimate[] {
  const { preset, analysts, tasks, agentTurns } = request;
  const asked = (stage: BaselineEstimate["stage"], units: number): BaselineEstimate => ({
    stage,
    units,
    calls: units * 2,
  });
  const isAgentic = analysts !== "success" && preset.analysis === "agentic";
  const before: readonly BaselineEstimate[] = [
    asked("draft", request.mode === "creation" ? 1 : 0),
    { stage: "rollout", units: tasks, calls: tasks * agentTurns },
  ];
  switch (baseline.kind) {
    case "one-shot":
      return [...before, asked("one-shot", Math.min(1, tasks))];
    case "sequential":
      return [
        ...before,
        { stage: "analyse", units: tasks, calls: tasks * (isAgentic ? preset.turns : 2) },
        asked("sequential", Math.ceil(tasks / baseline.batch)),
      ];
    case "reasoning-bank":
      return [...before, asked("extract", tasks)];
  }
}
