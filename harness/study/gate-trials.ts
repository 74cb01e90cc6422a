import type { Runner } from "../contracts/index.ts";
import { trialRepeats } from "../evolution/repeats.ts";
import { type GateDecision, runGate } from "../evolution/stages/gate/arms.ts";
import { type GateRate, gateRate } from "../stats/gate-rate.ts";
import { rowsOf } from "./arms.ts";
import type { StudyContext } from "./context.ts";
import { studyWork } from "./work.ts";

/** The gate of one agent on one skill against itself. */
export interface GateTrials extends GateRate {
  readonly agent: GateDecision["model"];
  /** The condition whose skill it was, and the skill's digest; null for no skill. */
  readonly condition: string;
  readonly skill: string | null;
  /** Tasks of the select split. */
  readonly tasks: number;
  readonly repeats: number;
  readonly threshold: number;
  /** Means over the trials: tasks with another outcome in the first run, and rollouts. */
  readonly flips: number;
  readonly rollouts: number;
  /** First runs and flips left out as ungraded, over all trials. */
  readonly ungraded: number;
}

/**
 * An A/A study: `trials` gates of every condition's skill against itself, for every user as the agent.
 *
 * Nothing differs between the arms, so every acceptance is a false one. Each trial has a seed of its
 * own, and in a trial no two runs of a task have a draw in common.
 *
 * @param onStage told of each agent and skill as it begins.
 */
export async function runGateTrials(
  context: StudyContext,
  runner: Runner,
  trials: number,
  onStage: (name: string) => void,
): Promise<readonly GateTrials[]> {
  const work = studyWork(context, runner);
  const split = work.split("select");
  const { gateRepeats: repeats, gateZ: threshold } = context.presetOf(null);
  const from = context.study.seeds[0] ?? 0;
  const results: GateTrials[] = [];
  for (const { condition, source } of rowsOf(context.study)) {
    const { skill } = await work.skillOf(source, from);
    for (const user of context.study.users) {
      onStage(`${condition} against itself, ${user}`);
      const rollout = work.rolloutOf(user, split);
      const arms = trialRepeats(repeats);
      const decisions: GateDecision[] = [];
      // One after the other, so that an interrupted study has finished trials and not halves of all.
      for (let trial = 0; trial < trials; trial++) {
        const { decision } = await runGate(
          {
            candidate: { skill, repeats: arms.candidate },
            parent: { skill, repeats: arms.parent },
          },
          {
            tasks: split.tasks,
            domain: context.domain.name,
            model: work.model(user),
            threshold,
            rollout: (task, arm, repeat) => runner.run(rollout(task, arm, from + trial, repeat)),
          },
        );
        decisions.push(decision);
      }
      results.push(summaryOf(condition, decisions));
    }
  }
  return results;
}

function summaryOf(condition: string, decisions: readonly GateDecision[]): GateTrials {
  const [first] = decisions;
  if (first === undefined) throw new Error("no trial");
  const mean = (pick: (decision: GateDecision) => number) =>
    decisions.reduce((sum, decision) => sum + pick(decision), 0) / decisions.length;
  return {
    agent: first.model,
    condition,
    skill: first.candidate,
    tasks: first.tasks,
    repeats: first.repeats,
    threshold: first.threshold,
    ...gateRate(decisions.map(({ accepted }) => accepted)),
    flips: mean(({ repairs, regressions }) => repairs + regressions),
    rollouts: mean(({ rollouts }) => rollouts.first + rollouts.fresh),
    ungraded: decisions.reduce((sum, one) => sum + one.ungraded + one.unjudged, 0),
  };
}
