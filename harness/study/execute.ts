import type { JsonObject, Row, Task, Unit } from "../contracts/index.ts";
import type { Arm } from "./arms.ts";
import type { StudyContext } from "./context.ts";
import type { StudyRunner } from "./runner.ts";
import type { ResolvedSkill } from "./skill-sources.ts";
import { type StudyWork, skillAt, studyWork } from "./work.ts";

/** What a table needs to know of an episode. */
export interface EpisodeFacts extends Pick<Row, "about" | "grade" | "spent"> {
  /** Of the row's result; what was collected for the grader is too much to keep. */
  readonly ending: JsonObject;
}

/** An arm at one seed: what its episodes were given, and how they went. */
export interface Cell {
  readonly arm: Arm;
  readonly seed: number;
  readonly resolved: ResolvedSkill;
  readonly tasks: readonly Task[];
  /** The samples of every task, in the order of `tasks`. */
  readonly episodes: readonly (readonly EpisodeFacts[])[];
}

/** A unit with the place that its row has in a cell. */
interface Job {
  readonly unit: Unit;
  readonly samples: EpisodeFacts[];
  readonly sample: number;
}

/**
 * Runs a study: evolves what it needs, then evaluates every arm on its held-out split.
 *
 * Episodes of all arms are interleaved, task by task, so that whatever drifts at an endpoint
 * reaches all arms alike.
 *
 * @param onStage told of each part as it begins, with its number of units where it is known.
 */
export async function runStudy(
  context: StudyContext,
  runner: StudyRunner,
  onStage: (name: string, units: number | undefined) => void,
): Promise<readonly Cell[]> {
  const work = studyWork(context, runner);
  onStage("evolve skills", undefined);
  const cells = await openCells(work, context.study.seeds);
  onStage(
    "evaluate",
    cells.reduce((sum, cell) => sum + cell.tasks.length * samplesOf(cell, work), 0),
  );
  await runner.runAll(interleaved(cells, work), (row, { samples, sample }) => {
    const { about, grade, spent } = row;
    const { evidence: _, ...ending } = row.result;
    samples[sample] = { about, spent, ending, ...(grade === undefined ? {} : { grade }) };
  });
  return cells;
}

/** Every arm at every seed with its skill, and no episode yet. */
function openCells(work: StudyWork, seeds: readonly number[]) {
  return Promise.all(
    seeds.flatMap((seed) =>
      work.arms.map(async (arm) => {
        const tasks = work.tasksOf(arm);
        const episodes: EpisodeFacts[][] = tasks.map(() => []);
        return { arm, seed, resolved: await work.skillOf(arm.source, seed), tasks, episodes };
      }),
    ),
  );
}

type OpenCell = Awaited<ReturnType<typeof openCells>>[number];

function samplesOf({ arm }: Cell, work: StudyWork): number {
  return work.split(arm.split).samples;
}

/** Units of all cells, one task after another, every arm of a task before the next task. */
function* interleaved(cells: readonly OpenCell[], work: StudyWork): Iterable<Job> {
  const longest = Math.max(0, ...cells.map(({ tasks }) => tasks.length));
  for (let i = 0; i < longest; i++) {
    for (const cell of cells) {
      const { arm, seed, resolved, tasks, episodes } = cell;
      const [task, samples] = [tasks[i], episodes[i]];
      if (task === undefined || samples === undefined) continue;
      const rollout = work.rolloutOf(arm.user, work.split(arm.split));
      for (let sample = 0; sample < samplesOf(cell, work); sample++)
        yield { unit: rollout(task, skillAt(resolved, task), seed, sample), samples, sample };
    }
  }
}
