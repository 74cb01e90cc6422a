import { taskText } from "../conversation.ts";
import type { Role } from "../mind.ts";
import { errorSingleCall } from "./error-single-call.ts";
import { bulletOf, type Lesson, sayJson } from "./lessons.ts";
import { successAnalyst } from "./success-analyst.ts";

/**
 * The part that takes memories out of a trajectory: of a passed one the habits it needed, of a failed
 * one the likeliest habit that would have led elsewhere, each in words of its own.
 */
export const memoryExtract: Role = async (request, mind) => {
  const isPassed = taskText(request).startsWith("The grader passed it.");
  const { text } = await (isPassed ? successAnalyst : errorSingleCall)(request, mind);
  const { memories } = JSON.parse(text) as { readonly memories: readonly Lesson[] };
  return sayJson({
    memories: memories.map((lesson) => ({
      title: lesson.title,
      description: lesson.description,
      content: bulletOf(lesson),
    })),
  });
};
