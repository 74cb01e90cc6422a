import type { Habit } from "../../../harness/contracts/index.ts";
import { cellHabits } from "./habits/cells.ts";
import { harmfulHabits } from "./habits/harmful.ts";
import { placeHabits } from "./habits/places.ts";

/** A habit as it is written down; without `applies` any task may need it. */
export type HabitText = Omit<Habit, "harmful" | "applies"> & { readonly applies?: RegExp };

const good = [...placeHabits, ...cellHabits].map((habit) => ({ ...habit, harmful: false }));
const bad = harmfulHabits.map((habit) => ({ ...habit, harmful: true }));

/** Every habit of working on a workbook, by id. */
export const habits: ReadonlyMap<string, Habit> = new Map(
  [...good, ...bad].map((habit) => [habit.id, { applies: /./, ...habit }]),
);
