import type { Observation } from "../stats/observations.ts";

/** The tasks of a split, sorted by id, with their groups. */
export interface Panel {
  groups: string[];
  /** Each task's id, and the place of its group in `groups`. */
  tasks: [string, number][];
}

/**
 * The scores of an arm as one text a seed, one character a task in the order of the panel:
 *
 * - `1` passed, `0` failed (scores of exactly 1 and 0);
 * - `?` asked and not graded;
 * - `.` not asked;
 * - `+` a score between, which is the next number of `between`, seed after seed.
 */
export interface ScoreColumns {
  scores: string[];
  between?: number[] | undefined;
}

/** The panel of all tasks that were observed. */
export function panelOf(observations: readonly Observation[]): Panel {
  const groupOf = new Map(observations.map(({ task, group }) => [task, group]));
  const groups = [...new Set(groupOf.values())].sort();
  const place = new Map(groups.map((group, i) => [group, i]));
  const tasks = [...groupOf.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([task, group]): [string, number] => [task, place.get(group) ?? 0]);
  return { groups, tasks };
}

/**
 * Puts observations into columns.
 *
 * @param panel has every observed task.
 * @param seeds has every observed seed; a column for each.
 */
export function scoreColumns(
  observations: readonly Observation[],
  panel: Panel,
  seeds: readonly number[],
): ScoreColumns {
  const scoreOf = new Map<string, number | undefined>();
  for (const { task, seed, score } of observations) scoreOf.set(`${seed} ${task}`, score);
  const between: number[] = [];
  const scores = seeds.map((seed) =>
    panel.tasks
      .map(([task]) => {
        const key = `${seed} ${task}`;
        if (!scoreOf.has(key)) return ".";
        const score = scoreOf.get(key);
        if (score === undefined) return "?";
        if (score === 0 || score === 1) return String(score);
        between.push(score);
        return "+";
      })
      .join(""),
  );
  return between.length === 0 ? { scores } : { scores, between };
}

/**
 * Takes observations out of columns: seed after seed, tasks in the order of the panel.
 *
 * @returns the observations, or what is wrong with the columns.
 */
export function observationsOf(
  { scores, between = [] }: ScoreColumns,
  panel: Panel,
  seeds: readonly number[],
): Observation[] | string {
  if (scores.length !== seeds.length) {
    return `${scores.length} columns of scores for ${seeds.length} seeds`;
  }
  const observations: Observation[] = [];
  let used = 0;
  for (const [s, seed] of seeds.entries()) {
    const column = scores[s] ?? "";
    if (column.length !== panel.tasks.length) {
      return `${column.length} scores for ${panel.tasks.length} tasks with seed ${seed}`;
    }
    for (const [t, [task, g]] of panel.tasks.entries()) {
      const group = panel.groups[g];
      if (group === undefined) return `task "${task}" is in group ${g}, which is not listed`;
      const mark = column[t];
      if (mark === ".") continue;
      const score = mark === "?" ? undefined : mark === "+" ? between[used++] : Number(mark);
      if (mark === "+" && score === undefined) return "fewer scores between 0 and 1 than marks";
      observations.push({ task, group, seed, score });
    }
  }
  return used === between.length ? observations : "more scores between 0 and 1 than marks";
}
