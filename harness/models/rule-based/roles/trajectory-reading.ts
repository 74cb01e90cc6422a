import type { Observed, SeenCall, SeenStep, SeenTrajectory } from "../../../contracts/index.ts";
import { type Fence, fencesIn } from "./fences.ts";

/** What the message of an analyst who may see the reference shows, and the input files by their names. */
export function shownIn(message: string) {
  const fences = fencesIn(message);
  const under = (test: (fence: Fence) => boolean) => fences.find(test)?.body ?? "";
  return {
    trajectory: under(
      ({ language, above }) => language === "markdown" && !above.startsWith("### "),
    ),
    reference: under(({ above }) => above === "## The reference"),
    skill: under(({ above }) => above.startsWith("### SKILL.md")),
    files: new Map(
      fences.flatMap(({ above, body }) => {
        const name = /^### (\S+)$/.exec(above)?.[1];
        return name === undefined ? [] : [[name, body] as const];
      }),
    ),
  };
}

/**
 * Reads a trajectory written as numbered steps.
 *
 * @param files input files that stand beside it.
 */
export function seenTrajectory(
  text: string,
  files: ReadonlyMap<string, string> = new Map(),
): SeenTrajectory {
  const end = text.lastIndexOf("\n## End");
  const parts = text.slice(0, end === -1 ? text.length : end).split(/^## Step (\d+)$/m);
  const steps: SeenStep[] = [];
  for (let i = 1; i < parts.length; i += 2)
    steps.push(stepOf(Number(parts[i]), parts[i + 1] ?? ""));
  const calls = steps.flatMap((step) => step.calls);
  const submitted = end === -1 ? undefined : fencesIn(text.slice(end))[0]?.body;
  return {
    text,
    task: (parts[0] ?? "").replace(/^[\s\S]*?^## Task$/m, "").trim(),
    steps,
    observed: calls.flatMap(observedIn),
    submitted: (submitted ?? "").split("\n").filter((line) => line.trim() !== ""),
    decidingStep: decidingStep(steps),
    files,
  };
}

function stepOf(number: number, text: string): SeenStep {
  const calls: SeenCall[] = [];
  let open: { tool: string; argument: string } | undefined;
  const close = (observation: string | undefined) => {
    if (open !== undefined) calls.push({ ...open, observation });
    open = undefined;
  };
  for (const { above, body } of fencesIn(text)) {
    const tool = /^Call of `([^`]+)`:$/.exec(above)?.[1];
    if (tool !== undefined) {
      close(undefined);
      open = { tool, argument: body };
    } else if (above === "Observation:") close(body);
  }
  close(undefined);
  const said = /^([\s\S]*?)(?=^Call of `[^`]+`:$)/m.exec(text)?.[1] ?? text;
  return { number, text: said.trim(), calls };
}

function observedIn({ tool, argument, observation }: SeenCall): Observed[] {
  if (tool !== "bash" || observation === undefined) return [];
  return [{ command: argument, text: observation }];
}

function decidingStep(steps: readonly SeenStep[]): number {
  const looked = steps.findLast(({ calls }) => calls.some(({ tool }) => tool !== "submit"));
  return (looked ?? steps.at(-1))?.number ?? 1;
}
