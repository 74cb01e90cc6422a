import { sha256 } from "../canonical.ts";
import type { Json, Row, Runner, Unit } from "../contracts/index.ts";
import { estimateBaseline } from "../evolution/baselines/estimate-baseline.ts";
import { estimate } from "../evolution/estimate.ts";
import { largestShares, rolloutsNeeded } from "../evolution/rollout-budget.ts";
import { plannedMinimumDetectableEffect, powerFor } from "../stats/power.ts";
import type { Store } from "../store/store.ts";
import { sourceKey } from "./arms.ts";
import { assertComparable, type StudyContext, studyWork } from "./execute.ts";
import { baselineOf } from "./learn.ts";
import { isFinished, keyOf } from "./runner.ts";
import { skillAt } from "./skill-sources.ts";

/** What a stage of a study has, and what it would still cost. */
export interface PlanLine {
  readonly stage: string;
  readonly units: number;
  readonly stored: number;
  readonly toRun: number;
  /** Model calls of what is to run. */
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** USD; null where a price is unknown. */
  readonly costUsd: number | null;
  /** Whether `units` is an upper bound, since what runs depends on results that are not there yet. */
  readonly bound: boolean;
}

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
/** Tokens of one call where no stored unit of the stage tells; stated with the plan. */
const assumedCall = { inputTokens: 4000, outputTokens: 400 };
/** Calls of one episode, and of one analyst with tools, where no stored one tells. */
const assumedTurns = 6;
const assumedAnalystCalls = 12;

/** Raised inside a plan where a result is not stored: what follows from it is not known yet. */
class NotStored extends Error {
  readonly stage: string;
  constructor(stage: string) {
    super(`${stage} is not stored`);
    this.stage = stage;
  }
}

/**
 * Says what a study would run, without running anything.
 *
 * Stages are followed as far as stored results lead; beyond that, units are upper bounds from the
 * sizes of the splits.
 *
 * @param priceOf USD of tokens for a model; undefined where its price is unknown.
 */
export async function planStudy(
  context: StudyContext,
  store: Store,
  priceOf: (model: string, inputTokens: number, outputTokens: number) => number | undefined,
): Promise<StudyPlan> {
  const tally = createTally(store, priceOf);
  const work = studyWork(context, tally.runner("rollout (evolve)"));
  assertComparable(context, work);
  const { study } = context;

  const known = new Map<string, boolean>();
  const boundRollouts = new Set<string>();
  for (const seed of study.seeds) {
    for (const arm of work.arms) {
      const key = `${sourceKey(arm.source)} ${seed}`;
      if (known.has(key)) continue;
      try {
        await work.skillOf(arm.source, seed);
        known.set(key, true);
      } catch (error) {
        if (!(error instanceof NotStored)) throw error;
        known.set(key, false);
        if (arm.source.kind !== "evolved") continue;
        const { author, mode, method } = arm.source;
        const demand = work.demandOf(arm.source);
        const { preset, tasks } = demand;
        const several = preset.evolutionSeeds > 1;
        // Several evolutions of which one is chosen serve all seeds.
        if (several && seed !== study.seeds[0]) continue;
        const runs = preset.evolutionSeeds * preset.rounds;
        const turns = Math.min(preset.turns, assumedAnalystCalls);
        const request = { ...demand, preset: { ...preset, turns }, mode };
        const baseline = baselineOf(method);
        const most =
          baseline === undefined
            ? estimate({ ...request, agentTurns: assumedTurns, fix: context.domain.fix })
            : estimateBaseline(baseline, { ...request, agentTurns: assumedTurns });
        tally.bound(
          most
            .filter(({ stage }) => !["draft", "rollout", "contrast", "replay"].includes(stage))
            .map((line) => ({ ...line, units: runs * line.units, calls: runs * line.calls })),
          author,
        );
        // The first rollouts of a skill that is there were counted one by one above.
        const counted = preset.evolutionSeeds * tasks;
        const { total } = rolloutsNeeded(demand, largestShares);
        if (total > counted) tally.unknown("rollout (evolve)", Math.ceil(total - counted), author);
        const rollouts = `${mode} ${author} ${seed}`;
        if (mode === "creation" && error.stage === "draft" && !boundRollouts.has(rollouts)) {
          boundRollouts.add(rollouts);
          tally.unknown("rollout (evolve)", counted, author);
        }
      }
    }
  }

  // Columns of one kind of episodes (soft and hard, or tasks that two splits share) are paid for once.
  const awaited = new Set<string>();
  const held = tally.runner("rollout (held-out)");
  const trained = tally.runner("rollout (retention)");
  for (const seed of study.seeds) {
    for (const arm of work.arms) {
      const split = work.split(arm.split);
      const stage = arm.train ? "rollout (retention)" : "rollout (held-out)";
      if (known.get(`${sourceKey(arm.source)} ${seed}`) !== true) {
        const { domain, options, samples } = split;
        const setting = JSON.stringify([
          ...[sourceKey(arm.source), seed, arm.user, arm.train, domain.name, options],
        ]);
        let episodes = 0;
        for (const { id } of work.tasksOf(arm)) {
          for (let sample = 0; sample < samples; sample++) {
            const key = sha256(`${setting} ${id} ${sample}`);
            if (!awaited.has(key)) episodes++;
            awaited.add(key);
          }
        }
        tally.unknown(stage, episodes, arm.user);
        continue;
      }
      const resolved = await work.skillOf(arm.source, seed);
      const maker = work.rolloutOf(arm.user, split);
      const runner = arm.train ? trained : held;
      for (const task of work.tasksOf(arm)) {
        for (let sample = 0; sample < split.samples; sample++)
          await runner
            .run(maker(task, skillAt(resolved, task), seed, sample))
            .catch(ignoreNotStored);
      }
    }
  }
  const heldOut = work.arms.filter(({ train }) => !train);
  const tests = Math.max(1, heldOut.filter(({ baseline }) => baseline !== null).length);
  return {
    lines: tally.lines(),
    power: [...new Set(heldOut.map(({ split }) => split))].map((name) => {
      const { tasks } = work.split(name);
      const groups = new Set(tasks.map(({ group }) => group)).size;
      const size = { groups: Math.max(2, groups), tasks: tasks.length, seeds: study.seeds.length };
      return {
        ...{ split: name, tasks: tasks.length, groups, tests },
        minimumDetectableEffect: plannedMinimumDetectableEffect(size),
        corrected: plannedMinimumDetectableEffect({ ...size, tests }),
        chances: effects.map((effect) => ({ effect, power: powerFor(effect, size) })),
      };
    }),
    basis: `Tokens follow stored units of the same stage and model where there are any, and otherwise ${assumedCall.inputTokens} input and ${assumedCall.outputTokens} output tokens a call, ${assumedTurns} calls an episode, ${assumedAnalystCalls} an analysis with tools.`,
  };
}

