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
import { analyseByFix } from "./analyse-by-fix.ts";
import { analyseError } from "./analyse-error.ts";
import { type Analysis, type AnalysisResult, analysisOf } from "./analysis.ts";
import type { Answering } from "./ask.ts";
import { countBy } from "./fault.ts";
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
  /** Absent when the part is off. */
  readonly triage?: TriageAccount;
}

/** Failures that one call had to explain, for the account. */
export interface TriageAccount {
  readonly asked: number;
  readonly explained: number;
  /** Those that went on to the agentic analyst, by why. */
  readonly passedOn: Readonly<Record<string, number>>;
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
      const gate = { domain, options, task, sandboxes: deps.sandboxes };
      const agentic = () =>
        deps.runner.run(
          analyseError(trajectory, parent, gate, {
            model: by("error-analyst").model,
            seed,
            limits: { ...limits, turns: preset.turns },
            clock: deps.clock,
          }),
        );
      const byCall = (role: "error-single-call" | "success-analyst") =>
        deps.runner.run(analyseByCall(trajectory, side, by(role)));
      const analysisBy = {
        agentic: async () => [await agentic()],
        "single-call": async () => [await byCall("error-single-call")],
        triage: async () => {
          const first = await deps.runner.run(
            analyseByFix(trajectory, parent, gate, by("error-triage")),
          );
          return isExplained(first) ? [first] : [first, await agentic()];
        },
      };
      const rows =
        side === "success"
          ? [await byCall("success-analyst")]
          : await analysisBy[preset.analysis]();
      const results = rows.map((one) => analysisOf(one.result));
      const last = rows.length - 1;
      return {
        rows,
        redactions: trajectory.redactions,
        analysis: {
          task: task.id,
          row: row.key,
          key: (rows[last] as Row).key,
          side,
          ...(results[last] as AnalysisResult),
          faults: results.flatMap(({ faults }) => faults),
          repairs: results.reduce((sum, { repairs }) => sum + repairs, 0),
        },
      };
    }),
  );
  return {
    analyses: found.map(({ analysis }) => analysis),
    ...(preset.analysis === "triage" ? { triage: triageAccount(found) } : {}),
    rows: found.flatMap(({ rows }) => rows),
    redactions: found.reduce((sum, { redactions }) => sum + redactions, 0),
  };
}

function isExplained(row: Row): boolean {
  return analysisOf(row.result).end.kind === "explained";
}

function triageAccount(
  found: readonly { readonly rows: readonly Row[]; readonly analysis: Pick<Analysis, "side"> }[],
): TriageAccount {
  const first = found
    .filter(({ analysis }) => analysis.side === "failure")
    .flatMap(({ rows }) => rows.slice(0, 1));
  const passedOn = first.flatMap(({ result }) => {
    const { end } = analysisOf(result);
    return end.kind === "dropped" ? [end.reason] : [];
  });
  return {
    asked: first.length,
    explained: first.length - passedOn.length,
    passedOn: countBy(passedOn, (reason) => reason),
  };
}
