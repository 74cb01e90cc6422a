import { taskText } from "../conversation.ts";
import { knownOf } from "../knowing.ts";
import type { Role } from "../mind.ts";
import { hypotheses } from "../solving.ts";
import { subjectOf } from "../subjects.ts";
import { fencesIn } from "./fences.ts";
import { lessonOf, sayJson } from "./lessons.ts";
import { readTrajectory } from "./trajectory-reading.ts";

/**
 * The part of the single-call error analyst: knows that the answer was wrong and not what is right,
 * so it blames the likeliest habit that would have led to another answer.
 */
export const errorSingleCall: Role = async (request, mind) => {
  const seen = readTrajectory(fencesIn(taskText(request))[0]?.body ?? "");
  const subject = subjectOf(seen.task, mind.subjects);
  const { problem, answered } = await subject.recall(seen);
  for (const one of hypotheses(problem, knownOf(mind, subject))) {
    const learned = one.changed.filter((habit) => one.habits.has(habit));
    if (learned.length === 0 || subject.same(one.solution.items, answered)) continue;
    const memories = learned
      .slice(0, 3)
      .map((habit) => lessonOf(habit, subject, [seen.decidingStep]));
    return sayJson({
      causes: memories.map((lesson) => `It did not do this: ${lesson.do}.`),
      memories,
    });
  }
  return sayJson({ causes: [], memories: [] });
};
