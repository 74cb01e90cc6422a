import { groupedBy } from "../../grouped-by.ts";
import { type Estimate, sumAtWorst, sumOfIndependent } from "../../stats/combined-interval.ts";
import { wilsonInterval } from "../../stats/wilson.ts";
import { averageShares } from "./average.ts";
import { figureOf, type PaperRow, type PaperTable } from "./figures.ts";

/**
 * A figure of the paper with an approximate 95% interval, as a fraction.
 *
 * The paper gives no intervals. This one is Wilson's, as if every episode (task and run) were one
 * independent trial that passes or fails: for scores between 0 and 1 that is the most they can vary, and
 * on given tasks repeated runs vary less. How another evolution would have come out is not in it. Of a
 * difference, both sides count as independent, since the paper does not say how its episodes pair.
 */
export function paperEstimate(
  table: PaperTable,
  row: PaperRow,
  user: string,
  column: string,
): Estimate {
  const figure = figureOf(table, row, user, column);
  if (row.against === null) return share(figure, table, column);
  const baseline = share(figureOf(table, againstOf(table, row), user, column), table, column);
  const whole = share(baseline.value + figure, table, column);
  const { interval } = sumOfIndependent([
    { weight: 1, estimate: whole },
    { weight: -1, estimate: baseline },
  ]);
  return { value: figure, interval };
}

/**
 * The printed average of a row with such an interval: columns of one family and user stand on the same
 * tasks and may err together in full, the others are independent.
 */
export function paperAverage(table: PaperTable, row: PaperRow): Estimate | undefined {
  if (row.avg === undefined) return undefined;
  const parts = averageShares(table).map(({ user, column, weight }) => ({
    key: JSON.stringify([user, table.columns.find(({ id }) => id === column)?.family]),
    weight,
    estimate: paperEstimate(table, row, user, column),
  }));
  const { value, interval } = sumOfIndependent(
    [...groupedBy(parts, ({ key }) => key).values()].map((together) => ({
      weight: 1,
      estimate: sumAtWorst(together),
    })),
  );
  const printed = row.avg / 100;
  return {
    value: printed,
    interval: [printed + interval[0] - value, printed + interval[1] - value],
  };
}

function againstOf(table: PaperTable, row: PaperRow): PaperRow {
  const found = table.rows.find(({ study }) => study === row.against);
  if (found === undefined) throw new Error(`${table.table} has no row ${row.against}`);
  return found;
}

function share(value: number, table: PaperTable, column: string): Estimate {
  const benchmark = table.columns.find(({ id }) => id === column);
  if (benchmark === undefined) throw new Error(`no column ${column}`);
  const episodes = benchmark.tasks * benchmark.runs;
  const bounded = Math.min(1, Math.max(0, value));
  return { value: bounded, interval: wilsonInterval(bounded * episodes, episodes) };
}
