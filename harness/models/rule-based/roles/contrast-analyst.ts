import type { Recalled, Subject } from "../../../contracts/index.ts";
import { taskText } from "../conversation.ts";
import { knownOf } from "../knowing.ts";
import type { Role } from "../mind.ts";
import { hypotheses, solve } from "../solving.ts";
import { subjectOf } from "../subjects.ts";
import { keptInMind } from "../turns.ts";

import { fencesIn } from "./fences.ts";
import { lessonOf, sayJson } from "./lessons.ts";
import { readTrajectory } from "./trajectory-reading.ts";

/**
 * The part of the contrast analyst: names what the passed episode kept in mind and the failed one did
 * not; where both say the same, a change of habits that leads from one answer to the other.
 */
export const contrastAnalyst: Role = async (request, mind) => {
  const [failedText = "", passedText = ""] = fencesIn(taskText(request))
    .filter(({ language }) => language === "markdown")
    .map(({ body }) => body);
  const [failed, passed] = [readTrajectory(failedText), readTrajectory(passedText)];
  const subject = subjectOf(passed.task, mind.subjects);
  const recalled = await subject.recall(passed);
  const { answered } = await subject.recall(failed);
  if (!recalled.problem.isSeen || subject.same(answered, recalled.answered))
    return sayJson({ memories: [] });
  const [before, after] = [failedText, passedText].map(
    (text) => new Set(keptInMind(text).filter((habit) => subject.habits.has(habit))),
  ) as [Set<string>, Set<string>];
  const taken = [...after].filter((habit) => !before.has(habit));
  const mattered = taken.filter((habit) => decides(habit, after, recalled, subject));
  const learned =
    mattered.length > 0
      ? mattered
      : guessed(recalled, new Set([...knownOf(mind, subject), ...before]), subject);
  const memories = learned.slice(0, 3).map((habit) => ({
    ...lessonOf(habit, subject, [failed.decidingStep]),
    passed_steps: [passed.decidingStep],
  }));
  const what = memories.map((lesson) => lesson.do).join("; ");
  return sayJson({
    divergence: {
      failed_step: failed.decidingStep,
      passed_step: passed.decidingStep,
      what: `Only the passed one did this: ${what}.`,
    },
    memories,
  });
};

/** Whether the passed answer is found with the habits and not without this one. */
function decides(
  habit: string,
  habits: ReadonlySet<string>,
  { problem, answered }: Recalled,
  subject: Subject,
): boolean {
  const without = new Set([...habits].filter((other) => other !== habit));
  const answers = (on: ReadonlySet<string>) => subject.same(solve(problem, on).items, answered);
  return answers(habits) && !answers(without);
}

/** Habits to take up that lead to the passed answer: where chance led there, what would always lead there. */
function guessed(
  { problem, answered }: Recalled,
  habits: ReadonlySet<string>,
  subject: Subject,
): string[] {
  for (const one of hypotheses(problem, habits))
    if (subject.same(one.solution.items, answered))
      return one.changed.filter((habit) => one.habits.has(habit));
  return [];
}
