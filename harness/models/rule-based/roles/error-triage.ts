import { systemText, taskText } from "../conversation.ts";
import type { Role } from "../mind.ts";
import { takenUp } from "../solving.ts";
import { candidatesFor, habitsWith } from "./candidates.ts";
import { type Fence, fencesIn } from "./fences.ts";
import { fixOf } from "./fix.ts";
import { lessonsOf, sayJson } from "./lessons.ts";
import { caseOf } from "./trajectory-reading.ts";

/**
 * The part of the analyst who has one call: a fix only where other habits lead to the reference, and
 * nothing where it would have to try.
 */
export const errorTriage: Role = async (request, mind) => {
  const fences = fencesIn(taskText(request));
  const under = (test: (fence: Fence) => boolean) => fences.find(test)?.body ?? "";
  const { seen, subject, problem } = await caseOf(
    under(({ language }) => language === "markdown"),
    mind.subjects,
    filesIn(fences),
  );
  const reference = under(({ above }) => above === "## The reference");
  const skill = under(({ above }) => above.startsWith("### SKILL.md"));
  const habits = habitsWith(skill, subject, mind);
  const [best] = candidatesFor(problem, reference, habits, subject);
  const learned = best ? takenUp(best) : [];
  const kind = /\bprove it with advice\b/i.test(systemText(request)) ? "advice" : "command";
  const fix = best && fixOf(best, kind, subject);
  if (!best || !fix || learned.length === 0 || !subject.agrees(best.solution.items, reference))
    return sayJson({ fix: "", causes: [], memories: [] });
  const memories = lessonsOf(learned, subject, seen.decidingStep);
  const causes = memories.map(
    (lesson) => `At step ${seen.decidingStep} it did not do this: ${lesson.do}.`,
  );
  return sayJson({ fix, causes, memories });
};

/** The input files that stand in the prompt, each under a heading with its name. */
function filesIn(fences: readonly Fence[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const { above, body } of fences) {
    const name = /^### (\S+)$/.exec(above)?.[1];
    if (name !== undefined && !files.has(name)) files.set(name, body);
  }
  return files;
}
