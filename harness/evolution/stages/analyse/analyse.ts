import type { LoopLimits } from "../../../agent/loop.ts";
import type {
  Clock,
  Domain,
  DomainOptions,
  Row,
  Runner,
  SandboxProvider,
  Skill,
  Task,
  UnitResult,
} from "../../../contracts/index.ts";
import { isJsonObject } from "../../../lenient-json.ts";
import type { EvolutionDeps } from "../../evolution-deps.ts";
import { countBy } from "../../fault.ts";
import type { EvolutionPreset } from "../../presets.ts";
import { noPast, type Past } from "../../record/past.ts";
import type { EvolutionRole } from "../../roles.ts";
import { readTrajectory, sideOf, type Trajectory } from "../../trajectory.ts";
import type { Answering } from "../../unit.ts";
import { type Analysis, type AnalysisResult, analysisOf } from "./analysis.ts";
import { briefingOf } from "./briefing.ts";
import { analyseByCall } from "./call-analyst.ts";
import { type Difference, differenceOf } from "./difference.ts";
import { analyseError } from "./error-analyst.ts";
import type { GateTask } from "./fix-check.ts";
import { isForOneCall, type TriageAccount, triageAccount } from "./triage.ts";
import { analyseByFix } from "./triage-analyst.ts";

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
  /** Failures by the kind of their difference; absent when the part is off. */
  readonly differences?: {
    readonly failures: number;
    readonly kinds: Readonly<Record<string, number>>;
  };
  /** Episodes in which advice was tried; absent where fixes are commands. */
  readonly adviceEpisodes?: number;
}

/** What an agentic analyst may use; its turns are the preset's. */
const limits: Omit<LoopLimits, "turns"> = { observationChars: 20_000, malformed: 3 };

/** What analyses are made with. */
export interface AnalysisDeps {
  readonly runner: Runner;
  readonly sandboxes: SandboxProvider;
  readonly clock: Clock;
  /** A new episode of a task with another skill, by the agent of the rollouts and with the draws of theirs. */
  readonly attempt?: (task: Task, skill: Skill, signal: AbortSignal) => Promise<UnitResult>;
}

/** The part of an evolution's deps that analyses need. @param repeat of the rollouts that are analysed. */
export function analysisDeps(deps: EvolutionDeps, seed: number, repeat: number): AnalysisDeps {
  const { runner, sandboxes, clock, attempt } = deps;
  if (attempt === undefined) return { runner, sandboxes, clock };
  return {
    ...{ runner, sandboxes, clock },
    attempt: (task, skill, signal) => attempt(task, skill, seed, repeat, signal),
  };
}

