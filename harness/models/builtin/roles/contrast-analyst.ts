import { taskText } from "../conversation.ts";
import { habitIds, hypotheses, solve } from "../knowledge.ts";
import type { Role } from "../mind.ts";
import { fencesIn } from "./fences.ts";
import { lessonOf, sayJson } from "./lessons.ts";
import { sameAnswer } from "./same-answer.ts";
import { readTrajectory, type SeenTrajectory, sourceOf, tableSeen } from "./trajectory-reading.ts";

/**
 * The part of the contrast analyst: names what the passed episode kept in mind and the failed one did
 * not; where both say the same, a change of habits that leads from one answer to the other.
 */
export const contrastAnalyst: Role = (request, mind) => {
  const [failedText = "", passedText = ""] = fencesIn(taskText(request))
    .filter(({ language }) => language === "markdown")
    .map(({ body }) => body);
  const [failed, passed] = [readTrajectory(failedText), readTrajectory(passedText)];
  const csv = tableSeen(passed, sourceOf(passedText));
  if (csv === "" || sameAnswer(failed.submitted, passed.submitted))
    return sayJson({ memories: [] });
  const [before, after] = [keptInMind(failedText), keptInMind(passedText)];
  const taken = [...after].filter((habit) => !before.has(habit));
  const mattered = taken.filter((habit) => decides(habit, after, passed, csv));
  const learned = mattered.length > 0 ? mattered : guessed(passed, csv, before, mind.knows);
  const memories = learned.slice(0, 3).map((habit) => ({
    ...lessonOf(habit, [failed.decidingStep]),
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

/** Habits that an agent says it keeps in mind. */
function keptInMind(text: string): Set<string> {
  const said = /^I keep in mind: (.+)\.$/m.exec(text)?.[1] ?? "";
  return new Set(said.split(", ").filter((id) => habitIds.includes(id)));
}

/** Whether the passed answer is found with the habits and not without this one. */
function decides(
  habit: string,
  habits: ReadonlySet<string>,
  passed: SeenTrajectory,
  csv: string,
): boolean {
  const without = new Set([...habits].filter((other) => other !== habit));
  const answer = (on: ReadonlySet<string>) => solve(passed.question, csv, on).items;
  return (
    sameAnswer(answer(habits), passed.submitted) && !sameAnswer(answer(without), passed.submitted)
  );
}

/** Habits to take up that lead to the passed answer: where chance led there, what would always lead there. */
function guessed(
  passed: SeenTrajectory,
  csv: string,
  before: ReadonlySet<string>,
  knows: ReadonlySet<string>,
): string[] {
  const habits = new Set([...knows, ...before]);
  for (const one of hypotheses(passed.question, csv, habits))
    if (sameAnswer(one.solution.items, passed.submitted))
      return one.changed.filter((habit) => one.habits.has(habit));
  return [];
}
