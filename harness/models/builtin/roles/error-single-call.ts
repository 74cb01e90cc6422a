import { taskText } from "../conversation.ts";
import { hypotheses } from "../knowledge.ts";
import type { Role } from "../mind.ts";
import { fencesIn } from "./fences.ts";
import { lessonOf, sayJson } from "./lessons.ts";
import { sameAnswer } from "./same-answer.ts";
import { readTrajectory, sourceOf, tableSeen } from "./trajectory-reading.ts";

/**
 * The part of the single-call error analyst: knows that the answer was wrong and not what is right,
 * so it blames the likeliest habit that would have led to another answer.
 */
export const errorSingleCall: Role = (request, mind) => {
  const text = fencesIn(taskText(request))[0]?.body ?? "";
  const seen = readTrajectory(text);
  const csv = tableSeen(seen, sourceOf(text));
  for (const one of hypotheses(seen.question, csv, mind.knows)) {
    const learned = one.changed.filter((habit) => one.habits.has(habit));
    if (learned.length === 0 || sameAnswer(one.solution.items, seen.submitted)) continue;
    const memories = learned.slice(0, 3).map((habit) => lessonOf(habit, [seen.decidingStep]));
    return sayJson({
      causes: memories.map((lesson) => `It did not do this: ${lesson.do}.`),
      memories,
    });
  }
  return sayJson({ causes: [], memories: [] });
};
