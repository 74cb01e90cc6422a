import type { Recalled, SeenTrajectory, Subject } from "../../../contracts/index.ts";
import type { Subjects } from "../mind.ts";
import { likeliest, solve, without } from "../solving.ts";
import { subjectOf } from "../subjects.ts";
import { lessonsOf, type WordedLesson } from "./lessons.ts";
import { seenTrajectory } from "./trajectory-reading.ts";

/** A trajectory of an analyst's request, and what its subject makes of it. */
export interface Case extends Recalled {
  readonly seen: SeenTrajectory;
  readonly subject: Subject;
}

/** Reads the trajectory of a request. @param files as for `readTrajectory`. */
export async function caseOf(
  text: string,
  subjects: Subjects,
  files?: ReadonlyMap<string, string>,
): Promise<Case> {
  const seen = seenTrajectory(text, files);
  const subject = subjectOf(seen.task, subjects);
  return { seen, subject, ...(await subject.recall(seen)) };
}

/** Whether the submitted answer is found with these habits. */
export function isFoundWith(
  { problem, answered, subject }: Case,
  on: ReadonlySet<string>,
): boolean {
  return subject.same(solve(problem, on).items, answered);
}

/** Habits without which the submitted answer is lost, for who has these, or a few of them changed. */
export function neededHabits(one: Case, knows: ReadonlySet<string>): readonly string[] {
  const { problem, answered, subject } = one;
  const habits = isFoundWith(one, knows)
    ? knows
    : likeliest(problem, knows, ({ solution }) => subject.same(solution.items, answered))?.habits;
  if (habits === undefined || !problem.isSeen) return [];
  return solve(problem, habits).used.filter((habit) => !isFoundWith(one, without(habits, habit)));
}

/** What an analyst writes of habits that its trajectory lacked or needed, and the cause for each that it lacked. */
export function findings(
  habits: readonly string[],
  { subject, seen: { decidingStep: step } }: Pick<Case, "subject" | "seen">,
): { causes: string[]; memories: WordedLesson[] } {
  const memories = lessonsOf(habits, subject, step);
  const causes = memories.map((lesson) => `At step ${step} it did not do this: ${lesson.do}.`);
  return { causes, memories };
}
