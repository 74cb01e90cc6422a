import type { Observed } from "../conversation.ts";
import { type Source, viewOf } from "../table-reading.ts";
import { fencesIn } from "./fences.ts";

/** What the model takes from a trajectory written as numbered steps. */
export interface SeenTrajectory {
  readonly question: string;
  readonly observed: readonly Observed[];
  /** The lines that were submitted. */
  readonly submitted: readonly string[];
  /** The last step at which the agent looked at something, or its last one. */
  readonly decidingStep: number;
}

/** Reads a trajectory. */
export function readTrajectory(text: string): SeenTrajectory {
  const end = text.lastIndexOf("\n## End");
  const parts = text.slice(0, end === -1 ? text.length : end).split(/^## Step (\d+)$/m);
  const observed: Observed[] = [];
  let last = 1;
  let lookedAt = 0;
  for (let i = 1; i < parts.length; i += 2) {
    const number = Number(parts[i]);
    last = number;
    let command: string | undefined;
    for (const fence of fencesIn(parts[i + 1] ?? "")) {
      if (fence.above === "Call of `bash`:") {
        command = fence.body;
        lookedAt = number;
      } else if (fence.above === "Observation:" && command !== undefined) {
        observed.push({ command, text: fence.body });
        command = undefined;
      } else command = undefined;
    }
  }
  const submitted = end === -1 ? undefined : fencesIn(text.slice(end))[0]?.body;
  return {
    question: questionOf(text),
    observed,
    submitted: (submitted ?? "").split("\n").filter((line) => line.trim() !== ""),
    decidingStep: lookedAt === 0 ? last : lookedAt,
  };
}

/** The question of a task's text. */
export function questionOf(text: string): string {
  return /^Question:\s*(.*)$/m.exec(text)?.[1] ?? "";
}

/** How the table of a task is printed. */
export function sourceOf(text: string): Source {
  const workbook = workbookOf(text);
  return { print: workbook === undefined ? "cat" : `sheet read ${workbook}` };
}

/** The workbook that a task names, where it is asked of one. */
export function workbookOf(text: string): string | undefined {
  return /`([\w.-]+\.xlsx)`/.exec(text)?.[1];
}

/** The table as far as a trajectory shows it. */
export function tableSeen(seen: SeenTrajectory, source: Source): string {
  const whole = viewOf(seen.observed, source, true).csv;
  return whole !== "" ? whole : viewOf(seen.observed, source, false).csv;
}
