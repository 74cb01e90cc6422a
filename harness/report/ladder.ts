import { type Bootstrap, seededBootstrap } from "../stats/bootstrap.ts";
import { holm } from "../stats/holm.ts";
import { clustersOf } from "../stats/observations.ts";
import { minimumDetectableEffect } from "../stats/power.ts";
import { signFlipP } from "../stats/sign-flip.ts";
import type { Interval } from "../stats/wilson.ts";
import { differenceOfGains, pooled, type StepGain, stepGain, tasksMoved } from "./ladder-gains.ts";
import { type MakingOfSkill, makingOfSkill, perPoint } from "./ladder-making.ts";
import { sectionsOf } from "./ladder-sections.ts";
import { roundedFraction, roundedP } from "./numbers.ts";
import { type Measured, measuredOf, roundedInterval, roundedMean } from "./table.ts";
import {
  type ArmFacts,
  armKey,
  baselineKey,
  checkTableInput,
  type TableInput,
} from "./table-input.ts";

/**
 * One rung for one author and user, or for all of them together. Figures are fractions, rounded to 6
 * decimals; null stands for "there is none".
 */
export interface LadderRow {
  /** Without the rung, such as `creation+error`. */
  readonly condition: string;
  readonly rung: string;
  /** Both null in the row of all cells together. */
  readonly author: string | null;
  readonly user: string | null;
  readonly split: string;
  readonly metric: string;
  /** Author by user cells in this row: 1, or all of them. */
  readonly cells: number;
  /** Cells that do worse than their baseline or than no skill, as measured. */
  readonly negativeCells: number | null;
  readonly mean: number | null;
  readonly ci95: Interval | null;
  readonly baseline: string | null;
  /** Over the baseline, paired by task and seed. */
  readonly gain: number | null;
  readonly gainCi95: Interval | null;
  readonly gainAbsent: string | null;
  /** Sign flips of whole groups. */
  readonly p: number | null;
  /** `p` after Holm's correction: over all cells, and for the rows of all cells over these. */
  readonly pHolm: number | null;
  /** The smallest true gain that data like these find with 80% power at 5%. */
  readonly minimumDetectableEffect: number | null;
  /** Over the rung before, paired likewise; null on the first. */
  readonly step: number | null;
  readonly stepCi95: Interval | null;
  readonly stepAbsent: string | null;
  /** Tasks (of a cell) that score higher than under the baseline over all seeds together, and lower. */
  readonly repairs: number | null;
  readonly regressions: number | null;
  /** The gain on the tasks that the skill was learnt from. */
  readonly trainGain: number | null;
  readonly trainGainCi95: Interval | null;
  /** Tasks (of a cell) behind it. */
  readonly trainTasks: number | null;
  /** Gain less train gain: how much of what was learnt holds elsewhere. */
  readonly retention: number | null;
  readonly retentionCi95: Interval | null;
  /** What one skill took to make; in a row of several authors their mean. */
  readonly making: MakingOfSkill | null;
  /** Tokens and USD of the making for each percentage point of gain; null where there is no gain to divide by. */
  readonly tokensPerPoint: number | null;
  readonly costPerPoint: number | null;
}

/** The rows of an ablation, and what must be said with them. */
export interface Ladder extends Measured {
  /** By condition, split and metric: all cells together rung by rung, then each cell rung by rung. */
  readonly rows: readonly LadderRow[];
}

/** Whether a study is an ablation, of which a ladder can be made. */
export function hasLadder(input: TableInput): boolean {
  return input.arms.some((arm) => arm.variant !== undefined);
}

/**
 * Computes the ladder of an ablation from its facts: same facts in any order, same ladder.
 *
 * @param where the file that the facts come from, for messages.
 * @throws {InputError} as `checkTableInput`.
 */
export function buildLadder(input: TableInput, where = "rows"): Ladder {
  checkTableInput(input, where);
  const bootstrap = seededBootstrap(input.seed);
  const facts = factsOf(input);
  const together: Counted[] = [];
  const single: Counted[] = [];
  const rows = sectionsOf(input).flatMap(({ cells, rungs }) => {
    const all = cells.length < 2 ? [] : laddered(cells, rungs, facts, bootstrap);
    together.push(...all);
    const each = cells.flatMap((cell) => laddered([cell], rungs, facts, bootstrap));
    single.push(...each);
    return [...all, ...each];
  });
  const adjusted = new Map<Counted, number | undefined>();
  for (const family of [together, single]) {
    const corrected = holm(family.map(({ p }) => p));
    for (const [i, row] of family.entries()) adjusted.set(row, corrected[i]);
  }
  return {
    ...measuredOf(input, bootstrap),
    rows: rows.map((row) => ({
      ...row.row,
      p: roundedP(row.p),
      pHolm: roundedP(adjusted.get(row)),
    })),
  };
}

