import type { Row, Skill, Task } from "../../contracts/index.ts";
import type { Rollout } from "../stages/analyse/analyse.ts";

/** Stage 1 of every baseline: one graded episode of each task with S0, the same units as the parallel preset's. */
export async function rolloutsOf(
  request: { readonly tasks: readonly Task[]; readonly parent: Skill; readonly seed: number },
  deps: { rollout(task: Task, skill: Skill | undefined, seed: number): Promise<Row> },
): Promise<readonly Rollout[]> {
  const { tasks, parent, seed } = request;
  return Promise.all(
    tasks.map(async (task) => ({ task, row: await deps.rollout(task, parent, seed) })),
  );
}
