import type {
  DomainOptions,
  Evidence,
  Json,
  Sandbox,
  Task,
} from "../../harness/contracts/index.ts";
import { statedAnswer } from "../shared/answer-line.ts";
import { chosen, promptsFrom, submittedText } from "../shared/episode.ts";
import { unboxed } from "./grading/boxed.ts";
import { referenceOf } from "./grading/grade.ts";
import { graderNames, graders } from "./grading/graders.ts";
import { lastBracedBox } from "./grading/math-dapo.ts";

/** Whether the agent is told to reason, or to calculate with python too; the first is the default. */
export const tools = ["none", "python"] as const;

const promptOf = promptsFrom(import.meta.url);
const instructionsOf: Readonly<Record<(typeof tools)[number], string>> = {
  none: promptOf("instructions-none"),
  python: promptOf("instructions-python"),
};
const question = promptOf("question");

/** Answers beyond this many characters are cut; they are past what any grader reads. */
const LONGEST_SUBMISSION = 100_000;

/** The domain's part of the system prompt. */
export function instructions(options: DomainOptions): string {
  return instructionsOf[chosen(options, "tools", tools)];
}

/** The user message: the problem as it is written. */
export function prompt(task: Task): string {
  const { problem } = task.input;
  if (typeof problem !== "string") throw new Error(`${task.id} is no task of this domain`);
  return question.replace("{{problem}}", () => problem.trim());
}

/** The working directory is empty at the start. */
export async function files(): Promise<ReadonlyMap<string, string>> {
  return new Map();
}

/** What stands in the last box of a reply, or else behind its `Answer:`, or in a last line `#### NUMBER`. */
export function answerIn(reply: string): string | undefined {
  const box = unboxed(lastBracedBox(reply) ?? "")?.trim();
  if (box) return box;
  return statedAnswer(reply)?.[0] ?? /(?:^|\n)####[ \t]*([-$\d][^\n]*?)\s*$/.exec(reply)?.[1];
}

/**
 * What was submitted as `{answer, grader}`.
 *
 * Where the grader finds an answer in the text (a box, an "Answer:" line) that is taken, and otherwise all of it.
 */
export async function collect(
  _task: Task,
  submission: Json,
  _sandbox: Sandbox,
  options: DomainOptions,
): Promise<Evidence> {
  const text = submittedText(submission, LONGEST_SUBMISSION);
  const grader = chosen(options, "grader", graderNames);
  return { answer: graders[grader].extract(text) ?? text, grader };
}

/** The reference as an analyst may read it. */
export function reveal(task: Task): { readonly text: string; readonly items: readonly string[] } {
  const answer = referenceOf(task.reference);
  return { text: `Expected answer:\n${answer}`, items: [answer] };
}
