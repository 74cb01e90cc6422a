import type { Problem, Subject } from "../../../contracts/index.ts";
import { knownOf, type Mind } from "../mind.ts";
import { sizes } from "../sizes.ts";
import { habitsAfter } from "../skill-reading.ts";
import { type Hypothesis, hypotheses } from "../solving.ts";

/** Other ways to answer that it thinks of. */
const imagination = 300;

/** What an agent with a skill, the text of its SKILL.md, goes by. */
export function habitsWith(skill: string, subject: Subject, mind: Mind): ReadonlySet<string> {
  const body = skill.replace(/^---\n[\s\S]*?\n---\n/, "");
  return habitsAfter(subject, knownOf(mind, subject), body, [], sizes[mind.size]);
}

/** Other answers than that of an agent with these habits: those that agree with the reference, and two that do not. */
export function candidatesFor(
  problem: Problem,
  reference: string,
  habits: ReadonlySet<string>,
  subject: Subject,
): Hypothesis[] {
  const found: Hypothesis[] = [];
  for (const one of hypotheses(problem, habits)) {
    found.push(one);
    if (found.length >= imagination) break;
  }
  const agrees = (one: Hypothesis) => subject.agrees(one.solution.items, reference);
  return [...found.filter(agrees), ...found.filter((one) => !agrees(one)).slice(0, 2)];
}
