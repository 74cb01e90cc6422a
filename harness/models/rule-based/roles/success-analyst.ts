import { taskText } from "../conversation.ts";
import { knownOf, type Role } from "../mind.ts";
import { hypotheses, solve, without } from "../solving.ts";
import { fencesIn } from "./fences.ts";
import { lessonsOf, sayJson } from "./lessons.ts";
import { type Case, caseOf } from "./trajectory-reading.ts";

/**
 * The part of the success analyst: answers the question itself with what the trajectory shows of the
 * material, and names the habits without which it does not come to the submitted answer.
 */
export const successAnalyst: Role = async (request, mind) => {
  const text = fencesIn(taskText(request))[0]?.body ?? "";
  const one = await caseOf(text, mind.subjects);
  if (!one.problem.isSeen) return sayJson({ memories: [] });
  const needed = neededHabits(one, knownOf(mind, one.subject));
  return sayJson({ memories: lessonsOf(needed, one.subject, one.seen.decidingStep) });
};

function neededHabits(one: Case, knows: ReadonlySet<string>): readonly string[] {
  const { problem, answered, subject } = one;
  const answers = (on: ReadonlySet<string>) => subject.same(solve(problem, on).items, answered);
  const habits = answers(knows) ? knows : otherHabits(one, knows);
  if (habits === undefined) return [];
  return solve(problem, habits).used.filter((habit) => !answers(without(habits, habit)));
}

/** Habits that lead to the submitted answer, a few of them changed. */
function otherHabits(
  { problem, answered, subject }: Case,
  knows: ReadonlySet<string>,
): ReadonlySet<string> | undefined {
  for (const one of hypotheses(problem, knows))
    if (subject.same(one.solution.items, answered)) return one.habits;
  return undefined;
}
