import { taskText } from "../conversation.ts";
import { knownOf, type Role } from "../mind.ts";
import { hypotheses, solve, takenUp, without } from "../solving.ts";
import { keptInMind } from "../turns.ts";

import { fencesIn } from "./fences.ts";
import { lessonsOf, sayJson } from "./lessons.ts";
import { type Case, caseOf, readTrajectory } from "./trajectory-reading.ts";

/**
 * The part of the contrast analyst: names what the passed episode kept in mind and the failed one did
 * not; where both say the same, a change of habits that leads from one answer to the other.
 */
export const contrastAnalyst: Role = async (request, mind) => {
  const [failedText = "", passedText = ""] = fencesIn(taskText(request))
    .filter(({ language }) => language === "markdown")
    .map(({ body }) => body);
  const failed = readTrajectory(failedText);
  const passed = await caseOf(passedText, mind.subjects);
  const { subject } = passed;
  const { answered } = await subject.recall(failed);
  if (!passed.problem.isSeen || subject.same(answered, passed.answered))
    return sayJson({ memories: [] });
  const [before, after] = [failedText, passedText].map(
    (text) => new Set(keptInMind(text).filter((habit) => subject.habits.has(habit))),
  ) as [Set<string>, Set<string>];
  const taken = [...after].filter((habit) => !before.has(habit));
  const mattered = taken.filter((habit) => decides(habit, after, passed));
  const learned =
    mattered.length > 0
      ? mattered
      : guessed(passed, new Set([...knownOf(mind, subject), ...before]));
  const step = passed.seen.decidingStep;
  const memories = lessonsOf(learned, subject, failed.decidingStep).map((lesson) => ({
    ...lesson,
    passed_steps: [step],
  }));
  const what = memories.map((lesson) => lesson.do).join("; ");
  return sayJson({
    divergence: {
      failed_step: failed.decidingStep,
      passed_step: step,
      what: `Only the passed one did this: ${what}.`,
    },
    memories,
  });
};

/** Whether the passed answer is found with the habits and not without this one. */
function decides(
  habit: string,
  habits: ReadonlySet<string>,
  { problem, answered, subject }: Case,
): boolean {
  const answers = (on: ReadonlySet<string>) => subject.same(solve(problem, on).items, answered);
  return answers(habits) && !answers(without(habits, habit));
}

/** Habits to take up that lead to the passed answer: where chance led there, what would always lead there. */
function guessed({ problem, answered, subject }: Case, habits: ReadonlySet<string>): string[] {
  for (const one of hypotheses(problem, habits))
    if (subject.same(one.solution.items, answered)) return takenUp(one);
  return [];
}
