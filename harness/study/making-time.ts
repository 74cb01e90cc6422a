import type { Row } from "../contracts/index.ts";
import type { Cell } from "./execute.ts";

/** Stages that turn lessons into a skill; before them come drafts, rollouts and analyses. */
const stages: ReadonlySet<string> = new Set([
  ...["propose", "merge", "apply", "sequential", "one-shot", "extract"],
]);

/**
 * The wall time that making one skill took, in seconds: the mean over evolutions, of which several may
 * stand behind one skill, of the time in which at least one unit of these stages was under way.
 *
 * @param cells of one arm.
 * @returns undefined where none was run.
 */
export function makingSeconds(cells: readonly Pick<Cell, "resolved">[]): number | undefined {
  const skills = new Map(
    cells.flatMap(({ resolved }) =>
      resolved.made === undefined
        ? []
        : [[resolved.made, resolved.candidates?.length ?? 1] as const],
    ),
  );
  const evolutions = [...skills.values()].reduce((sum, count) => sum + count, 0);
  const runs = [...skills.keys()].flatMap((rows) => {
    const own = rows.filter(({ stage }) => stages.has(stage));
    // Evolutions of one skill differ in their seed and may have run at the same time.
    const seeds = new Set(own.map(({ about }) => about["seed"]));
    return [...seeds].map((seed) => own.filter(({ about }) => about["seed"] === seed));
  });
  if (runs.length === 0) return undefined;
  const milliseconds = runs.reduce((sum, rows) => sum + busyMs(rows), 0);
  return Math.round(milliseconds / evolutions) / 1000;
}

/** The length of the union of the units' times. */
function busyMs(rows: readonly Row[]): number {
  const times = rows
    .map(({ at, elapsedMs }) => [msOf(at) - elapsedMs, msOf(at)] as const)
    .sort(([a], [b]) => a - b);
  let busy = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const [start, end] of times) {
    busy += Math.max(0, end - Math.max(start, until));
    until = Math.max(until, end);
  }
  return busy;
}

function msOf(stamp: string): number {
  // biome-ignore lint/style/noRestrictedGlobals: a stamp is read; nobody asks for the time.
  return Date.parse(stamp);
}
