import { sha256 } from "../canonical.ts";
import { estimate, estimateBaseline } from "../evolution/estimate.ts";
import { largestShares, rolloutsNeeded } from "../evolution/rollout-budget.ts";
import { plannedMinimumDetectableEffect, powerFor } from "../stats/power.ts";
import type { Store } from "../store/store.ts";
import { type Arm, type EvolvedSource, sourceKey } from "./arms.ts";
import { baselineKindOf } from "./conditions.ts";
import type { StudyContext } from "./context.ts";
import { assumedCall, assumedTurns, NotStored, type PlanLine, PlanTally } from "./plan-tally.ts";
import type { StudySplit } from "./select-tasks.ts";
import type { PriceOf } from "./spending.ts";
import { type StudyWork, skillAt, studyWork } from "./work.ts";

export interface StudyPlan {
  readonly lines: readonly PlanLine[];
  /** What a comparison on each held-out split would find (two-sided 5%). */
  readonly power: readonly {
    readonly split: string;
    readonly tasks: number;
    readonly groups: number;
    /** Comparisons of the table, which its p-values are corrected for. */
    readonly tests: number;
    /** Smallest true difference found with 80% power by one test, as a fraction. */
    readonly minimumDetectableEffect: number;
    /** The same where the correction is at its strictest. */
    readonly corrected: number;
    /** The chance that one test finds a true difference of this size. */
    readonly chances: readonly { readonly effect: number; readonly power: number }[];
  }[];
  /** What the token figures rest on. */
  readonly basis: string;
}

/** True differences whose chance of being found is stated. */
const effects = [0.02, 0.05, 0.1];
/** Calls of one analyst with tools where no stored one tells. */
const assumedAnalystCalls = 12;

/**
 * Says what a study would run, without running anything.
 *
 * Stages are followed as far as stored results lead; beyond that, units are upper bounds from the
 * sizes of the splits.
 */
export async function planStudy(
  context: StudyContext,
  store: Store,
  priceOf: PriceOf,
): Promise<StudyPlan> {
  const tally = new PlanTally(store, priceOf);
  const work = studyWork(context, tally.runner("rollout (evolve)"));
  const known = await planSkills(context, work, tally);
  await planEpisodes(context, work, tally, known);
  return {
    lines: tally.lines(),
    power: powerOf(context, work),
    basis: `Tokens follow stored units of the same stage and model where there are any, and otherwise ${assumedCall.inputTokens} input and ${assumedCall.outputTokens} output tokens a call, ${assumedTurns} calls an episode (a direct one has one), ${assumedAnalystCalls} an analysis with tools.`,
  };
}

/** Names a skill source at a seed. */
function skillKey(arm: Arm, seed: number): string {
  return `${sourceKey(arm.source)} ${seed}`;
}

/**
 * Counts what making the skills takes.
 *
 * @returns the skills that stored results lead to, by `skillKey`.
 */
async function planSkills(
  context: StudyContext,
  work: StudyWork,
  tally: PlanTally,
): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  const tried = new Set<string>();
  const drafted = new Set<string>();
  for (const seed of context.study.seeds) {
    for (const arm of work.arms) {
      const key = skillKey(arm, seed);
      if (tried.has(key)) continue;
      tried.add(key);
      try {
        await work.skillOf(arm.source, seed);
        known.add(key);
      } catch (error) {
        if (!(error instanceof NotStored)) throw error;
        if (arm.source.kind !== "evolved") continue;
        // Several evolutions of which one is chosen serve all seeds.
        const several = work.demandOf(arm.source).preset.evolutionSeeds > 1;
        if (several && seed !== context.study.seeds[0]) continue;
        const { mode, author } = arm.source;
        const draft = `${mode} ${author} ${seed}`;
        const isFirst = mode === "creation" && error.stage === "draft" && !drafted.has(draft);
        if (isFirst) drafted.add(draft);
        boundEvolution(arm.source, isFirst, { context, work, tally });
      }
    }
  }
  return known;
}

/**
 * Counts the most that an evolution can take whose next result is not stored.
 *
 * @param withFirstRollouts whether the rollouts of its parent have not been counted one by one.
 */
