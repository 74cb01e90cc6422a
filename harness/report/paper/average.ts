import { figureOf, type PaperRow, type PaperTable } from "./figures.ts";

/** A cell's share of a row's average. */
export interface Share {
  readonly user: string;
  readonly column: string;
  readonly weight: number;
}

/**
 * The paper's Avg rule: the mean of the means of its two families of tasks, each over
 * all its columns and users, so that a family of three columns weighs no more than one of one column.
 *
 * @returns a share for every cell of a row; they add up to 1.
 */
export function averageShares({
  columns,
  users,
}: Pick<PaperTable, "columns" | "users">): readonly Share[] {
  const families = new Set(columns.map(({ family }) => family)).size;
  return users.flatMap(({ name: user }) =>
    columns.map(({ id, family }) => {
      const alike = columns.filter((column) => column.family === family).length;
      return { user, column: id, weight: 1 / (families * alike * users.length) };
    }),
  );
}

/** Whether the table has an average; its columns are then all of one scale. */
export function hasAverage(table: PaperTable): boolean {
  return table.rows.some(({ avg }) => avg !== undefined);
}

/** The average of a row by the rule, from the figures of its cells, in percent. */
export function recomputedAverage(table: PaperTable, row: PaperRow): number {
  return averageShares(table).reduce(
    (sum, { user, column, weight }) => sum + 100 * weight * figureOf(table, row, user, column),
    0,
  );
}
