import type { ModelRequest, Problem, Subject } from "../../../contracts/index.ts";
import { knownOf, type Mind } from "../mind.ts";
import { sizes } from "../sizes.ts";
import { habitsAfter } from "../skill-reading.ts";
import { type Hypothesis, hypotheses, takenUp } from "../solving.ts";
import { bulletOf, ruleFor } from "./lessons.ts";

/** Other ways to answer that it thinks of. */
const imagination = 300;

/** What an agent with a skill, the text of its SKILL.md, goes by. */
export function habitsWith(skill: string, subject: Subject, mind: Mind): ReadonlySet<string> {
  const body = skill.replace(/^---\n[\s\S]*?\n---\n/, "");
  return habitsAfter(subject, knownOf(mind, subject), { body, observed: [] }, sizes[mind.size]);
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

/** What an explanation is proven with: a shell command, or words for another agent. */
export type FixKind = "command" | "advice";

/** The kind of fix that the tool for trying them takes. */
export function fixKindOf({ tools }: ModelRequest): FixKind {
  const parameters = tools.find(({ name }) => name === "try_fix")?.parameters["properties"];
  return typeof parameters === "object" && parameters !== null && "advice" in parameters
    ? "advice"
    : "command";
}

/** The fix that proves another way to answer; undefined where there is none of the kind. */
export function fixOf(by: Hypothesis, kind: FixKind, subject: Subject): string | undefined {
  if (kind === "command") return by.solution.command;
  const taken = takenUp(by);
  if (taken.length === 0) return undefined;
  return taken.map((habit) => bulletOf(ruleFor(habit, subject))).join("\n");
}