/**
 * Gives every trajectory to an analyst of its own, all at the same time (paper, section 2.3).
 *
 * Rollouts that infrastructure broke say nothing about the agent and have no analyst. With
 * `differences` code compares every failure with its reference first: one without a single step is
 * dropped before any call, and with `triage` the one call gets those that it may suffice for.
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
    readonly past?: Past;
  },
  by: (role: EvolutionRole) => Answering,
  deps: AnalysisDeps,
): Promise<Analysed> {
  const { domain, options, parent, analysts, preset, seed, past = noPast } = request;
  const isProven = analysts !== "success" && preset.analysis !== "single-call";
  if (isProven && domain.fix === "advice" && deps.attempt === undefined)
    throw new Error(`no way to run an episode with advice: ${domain.name} cannot be analysed`);
  const wanted = (["failure", "success"] as const)
    .filter((side) => analysts === "combined" || (side === "failure") === (analysts === "error"))
    .flatMap((side) =>
      rollouts.filter(({ row }) => sideOf(row) === side).map((rollout) => ({ ...rollout, side })),
    );
  const found = await Promise.all(
    wanted.map(async ({ task, row, side }): Promise<Found> => {
      const trajectory = await readTrajectory(task, row, deps.runner);
      const difference =
        preset.differences && side === "failure"
          ? await differenceIn(trajectory, domain, options)
          : undefined;
      const briefing = briefingOf(past, difference);
      const gate = gateOf(task, { domain, options, parent }, deps);
      const agentic = () =>
        deps.runner.run(
          analyseError(
            trajectory,
            gate,
            {
              model: by("error-analyst").model,
              seed,
              limits: { ...limits, turns: preset.turns },
              clock: deps.clock,
            },
            briefing,
          ),
        );
      const byCall = (role: "error-single-call" | "success-analyst") =>
        deps.runner.run(analyseByCall(trajectory, side, by(role), briefingOf(past)));
      const analysisBy = {
        agentic: async () => ({ main: await agentic() }),
        "single-call": async () => ({ main: await byCall("error-single-call") }),
        triage: async () => {
          if (difference !== undefined && !isForOneCall(difference.kind))
            return { main: await agentic() };
          const oneCall = await deps.runner.run(
            analyseByFix(trajectory, gate, by("error-triage"), briefing),
          );
          return isExplained(oneCall) ? { oneCall } : { oneCall, main: await agentic() };
        },
      };
      // Every lesson has to name a step: without one no analyst can explain anything.
      const isHopeless = difference?.kind === "no-steps";
      const those: Analysts = isHopeless
        ? {}
        : side === "success"
          ? { main: await byCall("success-analyst") }
          : await analysisBy[preset.analysis]();
      const { oneCall, main } = those;
      const rows = [oneCall, main].filter((one) => one !== undefined);
      return {
        rows,
        oneCall,
        difference,
        redactions: trajectory.redactions,
        analysis: analysisFrom(task, row, side, rows),
      };
    }),
  );
  const failures = found.filter(({ analysis }) => analysis.side === "failure");
  return {
    analyses: found.map(({ analysis }) => analysis),
    ...(preset.analysis === "triage" ? { triage: triageAccount(failures) } : {}),
    ...(preset.differences
      ? {
          differences: {
            failures: wanted.filter(({ side }) => side === "failure").length,
            kinds: countBy(
              found.flatMap(({ difference }) => (difference ? [difference.kind] : [])),
              (kind) => kind,
            ),
          },
        }
      : {}),
    ...(domain.fix === "advice" ? { adviceEpisodes: adviceEpisodes(found) } : {}),
    rows: found.flatMap(({ rows }) => rows),
    redactions: found.reduce((sum, { redactions }) => sum + redactions, 0),
  };
}

async function differenceIn(
  trajectory: Trajectory,
  domain: Domain,
  options: DomainOptions,
): Promise<Difference> {
  const { task } = trajectory;
  const isLookedUp = domain.images === undefined && (await domain.files(task, options)).size > 0;
  return differenceOf(trajectory, domain.reveal(task).items, isLookedUp);
}

/** The rows of those who analysed a trajectory. */
interface Analysts {
  /** Of the one call that had to bring a fix. */
  readonly oneCall?: Row;
  /** Of whoever came after it, or instead of it. */
  readonly main?: Row;
}

interface Found {
  readonly rows: readonly Row[];
  readonly oneCall: Row | undefined;
  readonly redactions: number;
  readonly difference: Difference | undefined;
  readonly analysis: Analysis;
}

function gateOf(
  task: Task,
  on: { readonly domain: Domain; readonly options: DomainOptions; readonly parent: Skill },
  { sandboxes, attempt }: AnalysisDeps,
): GateTask {
  const gate = { ...on, task, sandboxes };
  if (attempt === undefined) return gate;
  return { ...gate, attempt: (skill, signal) => attempt(task, skill, signal) };
}

/** The analysis of a trajectory by the rows of its analysts: the last one decides, all are counted. */
function analysisFrom(
  task: Task,
  row: Row,
  side: "failure" | "success",
  rows: readonly Row[],
): Analysis {
  const results = rows.map((one) => analysisOf(one.result));
  const last: AnalysisResult = results.at(-1) ?? {
    end: { kind: "dropped", reason: "no-steps" },
    causes: [],
    memories: [],
    faults: [],
    repairs: 0,
  };
  return {
    task: task.id,
    row: row.key,
    side,
    ...last,
    faults: results.flatMap(({ faults }) => faults),
    repairs: results.reduce((sum, { repairs }) => sum + repairs, 0),
  };
}

function isExplained(row: Row): boolean {
  return analysisOf(row.result).end.kind === "explained";
}

function adviceEpisodes(found: readonly Found[]): number {
  return found
    .flatMap(({ rows }) => rows)
    .reduce((sum, { result }) => sum + episodesIn(result["gate"]), 0);
}

function episodesIn(gate: unknown): number {
  return isJsonObject(gate) && typeof gate["episodes"] === "number" ? gate["episodes"] : 0;
}
