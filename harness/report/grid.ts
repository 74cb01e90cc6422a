import { counted, points, range, signedPoints } from "./numbers.ts";
import { coverageGapMax, type Table, type TableRow } from "./table.ts";

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

/** What a caption tells of a table. */
type Measured = Pick<Table, "study" | "data" | "splits" | "asked" | "seeds" | "models">;

/**
 * What was measured, on one line: study, data, real or sample, tasks, groups and seeds.
 *
 * @param name makes a name from a config safe for the format.
 */
export function heading(table: Measured, name: (text: string) => string): string {
  const data = `${name(table.data.name)} (${table.data.real ? "real data" : "sample data"})`;
  const panels = table.splits.map(
    (split) =>
      `${name(split.name)} ${counted(split.tasks, "task")} in ${counted(split.groups, "group")}`,
  );
  const seeds = `${table.seeds.length === 1 ? "seed" : "seeds"} ${table.seeds.join(", ")}`;
  return [`Study ${name(table.study)}: ${data}`, ...panels, seeds].join("; ");
}

/** What stands behind the names of splits and models, one a line. */
export function legend(table: Measured, name: (text: string) => string): string[] {
  const splits = (table.asked ?? []).map(({ split, domain, from, grader, options }) => {
    const chosen = Object.entries(options).map(([option, value]) => `${option} ${value}`);
    return `${split}: ${[`${domain} ${from}`, `graded by ${grader}`, ...chosen].join(", ")}`;
  });
  const models = table.models.map((model) => `${model.name}: ${model.label}`);
  return [...splits, ...models].map(name);
}

/** How to read the table, one paragraph an entry. */
export function footer(table: Table): string[] {
  const tests = table.rows.filter((row) => row.p !== null).length;
  const paragraphs = [
    "A cell: mean of the graded episodes in percent [95% interval]; difference to the named baseline in percentage points [95% interval]; graded / ungraded / asked.",
    `Deltas are against the baseline of the same user and split, over the episodes (task, seed) graded in both arms; none is given where the graded shares differ by more than ${points(coverageGapMax)} points.`,
    `Intervals resample whole groups of tasks, with all their tasks and seeds (${table.resamples} resamples, seed ${table.seed}).`,
  ];
  if (tests > 0) {
    paragraphs.push(
      `* better, ! worse than the baseline: p below ${significance} by flipping the signs of whole groups, after Holm's correction over the ${counted(tests, "test")} of this table.`,
      ...detectable(table),
    );
  }
  return paragraphs;
}

function detectable(table: Table): string[] {
  const effects = table.rows.flatMap((row) => row.minimumDetectableEffect ?? []);
  if (effects.length === 0) return [];
  const low = points(Math.min(...effects));
  const high = points(Math.max(...effects));
  const size = low === high ? low : `${low} to ${high}`;
  return [
    `Smallest true difference found with 80% power, at 5% before the correction: ${size} points, by row.`,
  ];
}

/**
 * Text from configs and data as one harmless line: control characters (escape sequences among
 * them), line ends and invisible format characters (such as those that reverse the direction of
 * reading) are dropped, since a terminal or a reader would obey them.
 */
export function plainText(text: string): string {
  return text.replace(/[\t\r\n]+/g, " ").replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "");
}
