import type { ModelRequest } from "../../../contracts/index.ts";
import { systemText, taskText } from "../conversation.ts";
import { knownOf, type Mind, type Role } from "../mind.ts";
import { likeliest, takenUp, without } from "../solving.ts";
import { keptInMind } from "../turns.ts";
import { type Case, caseOf, findings, isFoundWith, neededHabits } from "./case.ts";
import { fencesIn } from "./fences.ts";
import { candidatesFor, fixOf, habitsWith } from "./fix.ts";
import { bulletOf, lessonsOf, sayJson } from "./lessons.ts";
import { shownIn } from "./trajectory-reading.ts";

/** The trajectory that stands first in a request. */
function shownCase(request: ModelRequest, { subjects }: Mind): Promise<Case> {
  return caseOf(fencesIn(taskText(request))[0]?.body ?? "", subjects);
}

/** Habits without which an agent that knows what this one does would not come to the submitted answer. */
async function successHabits(request: ModelRequest, mind: Mind) {
  const one = await shownCase(request, mind);
  return { one, habits: neededHabits(one, knownOf(mind, one.subject)) };
}

/** The likeliest habits that would have led to another answer than the one that is known to be wrong. */
async function errorHabits(request: ModelRequest, mind: Mind) {
  const one = await shownCase(request, mind);
  const { subject, problem, answered } = one;
  const other = likeliest(
    problem,
    knownOf(mind, subject),
    (way) => takenUp(way).length > 0 && !subject.same(way.solution.items, answered),
  );
  return { one, habits: other ? takenUp(other) : [] };
}

/** The part of the success analyst: names the habits without which the answer would have been another. */
export const successAnalyst: Role = async (request, mind) => {
  const { one, habits } = await successHabits(request, mind);
  return sayJson({ memories: findings(habits, one).memories });
};

/** The part of the single-call error analyst, who knows that an answer was wrong and not what is right. */
export const errorSingleCall: Role = async (request, mind) => {
  const { one, habits } = await errorHabits(request, mind);
  return sayJson(findings(habits, one));
};

/** The part that takes memories out of a trajectory, passed or failed, each in words of its own. */
export const memoryExtract: Role = async (request, mind) => {
  const isPassed = taskText(request).startsWith("The grader passed it.");
  const { one, habits } = await (isPassed ? successHabits : errorHabits)(request, mind);
  return sayJson({
    memories: findings(habits, one).memories.map((lesson) => ({
      title: lesson.title,
      description: lesson.description,
      content: bulletOf(lesson),
    })),
  });
};

/**
 * The part of the analyst who has one call: a fix only where other habits lead to the reference, and
 * nothing where it would have to try.
 */
export const errorTriage: Role = async (request, mind) => {
  const { trajectory, reference, skill, files } = shownIn(taskText(request));
  const one = await caseOf(trajectory, mind.subjects, files);
  const { subject, problem } = one;
  const [best] = candidatesFor(problem, reference, habitsWith(skill, subject, mind), subject);
  const learned = best ? takenUp(best) : [];
  const kind = /\bprove it with advice\b/i.test(systemText(request)) ? "advice" : "command";
  const fix = best && fixOf(best, kind, subject);
  if (!best || !fix || learned.length === 0 || !subject.agrees(best.solution.items, reference))
    return sayJson({ fix: "", causes: [], memories: [] });
  return sayJson({ fix, ...findings(learned, one) });
};

/**
 * The part of the contrast analyst: names what the passed episode kept in mind and the failed one did
 * not; where both say the same, a change of habits that leads from one answer to the other.
 */
export const contrastAnalyst: Role = async (request, mind) => {
  const [failedText = "", passedText = ""] = fencesIn(taskText(request))
    .filter(({ language }) => language === "markdown")
    .map(({ body }) => body);
  const failed = await caseOf(failedText, mind.subjects);
  const passed = await caseOf(passedText, mind.subjects);
  const { subject, problem, answered } = passed;
  if (!problem.isSeen || subject.same(failed.answered, answered)) return sayJson({ memories: [] });
  const [before, after] = [failedText, passedText].map(
    (text) => new Set(keptInMind(text).filter((habit) => subject.habits.has(habit))),
  ) as [Set<string>, Set<string>];
  const mattered = isFoundWith(passed, after)
    ? [...after].filter((one) => !before.has(one) && !isFoundWith(passed, without(after, one)))
    : [];
  const known = new Set([...knownOf(mind, subject), ...before]);
  const other = () =>
    likeliest(problem, known, ({ solution }) => subject.same(solution.items, answered));
  const way = mattered.length > 0 ? undefined : other();
  const [failedStep, passedStep] = [failed.seen.decidingStep, passed.seen.decidingStep];
  const memories = lessonsOf(way ? takenUp(way) : mattered, subject, failedStep);
  const what = memories.map((lesson) => lesson.do).join("; ");
  return sayJson({
    divergence: {
      failed_step: failedStep,
      passed_step: passedStep,
      what: `Only the passed one did this: ${what}.`,
    },
    memories: memories.map((lesson) => ({ ...lesson, passed_steps: [passedStep] })),
  });
};
