import { z } from "zod";
import { trimObservation } from "../agent/tools.ts";
import type { Json, JsonObject, Message, Outcome, Row, Runner, Task } from "../contracts/index.ts";
import { isJsonObject } from "../lenient-json.ts";
import { fenced } from "./listing.ts";
import { withoutSecrets } from "./screen.ts";

/** A rollout as evolution reads it: which task, where it is stored, and how it was graded. */
export interface Trajectory {
  readonly task: Task;
  /** Key of the rollout's row. */
  readonly row: string;
  readonly outcome: Outcome["kind"];
  /** What the agent submitted, as text; empty when it submitted nothing. */
  readonly submission: string;
  /** Its items as the domain collected them; undefined where it collects something else. */
  readonly given: GivenItems | undefined;
  /** The grader's reason. */
  readonly because: string;
  readonly steps: readonly TrajectoryStep[];
  /** The user message. */
  readonly prompt: string;
  /** Files the agent left, by path; secrets taken out. */
  readonly files: readonly (readonly [path: string, text: string])[];
  /** How many secrets were taken out of all this. */
  readonly redactions: number;
}

/** One model turn of a trajectory, with what its calls led to. */
export interface TrajectoryStep {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  readonly calls: readonly {
    readonly name: string;
    readonly command: string;
    readonly observation: string;
  }[];
}

/**
 * Reads a rollout's transcript; secrets are taken out before anything is cut.
 *
 * @throws when the row has no transcript: a rollout without one cannot be analysed, and that is our bug.
 */
export async function readTrajectory(task: Task, row: Row, runner: Runner): Promise<Trajectory> {
  return trajectoryOf(task, row, await runner.transcript(row));
}

/** Reads a rollout that may have no row. @throws as `readTrajectory` does. */
export function trajectoryOf(
  task: Task,
  row: Pick<Row, "key" | "grade" | "result">,
  transcript: Json | undefined,
): Trajectory {
  if (!isJsonObject(transcript) || !Array.isArray(transcript["messages"]))
    throw new Error(`rollout ${row.key} of ${task.id} has no transcript`);
  let redactions = 0;
  const clean = (text: string) => {
    const { text: kept, found } = withoutSecrets(text);
    redactions += found;
    return kept;
  };
  const messages = transcript["messages"] as unknown as readonly Message[];
  const outcome = transcript["outcome"] as unknown as Outcome;
  const files = Array.isArray(transcript["files"])
    ? (transcript["files"] as unknown as readonly (readonly [string, string])[])
    : [];
  const { evidence } = row.result;
  const submission = outcome.kind === "submitted" ? textOf(outcome.submission) : "";
  const given = givenItems(evidence, submission);
  const read = {
    task,
    row: row.key,
    outcome: outcome.kind,
    submission: clean(submission),
    // What stands here stands in the submission or in the files too, and is counted there.
    given: given && { ...given, items: given.items.map((item) => withoutSecrets(item).text) },
    because: row.grade ? clean(row.grade.because) : "",
    steps: stepsOf(messages, clean),
    prompt: clean(messages.find((message) => message.role === "user")?.text ?? ""),
    files: files.map(([path, text]) => [path, clean(text)] as const),
  };
  return { ...read, redactions };
}

function textOf(submission: Json): string {
  return typeof submission === "string" ? submission : JSON.stringify(submission);
}

function stepsOf(messages: readonly Message[], clean: (text: string) => string): TrajectoryStep[] {
  const observations = new Map<string, string>();
  for (const message of messages)
    if (message.role === "tool") observations.set(message.callId, message.text);
  return messages
    .filter((message) => message.role === "assistant")
    .map(({ text, calls }, i) => ({
      number: i + 1,
      text: clean(text),
      calls: calls.map((call) => ({
        name: call.name,
        command: clean(commandOf(call.arguments)),
        observation: clean(observations.get(call.id) ?? ""),
      })),
    }));
}

