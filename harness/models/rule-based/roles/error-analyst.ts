import type { ModelRequest, RoleTurn, Subject } from "../../../contracts/index.ts";
import { imagesOf, observations, taskText } from "../conversation.ts";
import type { Role } from "../mind.ts";
import { type Hypothesis, takenUp } from "../solving.ts";
import { subjectOf } from "../subjects.ts";
import { bash, say } from "../turns.ts";
import { candidatesFor, habitsWith } from "./candidates.ts";
import { type FixKind, fixKindOf, fixOf } from "./fix.ts";
import { lessonsOf } from "./lessons.ts";
import { readTrajectory } from "./trajectory-reading.ts";

/** Fixes it tries before it gives up; one of advice costs an episode. */
const tries: Readonly<Record<FixKind, number>> = { command: 8, advice: 3 };

/** Commands it reads the material with. */
const pages = 13;

const files = ["cat trajectory.md", "cat reference.txt", "cat skill/SKILL.md"] as const;

/**
 * The part of the error analyst: answers the question again with other habits, one after the other,
 * until the harness has seen a fix pass, and teaches the habits that made the difference.
 *
 * It reads the reference to try first what agrees with it; whether a fix passes is not its to say.
 */
export const errorAnalyst: Role = async (request, mind) => {
  const task = taskText(request);
  const subject = subjectOf(task, mind.subjects);
  const observed = observations(request);
  const [trajectoryText, reference, skill] = files.map(
    (file) => observed.find(({ command }) => command === file)?.text ?? "",
  ) as [string, string, string];
  const trajectory = readTrajectory(trajectoryText);
  const desk = { task, images: imagesOf(request), observed, trajectory };
  const { problem, next } = await subject.study(desk);
  if (observed.length === 0)
    return say(
      `I read what happened, and ${subject.material}.`,
      [...files, ...(next === undefined ? [] : [next])].map((command, i) =>
        bash(command, `a0-${i}`),
      ),
    );
  if (next !== undefined && observed.length < files.length + pages)
    return say(`There is more of ${subject.material} to read.`, [
      bash(next, `a${observed.length}`),
    ]);

  const kind = fixKindOf(request);
  const fixes = fixesOf(
    candidatesFor(problem, reference, habitsWith(skill, subject, mind), subject),
    kind,
    subject,
  );
  const attempts = fixesTried(request, kind);
  const passed = attempts.find(({ verdict }) => verdict.startsWith("PASS"));
  if (passed) {
    const proven = fixes.find(({ fix }) => fix === passed.fix)?.by;
    return handIn(proven, trajectory.decidingStep, subject);
  }
  const attempt = fixes[attempts.length];
  if (attempt === undefined || attempts.length >= tries[kind]) return handIn(undefined, 0, subject);
  return say(`Perhaps it was this: ${attempt.by.changed.join(", ")}.`, [
    { id: `t${attempts.length}`, name: "try_fix", arguments: { [kind]: attempt.fix } },
  ]);
};

interface Proof {
  readonly by: Hypothesis;
  readonly fix: string;
}

function fixesOf(candidates: readonly Hypothesis[], kind: FixKind, subject: Subject): Proof[] {
  return candidates.flatMap((by) => {
    const fix = fixOf(by, kind, subject);
    return fix === undefined ? [] : [{ by, fix }];
  });
}

interface Attempt {
  readonly fix: string;
  readonly verdict: string;
}

function fixesTried(request: ModelRequest, kind: FixKind): Attempt[] {
  const results = new Map<string, string>();
  for (const message of request.messages)
    if (message.role === "tool") results.set(message.callId, message.text);
  return request.messages.flatMap((message) =>
    message.role !== "assistant"
      ? []
      : message.calls
          .filter(({ name }) => name === "try_fix")
          .map(({ id, arguments: args }) => ({
            fix: String(args[kind]),
            verdict: results.get(id) ?? "",
          })),
  );
}

function handIn(proven: Hypothesis | undefined, step: number, subject: Subject): RoleTurn {
  const lessons = lessonsOf(proven ? takenUp(proven) : [], subject, step);
  const causes = lessons.map((lesson) => `At step ${step} it did not do this: ${lesson.do}.`);
  const text = lessons.length > 0 ? "This explains it." : "I found no explanation.";
  return say(text, [
    { id: "h", name: "submit", arguments: { causes, memories: lessons as never } },
  ]);
}
