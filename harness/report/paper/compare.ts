import { type Bootstrap, seededBootstrap } from "../../stats/bootstrap.ts";
import { type Estimate, sumOfIndependent } from "../../stats/combined-interval.ts";
import { clustersOf, differencesOf, meanOf, pairsOf, scoresOf } from "../../stats/observations.ts";
import { clustersOfCells } from "../../stats/weighted-cells.ts";
import type { Interval } from "../../stats/wilson.ts";
import { roundedFraction } from "../numbers.ts";
import { type Measured, roundedInterval, whyNoDelta } from "../table.ts";
import type { ArmFacts, TableInput } from "../table-input.ts";
import { averageShares } from "./average.ts";
import type { PaperRow, PaperTable } from "./figures.ts";
import { armFinder } from "./find-arm.ts";
import { paperAverage, paperEstimate } from "./sampling-error.ts";

/**
 * Ours beside the paper's: fractions, rounded to 6 decimals; in a row with something it is against,
 * differences to that. Null stands for "there is none".
 */
export interface Compared {
  readonly paper: number;
  /** Approximated: see `paperEstimate`. */
  readonly paperCi95: Interval;
  readonly ours: number | null;
  readonly oursCi95: Interval | null;
  /** Why ours is missing. */
  readonly absent: string | null;
  /** Ours - the paper's. */
  readonly difference: number | null;
  readonly differenceCi95: Interval | null;
  /** Whether that interval holds 0. */
  readonly compatible: boolean | null;
}

/** A benchmark as a user does on it. */
export interface ComparedCell extends Compared {
  readonly user: string;
  /** The paper's column, which is the study's split. */
  readonly column: string;
  /** What the study measured there. */
  readonly metric: string | null;
  /** Our episodes behind the figure; pairs of a difference. */
  readonly episodes: number | null;
}

export interface ComparedRow {
  /** As the paper calls it, and as the study does. */
  readonly condition: string;
  readonly study: string;
  /** Of our skill, which is also the paper's where the paper says; null where no model wrote it, or the user did. */
  readonly author: string | null;
  readonly mode: "deepening" | "creation" | null;
  readonly against: string | null;
  readonly cells: readonly ComparedCell[];
  /** By the paper's Avg rule; null in a table without an average. */
  readonly avg: Compared | null;
  /** Wall time of making the skill; the paper's, and ours by user; null in a table that has none. */
  readonly minutes: {
    readonly paper: number;
    readonly ours: Readonly<Record<string, number>>;
  } | null;
}

/** A table of the paper with the figures of a study beside it. */
export interface PaperComparison extends Measured {
  readonly paper: PaperTable;
  readonly rows: readonly ComparedRow[];
}

/**
 * Puts a study beside a table of the paper.
 *
 * The study's splits are called as the paper's columns, its models as the paper's users. A difference is
 * paired by task and seed against the same user's arm: of an author's draft against that author's.
 *
 * @param measured of the same facts.
 * @throws {InputError} where the study has no arm of the table.
 */
export function compareWithPaper(
  paper: PaperTable,
  input: TableInput,
  measured: Measured,
  where: string,
): PaperComparison {
  const bootstrap = seededBootstrap(input.seed);
  const find = armFinder(paper, input, where);
  const rows = paper.rows.flatMap((row) =>
    find.authorsOf(row).map((author): ComparedRow => {
      const sides = (user: string, column: string): Sides => ({
        arm: find.arm(row.study, author ?? user, user, column),
        baseline: row.against === null ? null : find.arm(row.against, author ?? user, user, column),
      });
      return {
        condition: row.condition,
        study: row.study,
        author,
        mode: row.mode,
        against: row.against,
        cells: paper.users.flatMap(({ name: user }) =>
          paper.columns.map(({ id: column }) => ({
            user,
            column,
            ...comparedCell(
              paperEstimate(paper, row, user, column),
              sides(user, column),
              bootstrap,
            ),
          })),
        ),
        avg: comparedAverage(paper, row, sides, bootstrap),
        minutes: minutesOf(paper, row, sides),
      };
    }),
  );
  const { study, data, models, seeds, splits, asked, resamples, seed } = measured;
  return {
    ...{ study, data, models, seeds, seed, splits, resamples, paper, rows },
    ...(asked === undefined ? {} : { asked }),
  };
}

/** Our arm, and what it is compared with: null for a plain figure, undefined where it was not run. */
interface Sides {
  readonly arm: ArmFacts | undefined;
  readonly baseline: ArmFacts | undefined | null;
}

