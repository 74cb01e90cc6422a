import type { Row, Task } from "../../../contracts/index.ts";
import type { Rollout, RoundContext } from "../../evolution.ts";
import { sideOf } from "../../sides.ts";
import { readTrajectory } from "../../trajectory.ts";
import { runUnit } from "../../unit.ts";
import type { Analysis } from "./analysis.ts";
import { briefingOf } from "./briefing.ts";
import { contrastUnit } from "./contrast-analyst.ts";

/** What repeats of failed tasks led to. */
export interface Contrasted {
  /** Whether the part is on. */
  readonly isOn: boolean;
  /** One a task that failed at first and passed in a repeat, in task order. */
  readonly analyses: readonly Analysis[];
  readonly rows: readonly Row[];
  /** Failed tasks that were run again, and the further episodes. */
  readonly tasks: number;
  readonly repeats: readonly Row[];
  /** Secrets taken out of the passed trajectories. */
  readonly redactions: number;
}

/**
 * Runs failed tasks again, and has the first success beside the first failure analysed as a pair. The
 * preset's `contrast` is the number of episodes of a failed task, the first one included.
 */
export async function contrast(
  rollouts: readonly Rollout[],
  context: RoundContext,
): Promise<Contrasted> {
  const { analysts, preset, parent, seed, repeat, deps } = context;
  const isOn = analysts !== "success" && preset.contrast > 1;
  const failed = isOn ? rollouts.filter(({ row }) => sideOf(row) === "failure") : [];
  const tried = await Promise.all(
    failed.map(async ({ task, row }) => {
      const repeats = await Promise.all(
        Array.from({ length: preset.contrast - 1 }, (_, i) =>
          deps.rollout(task, parent, seed, repeat + i + 1),
        ),
      );
      const passed = repeats.find((one) => sideOf(one) === "success");
      return { repeats, pair: passed && (await analysePair(task, row, passed, context)) };
    }),
  );
  const pairs = tried.flatMap(({ pair }) => (pair ? [pair] : []));
  return {
    isOn,
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
  { by, past, deps: { runner } }: RoundContext,
): Promise<{ analysis: Analysis; row: Row; redactions: number }> {
  const [before, beside] = await Promise.all([
    readTrajectory(task, failed, runner),
    readTrajectory(task, passed, runner),
  ]);
  const unit = contrastUnit(before, beside, by("contrast-analyst"), briefingOf(past));
  const { row, result } = await runUnit(runner, unit);
  const keys = { task: task.id, row: failed.key, passed: passed.key, side: "contrast" } as const;
  return { analysis: { ...keys, ...result }, row, redactions: beside.redactions };
}
