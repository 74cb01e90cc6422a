import { significance } from "./grid.ts";
import { counted, points } from "./numbers.ts";
import { coverageGapMax, type Table } from "./table.ts";

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
