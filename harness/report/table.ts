import { type Bootstrap, seededBootstrap } from "../stats/bootstrap.ts";
import { holm } from "../stats/holm.ts";
import { exactMcNemar } from "../stats/mcnemar.ts";
import {
  type Clusters,
  clustersOf,
  meanOf,
  type Pairs,
  pairsOf,
  strictly,
} from "../stats/observations.ts";
import { minimumDetectableEffect } from "../stats/power.ts";
import { signFlipP } from "../stats/sign-flip.ts";
import { type Interval, wilsonInterval } from "../stats/wilson.ts";
import { roundedFraction, roundedP, wholePoints } from "./numbers.ts";
import {
  type ArmFacts,
  type ArmForm,
  type ArmSpent,
  armKey,
  baselineKey,
  checkTableInput,
  type TableInput,
} from "./table-input.ts";

/** A delta is withheld where the graded shares of the two arms differ by more than this. */
export const coverageGapMax = 0.02;

/**
 * One line of the table. Means and deltas are fractions, rounded to 6 decimals; p-values have 6
 * significant digits. Null stands for "there is none".
 */
export interface TableRow {
  readonly condition: string;
  readonly mode: "deepening" | "creation" | null;
  readonly author: string | null;
  readonly user: string;
  readonly split: string;
  readonly metric: string;
  /** Episodes asked for; `graded + ungraded` of them. */
  readonly n: number;
  readonly graded: number;
  readonly ungraded: number;
  /** Over graded episodes, with the cluster bootstrap interval. */
  readonly mean: number | null;
  readonly ci95: Interval | null;
  /** Wilson's interval, as if episodes were independent; for pass/fail scores. */
  readonly wilson95: Interval | null;
  /** Ungraded counted as wrong. */
  readonly strict: { readonly mean: number | null; readonly ci95: Interval | null };
  /** Condition and author of the arm that `delta` is taken to; it has the same user and split. */
  readonly baseline: string | null;
  readonly baselineAuthor: string | null;
  /** Mean difference over the pairs (task, seed) graded in both arms. */
  readonly delta: number | null;
  readonly deltaCi95: Interval | null;
  /** The skill is the baseline's, byte for byte, at every seed: the delta is 0 by identity, and no test is made of it. */
  readonly sameSkill?: true;
  /** Why a row with a baseline has no delta. */
  readonly deltaAbsent: string | null;
  /** Sign flips of whole groups; see `signFlipP`. */
  readonly p: number | null;
  /** `p` after Holm's correction over all tests of the table. */
  readonly pHolm: number | null;
  /** Exact McNemar over pairs, as if they were independent; see `exactMcNemar`. */
  readonly mcnemar: number | null;
  readonly pairs: number | null;
  readonly wins: number | null;
  readonly losses: number | null;
  /** With 80% power at 5%, before Holm's correction. */
  readonly minimumDetectableEffect: number | null;
  readonly spent: ArmSpent | null;
  /** How its episodes ended, in the terms of form; absent where that was not kept. */
  readonly form?: RowForm;
}

/** The form of a row's episodes; `share` of them, from 0 to 1, ended for a reason of form. */
export interface RowForm extends ArmForm {
  readonly share: number;
}

/** What was measured: what must be said with every table of a study. */
export interface Measured
  extends Pick<TableInput, "study" | "data" | "models" | "seeds" | "seed" | "asked"> {
  readonly splits: readonly {
    readonly name: string;
    readonly tasks: number;
    readonly groups: number;
  }[];
  /** Of the bootstrap. */
  readonly resamples: number;
}

/** The rows, and what must be said with them. */
export interface Table extends Measured {
  /** By condition, author, split, user and metric, each in the study's order. */
  readonly rows: readonly TableRow[];
}

/**
 * Computes the table of a study from its facts: same facts in any order, same table. Arms of training
 * tasks are no part of it.
 *
 * @param where the file that the facts come from, for messages.
 * @throws {InputError} as `checkTableInput`.
 */
export function buildTable(all: TableInput, where = "rows"): Table {
  checkTableInput(all, where);
  const input = { ...all, arms: all.arms.filter((arm) => arm.train !== true) };
  const bootstrap = seededBootstrap(input.seed);
  const byKey = new Map(input.arms.map((arm) => [armKey(arm), arm]));
  const rows = inStudyOrder(input).map((arm) => {
    const key = baselineKey(arm);
    return {
      ...described(arm, bootstrap),
      ...compared(arm, key === undefined ? undefined : byKey.get(key), bootstrap, input.seed),
      spent: arm.spent ?? null,
      ...(arm.form === undefined ? {} : { form: rowForm(arm.form) }),
    };
  });
  const adjusted = holm(rows.map((row) => row.p ?? undefined));
  return {
    ...measuredOf(all, bootstrap),
    rows: rows.map((row, i) => ({ ...row, p: roundedP(row.p), pHolm: roundedP(adjusted[i]) })),
  };
}

function rowForm(form: ArmForm): RowForm {
  const ended = Object.values(form.ended).reduce((sum, count) => sum + count, 0);
  return { ...form, share: roundedFraction(ended / Math.max(1, form.episodes)) ?? 0 };
}

