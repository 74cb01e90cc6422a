import type { Mind, Size } from "./mind.ts";
import type { Subject } from "./subject.ts";
import { subjects } from "./subjects.ts";

/** What a size knows of all subjects. */
export function allKnown(size: Size): ReadonlySet<string> {
  return new Set(subjects.flatMap(({ knows }) => knows[size]));
}

/** What a mind knows of one subject. */
export function knownOf({ knows }: Mind, { habits }: Subject): ReadonlySet<string> {
  return new Set([...knows].filter((habit) => habits.has(habit)));
}