/** A row with its p-value as it came out. */
interface Counted {
  readonly row: Omit<LadderRow, "p" | "pHolm">;
  readonly p: number | undefined;
}

/** Where the arms that a row is compared with are found. */
interface Facts {
  /** Of the sign flips. */
  readonly seed: number;
  baseline(arm: ArmFacts): ArmFacts | undefined;
  train(arm: ArmFacts): ArmFacts | undefined;
  noSkill(arm: ArmFacts): ArmFacts | undefined;
}

function factsOf(input: TableInput): Facts {
  const byKey = new Map(input.arms.map((arm) => [armKey(arm), arm]));
  const trained = input.arms.filter((arm) => arm.train === true);
  return {
    seed: input.seed,
    baseline: (arm) => byKey.get(baselineKey(arm) ?? ""),
    train: (arm) => trained.find((one) => armKey({ ...one, split: arm.split }) === armKey(arm)),
    noSkill: (arm) => byKey.get(armKey({ ...arm, condition: "no-skill", author: null })),
  };
}

/** The rungs of some cells, taken together. */
function laddered(
  cells: readonly ReadonlyMap<string, ArmFacts>[],
  rungs: readonly string[],
  facts: Facts,
  bootstrap: Bootstrap,
): Counted[] {
  let before: readonly ArmFacts[] | undefined;
  return rungs.flatMap((rung) => {
    const arms = cells.flatMap((cell) => cell.get(rung) ?? []);
    if (arms.length === 0) return [];
    const row = rowOf(arms, before, facts, bootstrap);
    before = arms;
    return [row];
  });
}

function rowOf(
  arms: readonly ArmFacts[],
  before: readonly ArmFacts[] | undefined,
  facts: Facts,
  bootstrap: Bootstrap,
): Counted {
  const [first] = arms as readonly [ArmFacts];
  const single = arms.length === 1;
  const gain = stepGain(arms, arms.map(facts.baseline));
  const step = before === undefined ? undefined : stepGain(arms, before);
  const trained = arms.map(facts.train);
  const train = trained.every((arm) => arm !== undefined)
    ? stepGain(
        trained,
        trained.map((arm) => facts.baseline(arm)),
      )
    : undefined;
  const moved = gain.pairs === undefined ? undefined : tasksMoved(gain.pairs.arm, gain.pairs.other);
  const making = makingOfSkill(arms);
  const roundedGain = roundedFraction(gain.mean);
  return {
    p: gain.clusters && signFlipP(gain.clusters.sums, facts.seed),
    row: {
      condition: first.variant?.of ?? first.condition,
      rung: first.variant?.name ?? "",
      author: single ? first.author : null,
      user: single ? first.user : null,
      split: first.split,
      metric: first.metric,
      cells: arms.length,
      negativeCells: negativeCells(arms, facts),
      ...roundedMean(clustersOf(pooled(arms)), bootstrap),
      baseline: first.baseline?.condition ?? null,
      gain: roundedGain,
      gainCi95: intervalOf(gain, bootstrap),
      gainAbsent: gain.absent ?? null,
      minimumDetectableEffect: roundedFraction(
        gain.clusters && minimumDetectableEffect(gain.clusters),
      ),
      step: roundedFraction(step?.mean),
      stepCi95: step === undefined ? null : intervalOf(step, bootstrap),
      stepAbsent: step?.absent ?? null,
      repairs: moved?.up ?? null,
      regressions: moved?.down ?? null,
      trainGain: roundedFraction(train?.mean),
      trainGainCi95: train === undefined ? null : intervalOf(train, bootstrap),
      trainTasks:
        train?.pairs === undefined ? null : new Set(train.pairs.arm.map(({ task }) => task)).size,
      ...retentionOf(gain, train),
      making,
      ...perPoint(making, roundedGain),
    },
  };
}

function retentionOf(
  gain: StepGain,
  train: StepGain | undefined,
): Pick<LadderRow, "retention" | "retentionCi95"> {
  if (gain.clusters === undefined || train?.clusters === undefined)
    return { retention: null, retentionCi95: null };
  const { mean, interval } = differenceOfGains(gain.clusters, train.clusters);
  return { retention: roundedFraction(mean), retentionCi95: roundedInterval(interval) };
}

/** Null where no cell can be compared with anything. */
function negativeCells(arms: readonly ArmFacts[], facts: Facts): number | null {
  const signs = arms.map((arm) =>
    [facts.baseline(arm), facts.noSkill(arm)].flatMap(
      (other) => stepGain([arm], [other]).mean ?? [],
    ),
  );
  if (signs.every((found) => found.length === 0)) return null;
  return signs.filter((found) => found.some((mean) => mean < 0)).length;
}

function intervalOf({ clusters }: StepGain, bootstrap: Bootstrap): Interval | null {
  return roundedInterval(clusters && bootstrap.difference(clusters));
}
