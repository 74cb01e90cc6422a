import { points, range, signedPoints } from "./numbers.ts";
import type { Table, TableRow } from "./table.ts";

/** Adjusted p-values below this are marked. */
export const significance = 0.05;

/** The table as people read it: a line a condition and author, a column a user and split. */
export interface Grid {
  readonly columns: readonly string[];
  readonly lines: readonly GridLine[];
}

export interface GridLine {
  readonly condition: string;
  /** Empty where no model wrote the skill. */
  readonly author: string;
  /** In the order of the columns; undefined where the arm was not run. */
  readonly cells: readonly (GridCell | undefined)[];
}

/** The texts of a cell, one below the other. */
export interface GridCell {
  /** `61.2 [55.0, 67.1]`, in percent. */
  readonly mean: string;
  /** `+5.1 [1.2, 9.0] * vs no-skill`, in percentage points, or why there is none; empty for a baseline. */
  readonly delta: string;
  /** `598 / 2 / 600`: graded, ungraded, asked. */
  readonly counts: string;
}

/**
 * Arranges the rows of a table.
 *
 * @param name makes a name from a config safe for the format; all else in the texts is ours.
 */
export function gridOf(table: Table, name: (text: string) => string): Grid {
  const severalMetrics = new Set(table.rows.map((row) => row.metric)).size > 1;
  const columnOf = (row: TableRow) => JSON.stringify([row.user, row.split, row.metric]);
  const columns = distinct(orderedByUser(table), columnOf);
  const lines = distinct(table.rows, (row) => JSON.stringify([row.condition, row.author]));
  return {
    columns: columns.map(([{ user, split, metric }]) => {
      const label = `${name(user)} on ${name(split)}`;
      return severalMetrics ? `${label}, ${name(metric)}` : label;
    }),
    lines: lines.map((rows) => ({
      condition: name(rows[0].condition),
      author: rows[0].author === null ? "" : name(rows[0].author),
      cells: columns.map(([column]) => {
        const row = rows.find((candidate) => columnOf(candidate) === columnOf(column));
        return row && cellOf(row, name);
      }),
    })),
  };
}

function cellOf(row: TableRow, name: (text: string) => string): GridCell {
  return {
    mean: row.mean === null ? "nothing graded" : withInterval(points(row.mean), row.ci95),
    delta: deltaText(row, name),
    counts: `${row.graded} / ${row.ungraded} / ${row.n}`,
  };
}

function deltaText(row: TableRow, name: (text: string) => string): string {
  if (row.baseline === null) return "";
  if (row.delta === null) return `no delta: ${row.deltaAbsent}`;
  const other = row.baselineAuthor === null || row.baselineAuthor === row.author;
  const against = other ? "" : ` by ${name(row.baselineAuthor ?? "")}`;
  if (row.sameSkill) return `0.0, the same skill as ${name(row.baseline)}${against}`;
  const figures = withInterval(signedPoints(row.delta), row.deltaCi95);
  return [figures, mark(row), `vs ${name(row.baseline)}${against}`].filter(Boolean).join(" ");
}

function mark(row: TableRow): string {
  if (row.pHolm === null || row.pHolm >= significance) return "";
  return (row.delta ?? 0) > 0 ? "*" : "!";
}

function withInterval(figure: string, interval: readonly [number, number] | null): string {
  return interval === null ? figure : `${figure} ${range(interval)}`;
}

/** Rows of the same key together, in the order in which the keys first come. */
function distinct(
  rows: readonly TableRow[],
  key: (row: TableRow) => string,
): [TableRow, ...TableRow[]][] {
  const groups = new Map<string, [TableRow, ...TableRow[]]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group === undefined) groups.set(key(row), [row]);
    else group.push(row);
  }
  return [...groups.values()];
}

/** Users, then splits, in the study's order: a line may lack a column that a later one has. */
function orderedByUser(table: Table): TableRow[] {
  const users = table.models.map((model) => model.name);
  const splits = table.splits.map((split) => split.name);
  return [...table.rows].sort(
    (a, b) =>
      users.indexOf(a.user) - users.indexOf(b.user) ||
      splits.indexOf(a.split) - splits.indexOf(b.split) ||
      (a.metric === b.metric ? 0 : a.metric < b.metric ? -1 : 1),
  );
}
