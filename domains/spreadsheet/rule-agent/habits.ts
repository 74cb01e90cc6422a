import type { Habit } from "../../../harness/contracts/index.ts";
import { harmfulHabits } from "./habits/harmful.ts";
import { placeHabits } from "./habits/places.ts";
import { resultHabits } from "./habits/results.ts";
import { valueHabits } from "./habits/values.ts";
import type { Job } from "./worker.ts";

const all = [...placeHabits, ...valueHabits, ...resultHabits, ...harmfulHabits];
const conditions = new Map(all.map(({ id, matters }) => [id, matters]));

/** Every habit of working on a workbook, by id. */
export const habits: ReadonlyMap<string, Habit> = new Map(
  all.map(({ matters: _, ...habit }) => [habit.id, { harmful: false, applies: /./, ...habit }]),
);

/** Whether a habit makes a difference to a job that looks at it. */
export function matters(habit: string, job: Omit<Job, "has">): boolean {
  return conditions.get(habit)?.(job) ?? true;
}