function comparedCell(
  estimate: Estimate,
  sides: Sides,
  bootstrap: Bootstrap,
): Omit<ComparedCell, "user" | "column"> {
  const { arm, baseline } = sides;
  const absent = whyAbsent(sides);
  const metric = arm?.metric ?? null;
  if (arm === undefined || absent !== null)
    return { metric, episodes: null, ...compared(estimate, undefined, undefined, absent) };
  if (!baseline) {
    const clusters = clustersOf(arm.observations);
    const episodes = clusters.counts.reduce((sum, count) => sum + count, 0);
    const interval = bootstrap.mean(clusters);
    return { metric, episodes, ...compared(estimate, meanOf(clusters), interval, null) };
  }
  const { differences, count } = pairsOf(arm.observations, baseline.observations);
  const interval = bootstrap.difference(differences);
  return { metric, episodes: count, ...compared(estimate, meanOf(differences), interval, null) };
}

function comparedAverage(
  paper: PaperTable,
  row: PaperRow,
  sidesOf: (user: string, column: string) => Sides,
  bootstrap: Bootstrap,
): Compared | null {
  const printed = paperAverage(paper, row);
  if (printed === undefined) return null;
  const cells = averageShares(paper).map(({ user, column, weight }) => ({
    weight,
    family: paper.columns.find(({ id }) => id === column)?.family,
    sides: sidesOf(user, column),
  }));
  if (cells.some(({ sides }) => whyAbsent(sides) !== null))
    return compared(printed, undefined, undefined, "not all cells of the row");
  // Tasks of a family are the same for all users and for several columns; families have none in common.
  const parts = [...new Set(cells.map(({ family }) => family))].map((family) => {
    const own = cells.filter((cell) => cell.family === family);
    const clusters = clustersOfCells(
      own.map(({ weight, sides: { arm, baseline } }) => ({
        weight,
        values: baseline
          ? differencesOf(arm?.observations ?? [], baseline.observations)
          : scoresOf(arm?.observations ?? []),
      })),
    );
    const value = clusters && meanOf(clusters);
    if (clusters === undefined || value === undefined) throw new Error("an empty cell");
    return {
      weight: own.reduce((sum, { weight }) => sum + weight, 0),
      value,
      interval: row.against === null ? bootstrap.mean(clusters) : bootstrap.difference(clusters),
    };
  });
  const total = parts.reduce((sum, { weight, value }) => sum + weight * value, 0);
  const estimates = parts.flatMap(({ weight, value, interval }) =>
    interval === undefined ? [] : [{ weight, estimate: { value, interval } }],
  );
  const interval =
    estimates.length < parts.length ? undefined : sumOfIndependent(estimates).interval;
  return compared(printed, total, interval, null);
}

/** Why there is no figure of ours; null where there is one. */
function whyAbsent({ arm, baseline }: Sides): string | null {
  if (arm === undefined) return "not run";
  if (baseline !== null) {
    const pairs = baseline && pairsOf(arm.observations, baseline.observations);
    return whyNoDelta(arm, baseline, pairs) ?? null;
  }
  return arm.observations.some(({ score }) => score !== undefined) ? null : "nothing graded";
}

function compared(
  paper: Estimate,
  ours: number | undefined,
  interval: Interval | undefined,
  absent: string | null,
): Compared {
  const apart =
    ours === undefined || interval === undefined
      ? undefined
      : sumOfIndependent([
          { weight: 1, estimate: { value: ours, interval } },
          { weight: -1, estimate: paper },
        ]).interval;
  return {
    paper: roundedFraction(paper.value),
    paperCi95: roundedInterval(paper.interval) as Interval,
    ours: roundedFraction(ours),
    oursCi95: roundedInterval(interval),
    absent,
    difference: ours === undefined ? null : roundedFraction(ours - paper.value),
    differenceCi95: roundedInterval(apart),
    compatible: apart === undefined ? null : apart[0] <= 0 && apart[1] >= 0,
  };
}

function minutesOf(
  paper: PaperTable,
  row: PaperRow,
  sidesOf: (user: string, column: string) => Sides,
): ComparedRow["minutes"] {
  if (row.minutes === undefined) return null;
  const ours = paper.users.flatMap(({ name: user }) => {
    const seconds = paper.columns.flatMap(
      ({ id }) => sidesOf(user, id).arm?.making?.seconds ?? [],
    )[0];
    return seconds === undefined ? [] : [[user, seconds / 60] as const];
  });
  return { paper: row.minutes, ours: Object.fromEntries(ours) };
}
