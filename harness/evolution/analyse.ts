import type { LoopLimits } from "../agent/loop.ts";
import type {
  Clock,
  Domain,
  DomainOptions,
  Row,
  Runner,
  SandboxProvider,
  Skill,
  Task,
} from "../contracts.ts";
import { analyseByCall } from "./analyse-by-call.ts";
import { analyseError } from "./analyse-error.ts";
import { type Analysis, analysisOf } from "./analysis.ts";
import type { Answering } from "./ask.ts";
import type { EvolutionPreset } from "./presets.ts";
import type { EvolutionRole } from "./roles.ts";
import { readTrajectory, sideOf } from "./trajectory.ts";

/** A rollout with its task. */
export interface Rollout {
  readonly task: Task;
  readonly row: Row;
}

/** What all analysts found. */
export interface Analysed {
  /** Of the sides that were asked for; errors first, then successes, each in task order. */
  readonly analyses: readonly Analysis[];
  readonly rows: readonly Row[];
  /** Secrets taken out of the trajectories. */
  readonly redactions: number;
}

/** What an agentic analyst may use; its turns are the preset's. */
const limits: Omit<LoopLimits, "turns"> = { observationChars: 20_000, malformed: 3 };

/**
 * Gives every trajectory to an analyst of its own, all at the same time (paper, section 2.3).
 *
 * Rollouts that infrastructure broke say nothing about the agent and have no analyst.
 */
export async function analyse(
  rollouts: readonly Rollout[],
  request: {
    readonly domain: Domain;
    readonly options: DomainOptions;
    readonly parent: Skill;
    readonly analysts: "error" | "success" | "combined";
    readonly preset: EvolutionPreset;
    readonly seed: number;
  },
  by: (role: EvolutionRole) => Answering,
  deps: { readonly runner: Runner; readonly sandboxes: SandboxProvider; readonly clock: Clock },
): Promise<Analysed> {
  const { domain, options, parent, analysts, preset, seed } = request;
  const asked = (["failure", "success"] as const)
    .filter((side) => analysts === "combined" || (side === "failure") === (analysts === "error"))
    .flatMap((side) =>
      rollouts.filter(({ row }) => sideOf(row) === side).map((rollout) => ({ ...rollout, side })),
    );
  const found = await Promise.all(
    asked.map(async ({ task, row, side }) => {
      const trajectory = await readTrajectory(task, row, deps.runner);
      const isAgentic = side === "failure" && preset.analysis === "agentic";
      const unit = isAgentic
        ? analyseError(
            trajectory,
            parent,
            { domain, options, task, sandboxes: deps.sandboxes },
            {
              model: by("error-analyst").model,
              seed,
              limits: { ...limits, turns: preset.turns },
              clock: deps.clock,
            },
          )
        : analyseByCall(
            trajectory,
            side,
            by(side === "failure" ? "error-single-call" : "success-analyst"),
          );
      const analysis = await deps.runner.run(unit);
      return {
        row: analysis,
        redactions: trajectory.redactions,
        analysis: {
          task: task.id,
          row: row.key,
          key: analysis.key,
          side,
          ...analysisOf(analysis.result),
        },
      };
    }),
  );
  return {
    analyses: found.map(({ analysis }) => analysis),
    rows: found.map(({ row }) => row),
    redactions: found.reduce((sum, { redactions }) => sum + redactions, 0),
  };
}