function commandOf(args: JsonObject): string {
  const [only, ...others] = Object.values(args);
  return textOf(typeof only === "string" && others.length === 0 ? only : args);
}

/** What was handed in, as far as code can compare it. */
export interface GivenItems {
  /** `list`: every expected item is wanted. `one`: one answer, of which any expected item is a right form. */
  readonly kind: "list" | "one";
  readonly items: readonly string[];
}

/** The fields of an evidence that evolution reads; a domain may write a figure where it means its text. */
const evidenceSchema = z.object({
  items: z
    .array(z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .optional()
    .catch(undefined),
  answer: z.union([z.string(), z.number()]).optional().catch(undefined),
});

/**
 * What was handed in, as the domain collected it: the list `items` or the one text `answer` of the
 * evidence, or the lines of what was submitted where no evidence was kept.
 *
 * @returns undefined where the evidence has neither.
 */
export function givenItems(evidence: unknown, submission: string): GivenItems | undefined {
  const trimmed = (texts: readonly string[]) =>
    texts.map((text) => text.trim()).filter((text) => text !== "");
  const kept = evidenceSchema.safeParse(evidence);
  if (!kept.success) return { kind: "list", items: trimmed(submission.split("\n")) };
  const { items, answer } = kept.data;
  if (items !== undefined) return { kind: "list", items: items.map(String) };
  if (answer === undefined) return undefined;
  return { kind: "one", items: trimmed([String(answer)]) };
}

/**
 * The trajectory as numbered Markdown steps, without the system prompt.
 *
 * @param characters about how long it may be; observations share what the rest leaves, so a long
 * trajectory has shorter observations and is never left out.
 */
export function trajectoryText(trajectory: Trajectory, characters: number): string {
  const { steps } = trajectory;
  const observations = steps.flatMap((step) => step.calls.map((call) => call.observation));
  const spoken = steps.reduce((sum, step) => sum + step.text.length, 0);
  const share = Math.max(400, Math.floor((characters - spoken) / Math.max(1, observations.length)));
  const parts = ["# Trajectory", "## Task", trajectory.prompt];
  for (const step of steps) {
    parts.push(`## Step ${step.number}`);
    if (step.text.trim() !== "") parts.push(step.text.trim());
    for (const call of step.calls) {
      parts.push(`Call of \`${call.name}\`:`, fenced(trimObservation(call.command, share)));
      if (call.observation !== "")
        parts.push("Observation:", fenced(trimObservation(call.observation, share)));
    }
  }
  parts.push("## End", `Outcome: ${trajectory.outcome}.`);
  if (trajectory.submission !== "") parts.push("Submitted:", fenced(trajectory.submission));
  return parts.join("\n\n");
}

/**
 * The trajectory as the success analyst reads it: failed commands and repeats are folded into one
 * line each, and what the agent read of the skill is left out, so that nothing is learned from it twice.
 */
export function cleaned(trajectory: Trajectory): Trajectory {
  const seen = new Set<string>();
  const steps = trajectory.steps.map((step) => ({
    ...step,
    calls: step.calls.map((call) => {
      if (/(^|[\s"'=/])skill\//.test(call.command))
        return { ...call, observation: "[text of the skill left out]" };
      if (/\[exit code \d+\]|\[timed out\]/.test(call.observation))
        return { ...call, observation: "[failed; output left out]" };
      const same = `${call.name}\n${call.command}`;
      if (seen.has(same)) return { ...call, observation: "[repeated; output left out]" };
      seen.add(same);
      return call;
    }),
  }));
  return { ...trajectory, steps };
}

/** A trajectory as a single call is shown it, and what the grader said; folded where it passed. */
export function forSide(
  trajectory: Trajectory,
  side: "failure" | "success",
): { readonly shown: Trajectory; readonly verdict: string } {
  return side === "success"
    ? { shown: cleaned(trajectory), verdict: "The grader passed it." }
    : { shown: trajectory, verdict: "The grader failed it." };
}
