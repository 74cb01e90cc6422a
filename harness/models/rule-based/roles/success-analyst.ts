import type { Recalled, Subject } from "../../../contracts/index.ts";
import { taskText } from "../conversation.ts";
import { knownOf } from "../knowing.ts";
import type { Role } from "../mind.ts";
import { hypotheses, solve } from "../solving.ts";

import { subjectOf } from "../subjects.ts";
import { fencesIn } from "./fences.ts";
import { lessonOf, sayJson } from "./lessons.ts";
import { readTrajectory } from "./trajectory-reading.ts";

/**
 * The part of the success analyst: answers the question itself with what the trajectory shows of the
 * material, and names the habits without which it does not come to the submitted answer.
 */
export const successAnalyst: Role = async (request, mind) => {
  const seen = readTrajectory(fencesIn(taskText(request))[0]?.body ?? "");
  const subject = subjectOf(seen.task, mind.subjects);
  const recalled = await subject.recall(seen);
  if (!recalled.problem.isSeen) return sayJson({ memories: [] });
  const needed = neededHabits(recalled, knownOf(mind, subject), subject);
  return sayJson({
    memories: needed.slice(0, 3).map((habit) => lessonOf(habit, subject, [seen.decidingStep])),
  });
};

function neededHabits(
  recalled: Recalled,
  knows: ReadonlySet<string>,
  subject: Subject,
): readonly string[] {
  const { problem, answered } = recalled;
  const habits = habitsBehind(recalled, knows, subject);
  if (habits === undefined) return [];
  return solve(problem, habits).used.filter((habit) => {
    const without = new Set([...habits].filter((other) => other !== habit));
    return !subject.same(solve(problem, without).items, answered);
  });
}

/** Habits that lead to the submitted answer: its own, or those with a few changed. */
function habitsBehind(
  { problem, answered }: Recalled,
  knows: ReadonlySet<string>,
  subject: Subject,
): ReadonlySet<string> | undefined {
  if (subject.same(solve(problem, knows).items, answered)) return knows;
  for (const one of hypotheses(problem, knows))
    if (subject.same(one.solution.items, answered)) return one.habits;
  return undefined;
}