function boundEvolution(
  source: EvolvedSource,
  withFirstRollouts: boolean,
  at: { readonly context: StudyContext; readonly work: StudyWork; readonly tally: PlanTally },
): void {
  const { context, work, tally } = at;
  const { author, mode, method } = source;
  const demand = work.demandOf(source);
  const { preset, tasks } = demand;
  const runs = preset.evolutionSeeds * preset.rounds;
  const turns = Math.min(preset.turns, assumedAnalystCalls);
  const agentTurns = callsAnEpisode(work.split("evolve"));
  const request = { ...demand, preset: { ...preset, turns }, mode, agentTurns };
  const baseline = baselineKindOf(method);
  const most =
    baseline === undefined
      ? estimate({ ...request, fix: context.domain.fix })
      : estimateBaseline(baseline, request);
  for (const { stage, units, calls } of most) {
    if (["draft", "rollout", "contrast", "replay"].includes(stage)) continue;
    tally.unknown(stage, runs * units, author, units === 0 ? 0 : calls / units);
  }
  // The first rollouts of a skill that is there were counted one by one.
  const counted = preset.evolutionSeeds * tasks;
  const { total } = rolloutsNeeded(demand, largestShares);
  if (total > counted)
    tally.unknown("rollout (evolve)", Math.ceil(total - counted), author, agentTurns);
  if (withFirstRollouts) tally.unknown("rollout (evolve)", counted, author, agentTurns);
}

/** Calls of one episode where no stored one tells. */
function callsAnEpisode({ direct }: StudySplit): number {
  return direct === undefined ? assumedTurns : 1;
}

/** Counts the episodes of every arm. */
async function planEpisodes(
  context: StudyContext,
  work: StudyWork,
  tally: PlanTally,
  known: ReadonlySet<string>,
): Promise<void> {
  const heldOut = tally.runner("rollout (held-out)");
  const retention = tally.runner("rollout (retention)");
  // Columns of one kind of episodes (soft and hard, or tasks that two splits share) are paid for once.
  const awaited = new Set<string>();
  for (const seed of context.study.seeds) {
    for (const arm of work.arms) {
      if (!known.has(skillKey(arm, seed))) {
        const stage = arm.train ? "rollout (retention)" : "rollout (held-out)";
        const calls = callsAnEpisode(work.split(arm.split));
        tally.unknown(stage, newEpisodes(arm, seed, work, awaited), arm.user, calls);
        continue;
      }
      const split = work.split(arm.split);
      const resolved = await work.skillOf(arm.source, seed);
      const unitOf = work.rolloutOf(arm.user, split);
      const runner = arm.train ? retention : heldOut;
      for (const task of work.tasksOf(arm)) {
        for (let sample = 0; sample < split.samples; sample++)
          await runner
            .run(unitOf(task, skillAt(resolved, task), seed, sample))
            .catch(ignoreNotStored);
      }
    }
  }
}

/** How many episodes of an arm with an unknown skill no other arm shares; they become awaited. */
function newEpisodes(arm: Arm, seed: number, work: StudyWork, awaited: Set<string>): number {
  const { domain, options, samples, direct } = work.split(arm.split);
  const setting = JSON.stringify([
    ...[sourceKey(arm.source), seed, arm.user, arm.train, domain.name, options],
    direct !== undefined,
  ]);
  const before = awaited.size;
  for (const { id } of work.tasksOf(arm))
    for (let sample = 0; sample < samples; sample++)
      awaited.add(sha256(`${setting} ${id} ${sample}`));
  return awaited.size - before;
}

function ignoreNotStored(error: unknown): void {
  if (!(error instanceof NotStored)) throw error;
}

function powerOf({ study }: StudyContext, work: StudyWork): StudyPlan["power"] {
  const heldOut = work.arms.filter(({ train }) => !train);
  const tests = Math.max(1, heldOut.filter(({ baseline }) => baseline !== null).length);
  return [...new Set(heldOut.map(({ split }) => split))].map((name) => {
    const { tasks } = work.split(name);
    const groups = new Set(tasks.map(({ group }) => group)).size;
    const size = { groups: Math.max(2, groups), tasks: tasks.length, seeds: study.seeds.length };
    return {
      ...{ split: name, tasks: tasks.length, groups, tests },
      minimumDetectableEffect: plannedMinimumDetectableEffect(size),
      corrected: plannedMinimumDetectableEffect({ ...size, tests }),
      chances: effects.map((effect) => ({ effect, power: powerFor(effect, size) })),
    };
  });
}
