import type { Row, Runner, Task } from "../../../contracts/index.ts";
import { countBy } from "../../fault.ts";
import { noPast, type Past } from "../../record/past.ts";
import { readTrajectory, sideOf } from "../../trajectory.ts";
import type { Answering } from "../../unit.ts";
import type { Rollout } from "./analyse.ts";
import { type Analysis, analysisOf } from "./analysis.ts";
import { type Briefing, briefingOf } from "./briefing.ts";
import { analyseContrast } from "./contrast-analyst.ts";

/** What repeats of failed tasks led to. */
export interface Contrasted {
  /** One a task that failed at first and passed in a repeat, in task order. */
  readonly analyses: readonly Analysis[];
  readonly rows: readonly Row[];
  /** Failed tasks that were run again, and the further episodes. */
  readonly tasks: number;
  readonly repeats: readonly Row[];
  /** Secrets taken out of the passed trajectories. */
  readonly redactions: number;
}

/** The part switched off. */
const nothing: Contrasted = { analyses: [], rows: [], tasks: 0, repeats: [], redactions: 0 };

/**
 * Runs failed tasks again at further seeds, and has the first success beside the first failure
 * analysed as a pair.
 *
 * Only the failed ones: whether an outcome is uncertain is not known after one episode, so somebody
 * has to be run again, and a task that passed has its success analysed already, whereas a failed
 * one may hide a success that no single trajectory shows. What the pairs teach comes on top of
 * what single trajectories teach; the support of a lesson counts tasks, so nothing counts twice.
 *
 * @param seeds episodes a failed task, the first one included; 1 switches the part off.
 * @param past told to the analysts where there is any.
 */
export async function contrast(
  rollouts: readonly Rollout[],
  seeds: number,
  by: Answering,
  deps: {
    readonly runner: Runner;
    rollout(task: Task, repeat: number): Promise<Row>;
  },
  past: Past = noPast,
): Promise<Contrasted> {
  const briefing = briefingOf(past);
  if (seeds <= 1) return nothing;
  const failed = rollouts.filter(({ row }) => sideOf(row) === "failure");
  const tried = await Promise.all(
    failed.map(async ({ task, row }) => {
      const repeats = await Promise.all(
        Array.from({ length: seeds - 1 }, (_, i) => deps.rollout(task, i + 1)),
      );
      const passed = repeats.find((repeat) => sideOf(repeat) === "success");
      return {
        repeats,
        pair: passed && (await analysePair(task, row, passed, briefing, by, deps.runner)),
      };
    }),
  );
  const pairs = tried.flatMap(({ pair }) => (pair ? [pair] : []));
  return {
    analyses: pairs.map(({ analysis }) => analysis),
    rows: pairs.map(({ row }) => row),
    tasks: failed.length,
    repeats: tried.flatMap(({ repeats }) => repeats),
    redactions: pairs.reduce((sum, { redactions }) => sum + redactions, 0),
  };
}

async function analysePair(
  task: Task,
  failed: Row,
  passed: Row,
  briefing: Briefing,
  by: Answering,
  runner: Runner,
): Promise<{ analysis: Analysis; row: Row; redactions: number }> {
  const [before, beside] = await Promise.all([
    readTrajectory(task, failed, runner),
    readTrajectory(task, passed, runner),
  ]);
  const row = await runner.run(analyseContrast(before, beside, by, briefing));
  const analysis: Analysis = {
    task: task.id,
    row: failed.key,
    passed: passed.key,
    side: "contrast",
    ...analysisOf(row.result),
  };
  return { analysis, row, redactions: beside.redactions };
}

/** What the part did, for the account. */
export interface ContrastAccount {
  /** Failed tasks that were run again. */
  readonly tasks: number;
  readonly repeats: {
    readonly total: number;
    readonly passed: number;
    readonly failed: number;
    readonly errored: number;
  };
  /** Tasks with both outcomes: each is one pair for an analyst. */
  readonly uncertain: number;
  readonly explained: number;
  readonly dropped: Readonly<Record<string, number>>;
  readonly memories: number;
}

/** Counts the pairs; undefined when the part was off. */
export function contrastAccount(contrasted: Contrasted): ContrastAccount | undefined {
  if (contrasted === nothing) return undefined;
  const sides = countBy(contrasted.repeats, sideOf);
  const dropped = contrasted.analyses.flatMap(({ end }) =>
    end.kind === "dropped" ? [end.reason] : [],
  );
  return {
    tasks: contrasted.tasks,
    repeats: {
      total: contrasted.repeats.length,
      passed: sides["success"] ?? 0,
      failed: sides["failure"] ?? 0,
      errored: sides["errored"] ?? 0,
    },
    uncertain: contrasted.analyses.length,
    explained: contrasted.analyses.length - dropped.length,
    dropped: countBy(dropped, (reason) => reason),
    memories: contrasted.analyses.reduce((sum, { memories }) => sum + memories.length, 0),
  };
}