function ignoreNotStored(error: unknown): void {
  if (!(error instanceof NotStored)) throw error;
}

interface StageTally {
  readonly seen: Set<string>;
  stored: number;
  bound: number;
  calls: number;
  inputTokens: number;
  outputTokens: number;
  costUsd: number | null;
  isBound: boolean;
}

/** Counts units by stage, and what the missing ones would take. */
function createTally(
  store: Store,
  priceOf: (model: string, inputTokens: number, outputTokens: number) => number | undefined,
) {
  const stages = new Map<string, StageTally>();
  const means = new Map<string, { units: number; calls: number; input: number; output: number }>();
  const stageOf = (name: string): StageTally => {
    let found = stages.get(name);
    if (found === undefined) {
      found = {
        seen: new Set(),
        stored: 0,
        bound: 0,
        calls: 0,
        inputTokens: 0,
        outputTokens: 0,
        costUsd: 0,
        isBound: false,
      };
      stages.set(name, found);
    }
    return found;
  };
  const learn = (stage: string, row: Row): void => {
    const key = `${stage} ${String(row.about["model"])}`;
    const mean = means.get(key) ?? { units: 0, calls: 0, input: 0, output: 0 };
    mean.units++;
    mean.calls += row.spent.calls;
    mean.input += row.spent.inputTokens;
    mean.output += row.spent.outputTokens;
    means.set(key, mean);
  };
  const add = (name: string, model: string, units: number, callsEach: number): void => {
    const stage = stageOf(name);
    const mean = means.get(`${name} ${model}`);
    const each =
      mean === undefined
        ? {
            calls: callsEach,
            input: callsEach * assumedCall.inputTokens,
            output: callsEach * assumedCall.outputTokens,
          }
        : {
            calls: mean.calls / mean.units,
            input: mean.input / mean.units,
            output: mean.output / mean.units,
          };
    const [input, output] = [units * each.input, units * each.output];
    stage.calls += units * each.calls;
    stage.inputTokens += input;
    stage.outputTokens += output;
    const price = priceOf(model, input, output);
    stage.costUsd = stage.costUsd === null || price === undefined ? null : stage.costUsd + price;
  };

  return {
    /** A runner that gives what is stored and counts the rest as to run. */
    runner(rolloutStage: string): Runner {
      return {
        async run(unit: Unit): Promise<Row> {
          const name = unit.stage === "rollout" ? rolloutStage : unit.stage;
          const stage = stageOf(name);
          const key = keyOf(unit);
          const row = store.get(unit.stage, key);
          const known = stage.seen.has(key);
          stage.seen.add(key);
          if (isFinished(row)) {
            if (!known) {
              stage.stored++;
              learn(name, row);
            }
            return row;
          }
          if (!known)
            add(name, String(unit.about["model"]), 1, unit.stage === "rollout" ? assumedTurns : 1);
          throw new NotStored(name);
        },
        async transcript(row): Promise<Json | undefined> {
          return row.transcript === undefined ? undefined : store.transcript(row.transcript);
        },
      };
    },
    /** Adds the most that the rest of one evolution can take, where it could not be followed. */
    bound(most: readonly { stage: string; units: number; calls: number }[], model: string): void {
      for (const { stage: name, units, calls } of most) {
        const stage = stageOf(name);
        stage.isBound = true;
        stage.bound += units;
        add(name, model, units, units === 0 ? 0 : calls / units);
      }
    },
    /** Adds units whose keys depend on results that are not there yet. */
    unknown(name: string, units: number, model: string): void {
      const stage = stageOf(name);
      stage.isBound = true;
      stage.bound += units;
      add(name, model, units, assumedTurns);
    },
    lines(): PlanLine[] {
      return [...stages].map(([stage, tally]) => {
        const units = tally.seen.size + tally.bound;
        return {
          stage,
          units,
          stored: tally.stored,
          toRun: units - tally.stored,
          calls: Math.ceil(tally.calls),
          inputTokens: Math.ceil(tally.inputTokens),
          outputTokens: Math.ceil(tally.outputTokens),
          costUsd: tally.costUsd,
          bound: tally.isBound,
        };
      });
    },
  };
}