/** What a study measured on tasks that no skill was learnt from. */
export function measuredOf(input: TableInput, { resamples }: Bootstrap): Measured {
  const { study, data, models, seeds, seed, asked } = input;
  const { name, real, digest } = data;
  const held = input.arms.filter((arm) => arm.train !== true);
  const splits = input.splits.map((split) => {
    const seen = held.filter((arm) => arm.split === split).flatMap((arm) => arm.observations);
    const count = (key: "task" | "group") => new Set(seen.map((item) => item[key])).size;
    return { name: split, tasks: count("task"), groups: count("group") };
  });
  return {
    ...{ study, data: { name, real, digest }, models, seeds, seed },
    splits: splits.filter(({ tasks }) => tasks > 0),
    ...(asked === undefined ? {} : { asked }),
    resamples,
  };
}

/** The arms by condition, author, split, user and metric, each in the study's order. */
export function inStudyOrder(input: TableInput): ArmFacts[] {
  const names = input.models.map((model) => model.name);
  const rank = (arm: ArmFacts): number[] => [
    input.conditions.indexOf(arm.condition),
    arm.author === null ? -1 : names.indexOf(arm.author),
    input.splits.indexOf(arm.split),
    names.indexOf(arm.user),
  ];
  return input.arms
    .map((arm) => ({ arm, rank: rank(arm) }))
    .sort((a, b) => {
      const i = a.rank.findIndex((value, place) => value !== b.rank[place]);
      if (i >= 0) return (a.rank[i] ?? 0) - (b.rank[i] ?? 0);
      return a.arm.metric < b.arm.metric ? -1 : 1;
    })
    .map(({ arm }) => arm);
}

function described(arm: ArmFacts, bootstrap: Bootstrap) {
  const { condition, mode, author, user, split, metric, observations } = arm;
  const scores = observations.flatMap(({ score }) => (score === undefined ? [] : [score]));
  const n = observations.length;
  const graded = scores.length;
  const conditional = roundedMean(clustersOf(observations), bootstrap);
  const passFail = graded > 0 && scores.every((score) => score === 0 || score === 1);
  const passed = scores.filter((score) => score === 1).length;
  return {
    condition,
    mode,
    author,
    user,
    split,
    metric,
    n,
    graded,
    ungraded: n - graded,
    ...conditional,
    wilson95: roundedInterval(passFail ? wilsonInterval(passed, graded) : undefined),
    strict: graded === n ? conditional : roundedMean(clustersOf(strictly(observations)), bootstrap),
    baseline: arm.baseline?.condition ?? null,
    baselineAuthor: arm.baseline?.author ?? null,
  };
}

/** A mean with its interval, to 6 decimals; null where there is none. */
export function roundedMean(clusters: Clusters, bootstrap: Bootstrap) {
  return {
    mean: roundedFraction(meanOf(clusters)),
    ci95: roundedInterval(bootstrap.mean(clusters)),
  };
}

function compared(
  arm: ArmFacts,
  baseline: ArmFacts | undefined,
  bootstrap: Bootstrap,
  seed: number,
) {
  const pairs = baseline && pairsOf(arm.observations, baseline.observations);
  const absent = whyNoDelta(arm, baseline, pairs);
  const isSame = absent === undefined && hasSameSkill(arm, baseline);
  if (pairs === undefined || absent !== undefined || isSame) {
    return {
      ...(isSame ? { sameSkill: true as const } : {}),
      delta: isSame ? 0 : null,
      deltaCi95: null,
      deltaAbsent: arm.baseline === null ? null : (absent ?? null),
      p: null,
      pHolm: null,
      mcnemar: null,
      pairs: pairs?.count ?? null,
      wins: pairs?.wins ?? null,
      losses: pairs?.losses ?? null,
      minimumDetectableEffect: null,
    };
  }
  const { differences, count, wins, losses } = pairs;
  return {
    delta: roundedFraction(meanOf(differences)),
    deltaCi95: roundedInterval(bootstrap.difference(differences)),
    deltaAbsent: null,
    p: signFlipP(differences.sums, seed),
    pHolm: null,
    mcnemar: roundedP(exactMcNemar(wins, losses)),
    pairs: count,
    wins,
    losses,
    minimumDetectableEffect: roundedFraction(minimumDetectableEffect(differences)),
  };
}

function hasSameSkill(arm: ArmFacts, baseline: ArmFacts | undefined): boolean {
  const [own, other] = [arm.skills, baseline?.skills];
  return (
    own !== undefined &&
    other !== undefined &&
    own.length === other.length &&
    own.every((digest, i) => digest === other[i])
  );
}

/** Why two arms are not compared; undefined where they may be. */
export function whyNoDelta(
  arm: ArmFacts,
  baseline: ArmFacts | undefined,
  pairs: Pairs | undefined,
): string | undefined {
  if (baseline === undefined || pairs === undefined) return "baseline not run";
  const [own, other] = [coverage(arm), coverage(baseline)];
  // A gap of exactly 2 points still counts as equal, whatever the rounding of the division.
  if (Math.abs(own - other) > coverageGapMax + 1e-12) {
    return `graded ${wholePoints(own)}% against ${wholePoints(other)}%`;
  }
  return pairs.count === 0 ? "no episode graded in both" : undefined;
}

function coverage(arm: ArmFacts): number {
  const graded = arm.observations.filter(({ score }) => score !== undefined).length;
  return graded === 0 ? 0 : graded / arm.observations.length;
}

/** An interval to 6 decimals; null where there is none. */
export function roundedInterval(interval: Interval | undefined): Interval | null {
  return interval === undefined
    ? null
    : [roundedFraction(interval[0]) ?? 0, roundedFraction(interval[1]) ?? 0];
}
