import type { Size, Subject } from "../../contracts/index.ts";
import type { Mind, Subjects } from "./mind.ts";

/** What a size knows of all subjects. */
export function allKnown(size: Size, subjects: Subjects): ReadonlySet<string> {
  return new Set(subjects.flatMap(({ knows }) => knows[size]));
}

/** What a mind knows of one subject. */
export function knownOf({ knows }: Mind, { habits }: Subject): ReadonlySet<string> {
  return new Set([...knows].filter((habit) => habits.has(habit)));
}
