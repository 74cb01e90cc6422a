import type { Interval } from "../stats/wilson.ts";
import { counted, points, range } from "./numbers.ts";
import type { Measured } from "./table.ts";

/** Adjusted p-values below this are marked. */
export const significance = 0.05;

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

/** A figure with its interval, where it has one: `61.2 [55.0, 67.1]`. */
export function withInterval(figure: string, interval: Interval | null): string {
  return interval === null ? figure : `${figure} ${range(interval)}`;
}

/** ` *` after a significant rise, ` !` after such a fall. */
export function significanceMark(pHolm: number | null, change: number | null): string {
  if (pHolm === null || pHolm >= significance) return "";
  return (change ?? 0) > 0 ? " *" : " !";
}

/** From the least to the greatest effect that rows of a table can find, in points; undefined where none is known. */
export function detectablePoints(
  rows: readonly { readonly minimumDetectableEffect: number | null }[],
): string | undefined {
  const effects = rows.flatMap((row) => row.minimumDetectableEffect ?? []);
  if (effects.length === 0) return undefined;
  const [low, high] = [points(Math.min(...effects)), points(Math.max(...effects))];
  return low === high ? low : `${low} to ${high}`;
}
