import { taskText } from "../conversation.ts";
import { knownOf, type Role } from "../mind.ts";
import { hypotheses, takenUp } from "../solving.ts";
import { fencesIn } from "./fences.ts";
import { lessonsOf, sayJson } from "./lessons.ts";
import { caseOf } from "./trajectory-reading.ts";

/**
 * The part of the single-call error analyst: knows that the answer was wrong and not what is right,
 * so it blames the likeliest habit that would have led to another answer.
 */
export const errorSingleCall: Role = async (request, mind) => {
  const text = fencesIn(taskText(request))[0]?.body ?? "";
  const { seen, subject, problem, answered } = await caseOf(text, mind.subjects);
  for (const one of hypotheses(problem, knownOf(mind, subject))) {
    if (takenUp(one).length === 0 || subject.same(one.solution.items, answered)) continue;
    const memories = lessonsOf(takenUp(one), subject, seen.decidingStep);
    return sayJson({
      causes: memories.map((lesson) => `It did not do this: ${lesson.do}.`),
      memories,
    });
  }
  return sayJson({ causes: [], memories: [] });
};
