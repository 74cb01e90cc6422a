import type { Habit } from "../../../../harness/contracts/index.ts";
import { harmfulHabits } from "./harmful.ts";
import { placeHabits } from "./places.ts";
import { resultHabits } from "./results.ts";
import { valueHabits } from "./values.ts";

/** Every habit of working on a workbook, by id. */
export const habits: ReadonlyMap<string, Habit> = new Map(
  [...placeHabits, ...valueHabits, ...resultHabits, ...harmfulHabits].map((habit) => [
    habit.id,
    habit,
  ]),
);
