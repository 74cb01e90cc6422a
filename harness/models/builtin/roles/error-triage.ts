import { taskText } from "../conversation.ts";
import type { Role } from "../mind.ts";
import { candidatesFor, fixOf, referenceItems } from "./error-analyst.ts";
import { type Fence, fencesIn } from "./fences.ts";
import { lessonOf, sayJson } from "./lessons.ts";
import { sameAnswer } from "./same-answer.ts";
import { readTrajectory, sourceOf, tableSeen } from "./trajectory-reading.ts";

/**
 * The part of the analyst who has one call: a fix only where other habits lead to the reference, and
 * nothing where it would have to try.
 */
export const errorTriage: Role = (request, mind) => {
  const fences = fencesIn(taskText(request));
  const under = (test: (fence: Fence) => boolean) => fences.find(test)?.body ?? "";
  const text = under(({ language }) => language === "markdown");
  const seen = readTrajectory(text);
  const reference = referenceItems(under(({ above }) => above === "## The reference"));
  const table = under(({ above }) => above === "### table.csv");
  const csv = table === "" ? tableSeen(seen, sourceOf(text)) : table;
  const skill = under(({ above }) => above.startsWith("### SKILL.md"));
  const [best] = candidatesFor(text, csv, reference, skill, mind);
  const learned = best?.changed.filter((habit) => best.habits.has(habit)) ?? [];
  if (best === undefined || learned.length === 0 || !sameAnswer(best.solution.items, reference))
    return sayJson({ fix: "", causes: [], memories: [] });
  const memories = learned.slice(0, 3).map((habit) => lessonOf(habit, [seen.decidingStep]));
  const causes = memories.map(
    (lesson) => `At step ${seen.decidingStep} it did not do this: ${lesson.do}.`,
  );
  return sayJson({ fix: fixOf(best, text), causes, memories });
};
