import { stripVTControlCharacters } from "node:util";
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
  /** What the agent said, without the calls that it wrote into its text: they stand in `calls`. */
  readonly text: string;
  /** What the agent was told in place of a result, where nothing could be done with its reply. */
  readonly told?: string;
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
    if (message.role === "tool")
      observations.set(message.callId, stripVTControlCharacters(message.text));
  return messages.flatMap((message, at) => {
    if (message.role !== "assistant") return [];
    const { text, calls } = message;
    const next = messages[at + 1];
    const isToldOf = calls.length === 0 && next?.role === "user";
    return {
      number: messages.slice(0, at + 1).filter(({ role }) => role === "assistant").length,
      text: withInventionsMarked(clean(calls.length > 0 ? withoutWrittenCalls(text) : text)),
      ...(isToldOf ? { told: clean(next.text) } : {}),
      calls: calls.map((call) => ({
        name: call.name,
        command: clean(commandOf(call.arguments)),
        observation: clean(observations.get(call.id) ?? ""),
      })),
    };
  });
}

/** Where a call is written as an object, with the marks that models put in front of one. */
const writtenCall =
  /(?:^|\n)[ \t*_]*(?:(?:action[ \t]*:|```\w*|<tool_call>|\[TOOL_CALLS\][^\n{]*)[\s*_]*)*\[?\{\s*"(?:name|tool|tool_name|function)"\s*:/i;

/** The text before the first call that is written into it. */
function withoutWrittenCalls(text: string): string {
  const call = writtenCall.exec(text);
  return call === null ? text : text.slice(0, call.index);
}

/** Text in which what an agent made up as a result cannot be taken for one. */
function withInventionsMarked(text: string): string {
  return text.replace(/^[ \t*_]*observation[ \t]*:/gim, "[made up by the agent] $&");
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
  const runs = folded(trajectory.steps);
  const shown = runs.flatMap(({ step, first }) => (first === undefined ? [step] : []));
  const observations = shown.flatMap((step) => step.calls.map((call) => call.observation));
  const spoken = shown.reduce((sum, step) => sum + step.text.length, 0);
  const share = Math.max(400, Math.floor((characters - spoken) / Math.max(1, observations.length)));
  const parts = ["# Trajectory", "## Task", trajectory.prompt];
  for (const { step, first, last } of runs) {
    if (first !== undefined) parts.push(sameAgain(first, step.number, last));
    else parts.push(`## Step ${step.number}`, ...stepParts(step, share));
  }
  parts.push("## End", `Outcome: ${trajectory.outcome}.`);
  if (trajectory.submission !== "") parts.push("Submitted:", fenced(trajectory.submission));
  return parts.join("\n\n");
}

function stepParts({ text, told, calls }: TrajectoryStep, share: number): string[] {
  const parts = text.trim() === "" ? [] : [text.trim()];
  for (const { name, command, observation } of calls) {
    parts.push(`Call of \`${name}\`:`, fenced(trimObservation(command, share)));
    if (observation !== "") parts.push("Observation:", fenced(trimObservation(observation, share)));
  }
  if (told !== undefined)
    parts.push("Nothing was run. The agent was told:", fenced(trimObservation(told, share)));
  return parts;
}

/** Steps in order; those that say what an earlier one said are runs that name it. */
function folded(
  steps: readonly TrajectoryStep[],
): { step: TrajectoryStep; first: number | undefined; last: number }[] {
  const known = new Map<string, number>();
  const runs: { step: TrajectoryStep; first: number | undefined; last: number }[] = [];
  for (const step of steps) {
    const { number, ...said } = step;
    const same = JSON.stringify(said);
    const first = known.get(same);
    const before = runs.at(-1);
    if (first === undefined) known.set(same, number);
    if (first !== undefined && before?.first === first) before.last = number;
    else runs.push({ step, first, last: number });
  }
  return runs;
}

function sameAgain(first: number, from: number, to: number): string {
  const steps = from === to ? `Step ${from}` : `Steps ${from} to ${to}`;
  return `## ${steps}: word for word step ${first} again, with the same result`;
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
