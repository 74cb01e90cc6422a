import type { LoopLimits } from "../../../agent/loop.ts";
import type { Row } from "../../../contracts/index.ts";
import type { Rollout, RoundContext } from "../../evolution.ts";
import { type SidedRollout, sidesFor } from "../../sides.ts";
import { readTrajectory, type Trajectory } from "../../trajectory.ts";
import { runUnit } from "../../unit.ts";
import { type Analysed, droppedAnalysis, type TrajectoryFinding } from "./analysis.ts";
import { briefingOf } from "./briefing.ts";
import { callAnalysisUnit } from "./call-analyst.ts";
import {
  type AnswerDifference,
  answerDifference,
  isForOneCall,
  teachesNothing,
} from "./difference.ts";
import { errorAnalysisUnit } from "./error-analyst.ts";
import type { FixCheck, ProvenAnalysis } from "./fix-check.ts";
import { triageUnit } from "./triage-analyst.ts";

/** What an agentic analyst may use; its turns are the preset's. */
const limits: Omit<LoopLimits, "turns"> = { observationChars: 20_000, malformed: 3 };

/**
 * Gives every trajectory to an analyst of its own, all at the same time (paper, section 2.3). With
 * `differences` code compares every failure with its reference first: one without a step is dropped
 * before any call, and the one call of `triage` gets those that it may explain.
 */
export async function analyse(
  rollouts: readonly Rollout[],
  context: RoundContext,
): Promise<Analysed> {
  const { domain, analysts, preset, deps } = context;
  const isProven = analysts !== "success" && preset.analysis !== "single-call";
  if (isProven && domain.fix === "advice" && deps.attempt === undefined)
    throw new Error(`no way to run an episode with advice: ${domain.name} cannot be analysed`);
  const findings = await Promise.all(
    sidesFor(rollouts, analysts).map((rollout) => analyseOne(rollout, context)),
  );
  return {
    findings,
    analyses: findings.map(({ analysis }) => analysis),
    rows: findings.flatMap(({ rows }) => rows),
    redactions: findings.reduce((sum, { redactions }) => sum + redactions, 0),
  };
}

async function analyseOne(
  rollout: SidedRollout,
  context: RoundContext,
): Promise<TrajectoryFinding> {
  const { task, row, side } = rollout;
  const trajectory = await readTrajectory(task, row, context.deps.runner);
  const isCompared = context.preset.differences && side === "failure";
  const difference = isCompared ? await differenceIn(trajectory, context) : undefined;
  const asked: readonly StoredAnalysis[] =
    side === "success"
      ? [await byCall(trajectory, "success-analyst", context)]
      : await analyseFailure(trajectory, difference, context);
  // The last analyst decides; what was wrong with their replies is counted for all.
  const { gate: _, ...result } = asked.at(-1)?.result ?? unasked(difference);
  const oneCall = asked.find(({ isOneCall }) => isOneCall)?.result;
  return {
    analysis: {
      task: task.id,
      row: row.key,
      side,
      ...result,
      faults: asked.flatMap((one) => one.result.faults),
      repairs: asked.reduce((sum, one) => sum + one.result.repairs, 0),
    },
    ...(difference ? { difference } : {}),
    ...(oneCall ? { oneCall } : {}),
    adviceEpisodes: asked.reduce((sum, { result: { gate } }) => sum + (gate?.episodes ?? 0), 0),
    rows: asked.map((one) => one.row),
    redactions: trajectory.redactions,
  };
}

/** An analysis with the row that it is stored in. */
interface StoredAnalysis {
  readonly row: Row;
  readonly result: ProvenAnalysis;
  /** Whether it is the one call of triage. */
  readonly isOneCall?: boolean;
}

/** Of a failure that nobody is asked about: without a step no lesson can name one, and form is not to be taught. */
function unasked(difference: AnswerDifference | undefined): ProvenAnalysis {
  return droppedAnalysis(difference?.kind === "lost-to-form" ? "lost-to-form" : "no-steps");
}

/** What those who are asked to explain a failure made of it, in order: the one call of triage, and whoever comes after it or instead of it. */
async function analyseFailure(
  trajectory: Trajectory,
  difference: AnswerDifference | undefined,
  context: RoundContext,
): Promise<readonly StoredAnalysis[]> {
  const { preset, past, by, deps } = context;
  if (difference && teachesNothing(difference.kind)) return [];
  if (preset.analysis === "single-call")
    return [await byCall(trajectory, "error-single-call", context)];
  const briefing = briefingOf(past, difference);
  const check = fixCheckFor(trajectory, context);
  const answering = { ...by("error-analyst"), limits: { ...limits, turns: preset.turns } };
  const agentic = () =>
    runUnit(deps.runner, errorAnalysisUnit(trajectory, check, answering, briefing));
  if (preset.analysis === "agentic" || (difference && !isForOneCall(difference.kind)))
    return [await agentic()];
  const unit = triageUnit(trajectory, check, by("error-triage"), briefing);
  const oneCall = { ...(await runUnit(deps.runner, unit)), isOneCall: true };
  return oneCall.result.end.kind === "explained" ? [oneCall] : [oneCall, await agentic()];
}

function byCall(
  trajectory: Trajectory,
  role: "error-single-call" | "success-analyst",
  { deps, by, past }: RoundContext,
): Promise<StoredAnalysis> {
  const side = role === "success-analyst" ? "success" : "failure";
  return runUnit(deps.runner, callAnalysisUnit(trajectory, side, by(role), briefingOf(past)));
}

async function differenceIn(
  trajectory: Trajectory,
  { domain, options }: RoundContext,
): Promise<AnswerDifference> {
  const { task } = trajectory;
  const isLookedUp = domain.images === undefined && (await domain.files(task, options)).size > 0;
  return answerDifference(trajectory, domain.reveal(task).items, isLookedUp);
}

/** The check of a failure's fixes; advice is tried by the agent of the rollouts, with the draws of theirs. */
function fixCheckFor({ task, outcome }: Trajectory, context: RoundContext): FixCheck {
  const { domain, options, parent, seed, repeat, deps, preset } = context;
  const { sandboxes, attempt } = deps;
  const isWithoutAnswer = preset.differences && attempt !== undefined && outcome !== "submitted";
  const fix = isWithoutAnswer ? "advice" : domain.fix;
  const check = { domain, options, parent, task, sandboxes, fix };
  if (attempt === undefined) return check;
  return {
    ...check,
    attempt: (skill, signal) => attempt({ task, skill, seed, repeat, signal }),
  };
}
