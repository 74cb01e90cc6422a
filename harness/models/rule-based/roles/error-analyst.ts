import type { ModelRequest } from "../../../contracts/index.ts";
import { imagesOf, observations, taskText } from "../conversation.ts";
import type { Role } from "../mind.ts";
import { takenUp } from "../solving.ts";
import { subjectOf } from "../subjects.ts";
import { bash, say } from "../turns.ts";
import { findings } from "./case.ts";
import { candidatesFor, type FixKind, fixKindOf, fixOf, habitsWith } from "./fix.ts";
import { seenTrajectory, shownIn } from "./trajectory-reading.ts";

/** Fixes it tries before it gives up; one of advice costs an episode. */
const tries: Readonly<Record<FixKind, number>> = { command: 8, advice: 3 };

/** Commands it reads the material with. */
const pages = 13;

/** In its first message long observations are cut. */
const wholeTrajectory = "cat trajectory.md";

/**
 * The part of the error analyst: answers the question again with other habits, one after the other,
 * until the harness has seen a fix pass, and teaches the habits that made the difference.
 *
 * It reads the reference to try first what agrees with it; whether a fix passes is not its to say.
 */
export const errorAnalyst: Role = async (request, mind) => {
  const observed = observations(request);
  const shown = shownIn(taskText(request));
  const { reference, skill } = shown;
  const whole = observed.find(({ command }) => command === wholeTrajectory)?.text;
  const trajectory = seenTrajectory(whole ?? shown.trajectory);
  const { task } = trajectory;
  const subject = subjectOf(task, mind.subjects);
  const desk = { task, images: imagesOf(request), observed, trajectory };
  const { problem, next } = await subject.study(desk);
  if (observed.length === 0)
    return say(
      `I read what happened, and ${subject.material}.`,
      [wholeTrajectory, ...(next === undefined ? [] : [next])].map((command, i) =>
        bash(command, `a0-${i}`),
      ),
    );
  if (next !== undefined && observed.length < 1 + pages)
    return say(`There is more of ${subject.material} to read.`, [
      bash(next, `a${observed.length}`),
    ]);

  const kind = fixKindOf(request);
  const habits = habitsWith(skill, subject, mind);
  const fixes = candidatesFor(problem, reference, habits, subject).flatMap((by) => {
    const fix = fixOf(by, kind, subject);
    return fix === undefined ? [] : [{ by, fix }];
  });
  const attempts = fixesTried(request, kind);
  const passed = attempts.find(({ verdict }) => verdict.startsWith("PASS"));
  const attempt = fixes[attempts.length];
  if (!passed && attempt && attempts.length < tries[kind])
    return say(`Perhaps it was this: ${attempt.by.changed.join(", ")}.`, [
      { id: `t${attempts.length}`, name: "try_fix", arguments: { [kind]: attempt.fix } },
    ]);
  const proven = passed && fixes.find(({ fix }) => fix === passed.fix)?.by;
  const found = findings(proven ? takenUp(proven) : [], { subject, seen: trajectory });
  const text = found.memories.length > 0 ? "This explains it." : "I found no explanation.";
  return say(text, [{ id: "h", name: "submit", arguments: found as never }]);
};

/** The fixes that were tried, with what was said to each. */
function fixesTried(
  { messages }: ModelRequest,
  kind: FixKind,
): { readonly fix: string; readonly verdict: string }[] {
  const verdictOn = (id: string) =>
    messages.find((message) => message.role === "tool" && message.callId === id)?.text ?? "";
  return messages
    .flatMap((message) => (message.role === "assistant" ? message.calls : []))
    .filter(({ name }) => name === "try_fix")
    .map((call) => ({ fix: String(call.arguments[kind]), verdict: verdictOn(call.id) }));
}
