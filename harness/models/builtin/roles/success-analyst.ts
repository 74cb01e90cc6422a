import { taskText } from "../conversation.ts";
import { hypotheses, solve } from "../knowledge.ts";
import type { Role } from "../mind.ts";
import { fencesIn } from "./fences.ts";
import { lessonOf, sayJson } from "./lessons.ts";
import { sameAnswer } from "./same-answer.ts";
import { readTrajectory, type SeenTrajectory, sourceOf, tableSeen } from "./trajectory-reading.ts";

/**
 * The part of the success analyst: answers the question itself on the table that the trajectory
 * shows, and names the habits without which it does not come to the submitted answer.
 */
export const successAnalyst: Role = (request, mind) => {
  const text = fencesIn(taskText(request))[0]?.body ?? "";
  const seen = readTrajectory(text);
  const csv = tableSeen(seen, sourceOf(text));
  if (csv === "") return sayJson({ memories: [] });
  const needed = neededHabits(seen, csv, mind.knows);
  return sayJson({
    memories: needed.slice(0, 3).map((habit) => lessonOf(habit, [seen.decidingStep])),
  });
};

function neededHabits(seen: SeenTrajectory, csv: string, knows: ReadonlySet<string>): string[] {
  const answers = (habits: ReadonlySet<string>) => solve(seen.question, csv, habits);
  const habits = habitsBehind(seen, csv, knows);
  if (habits === undefined) return [];
  return answers(habits).used.filter((habit) => {
    const without = new Set([...habits].filter((other) => other !== habit));
    return !sameAnswer(answers(without).items, seen.submitted);
  });
}

/** Habits that lead to the submitted answer: its own, or those with a few changed. */
function habitsBehind(
  seen: SeenTrajectory,
  csv: string,
  knows: ReadonlySet<string>,
): ReadonlySet<string> | undefined {
  if (sameAnswer(solve(seen.question, csv, knows).items, seen.submitted)) return knows;
  for (const one of hypotheses(seen.question, csv, knows))
    if (sameAnswer(one.solution.items, seen.submitted)) return one.habits;
  return undefined;
}
