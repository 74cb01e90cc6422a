import type { ModelRequest, Subject } from "../../../contracts/index.ts";
import { type Hypothesis, takenUp } from "../solving.ts";
import { bulletOf, ruleFor } from "./lessons.ts";

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
