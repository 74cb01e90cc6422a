import type { Habit } from "../../../../harness/contracts/index.ts";
import { algebraHabits } from "./algebra.ts";
import { answerHabits } from "./answers.ts";
import { countingHabits } from "./counting.ts";
import { geometryHabits } from "./geometry.ts";
import { numberHabits } from "./numbers.ts";

/** Every habit of the subject, by id. */
export const habits: ReadonlyMap<string, Habit> = new Map(
  [...numberHabits, ...algebraHabits, ...countingHabits, ...geometryHabits, ...answerHabits].map(
    (habit) => [habit.id, habit],
  ),
);
