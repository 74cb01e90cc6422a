import { InputError } from "../../errors.ts";
import { type Bootstrap, seededBootstrap } from "../../stats/bootstrap.ts";
import { clustersOf, meanOf, pairsOf } from "../../stats/observations.ts";
import type { Interval } from "../../stats/wilson.ts";
import { roundedFraction } from "../numbers.ts";
import { inStudyOrder, type Measured, roundedInterval, type Table, whyNoDelta } from "../table.ts";
import type { ArmFacts, TableInput } from "../table-input.ts";

/** What every skill is measured against, whatever the main table compares it with. */
export const transferReference = "no-skill";

/**
 * A skill in the hands of a user, against the same user without one. Figures are fractions, rounded to 6
 * decimals; null stands for "there is none".
 */
export interface TransferRow {
  readonly study: string;
  /** The domain and its own split, where the facts say. */
  readonly domain: string | null;
  readonly from: string | null;
  readonly split: string;
  readonly metric: string;
  readonly condition: string;
  readonly mode: "deepening" | "creation" | null;
  /** Null where no model wrote the skill. */
  readonly author: string | null;
  readonly user: string;
  /** Whether the user wrote the skill itself: no transfer between models. */
  readonly own: boolean;
  readonly mean: number | null;
  readonly without: number | null;
  /** Over the episodes (task, seed) graded in both. */
  readonly delta: number | null;
  readonly ci95: Interval | null;
  readonly pairs: number | null;
  /** Why there is no delta. */
  readonly absent: string | null;
  /**
   * `harms` and `helps` where the whole interval is below or above 0, `lower` where only the figure is
   * below 0; null where it is not below, or where there is none.
   */
  readonly verdict: "harms" | "lower" | "helps" | null;
}

/** The transfer matrix of one or several studies. */
export interface Transfer {
  readonly studies: readonly Measured[];
  /** Study by study; by split, metric, condition, author and user, each in the study's order. */
  readonly rows: readonly TransferRow[];
}

/** A study's facts with its table, and where they were read. */
export interface TransferSource {
  readonly input: TableInput;
  readonly table: Table;
  readonly where: string;
}

/** Whether a study has what a transfer matrix is made of. */
export function hasTransfer({ arms }: TableInput): boolean {
  return (
    arms.some(({ condition }) => condition === transferReference) &&
    arms.some(({ author, train }) => author !== null && train !== true)
  );
}

/**
 * Author by user by domain by split, of every skill against the same user's no-skill arm.
 *
 * @throws {InputError} for a study without such an arm, or without a skill.
 */
export function buildTransfer(sources: readonly TransferSource[]): Transfer {
  // Two runs may be of one study, such as with other models.
  const names = sources.map(({ input, where }) =>
    sources.filter((other) => other.input.study === input.study).length > 1
      ? `${input.study} in ${where}`
      : input.study,
  );
  return {
    studies: sources.map(({ table }, i) => {
      const { data, models, seeds, splits, asked, seed, resamples } = table;
      return {
        ...{ study: names[i] ?? "", data, models, seeds, splits, seed, resamples },
        ...(asked === undefined ? {} : { asked }),
      };
    }),
    rows: sources.flatMap((source, i) => rowsOf(source, names[i] ?? "")),
  };
}

function rowsOf({ input, where }: TransferSource, study: string): TransferRow[] {
  const arms = inStudyOrder(input).filter(({ train }) => train !== true);
  const references = arms.filter(({ condition }) => condition === transferReference);
  const skills = arms.filter(({ condition }) => condition !== transferReference);
  if (references.length === 0 || skills.length === 0) {
    throw new InputError({
      where,
      problem: `this study has ${references.length === 0 ? `no ${transferReference} arm` : "no skill"}, so nothing can be said of transfer`,
      fix: `Put ${transferReference} and the conditions to compare with it into the study, and run it again.`,
    });
  }
  const bootstrap = seededBootstrap(input.seed);
  const order = (arm: ArmFacts) => input.splits.indexOf(arm.split);
  return [...skills]
    .sort((a, b) => order(a) - order(b) || compareText(a.metric, b.metric))
    .map((arm) => {
      const without = references.find(
        ({ user, split, metric }) =>
          user === arm.user && split === arm.split && metric === arm.metric,
      );
      const asked = input.asked?.find(({ split }) => split === arm.split);
      const { split, metric, condition, mode, author, user } = arm;
      return {
        study,
        domain: asked?.domain ?? null,
        from: asked?.from ?? null,
        ...{ split, metric, condition, mode, author, user },
        own: author === user,
        mean: roundedFraction(meanOf(clustersOf(arm.observations))),
        without: roundedFraction(without && meanOf(clustersOf(without.observations))),
        ...compared(arm, without, bootstrap),
      };
    });
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function compared(arm: ArmFacts, without: ArmFacts | undefined, bootstrap: Bootstrap) {
  const pairs = without && pairsOf(arm.observations, without.observations);
  const absent = whyNoDelta(arm, without, pairs);
  if (pairs === undefined || absent !== undefined) {
    return {
      ...{ delta: null, ci95: null, pairs: pairs?.count ?? null, verdict: null },
      absent: absent ?? null,
    };
  }
  const delta = meanOf(pairs.differences) ?? 0;
  const interval = bootstrap.difference(pairs.differences);
  return {
    delta: roundedFraction(delta),
    ci95: roundedInterval(interval),
    pairs: pairs.count,
    absent: null,
    verdict: verdictOf(delta, interval),
  };
}

function verdictOf(delta: number, interval: Interval | undefined): TransferRow["verdict"] {
  if (interval !== undefined && interval[1] < 0) return "harms";
  if (interval !== undefined && interval[0] > 0) return "helps";
  return delta < 0 ? "lower" : null;
}
