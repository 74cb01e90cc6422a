import type {
  DirectForm,
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
const directInstructions = promptOf("instructions-direct");
const directQuestion = promptOf("question-direct");

/** Answers beyond this many characters are cut; they are past what any grader reads. */
const LONGEST_SUBMISSION = 100_000;

/** The domain's part of the system prompt. */
export function instructions(options: DomainOptions): string {
  return instructionsOf[chosen(options, "tools", tools)];
}

/** The user message: the problem as it is written. */
export function prompt(task: Task): string {
  return question.replace("{{problem}}", () => problemOf(task));
}

/**
 * The problem alone, to be answered in a box, as these sets are commonly measured: the default unless the
 * agent is to calculate.
 */
export function direct(options: DomainOptions): DirectForm | undefined {
  if (chosen(options, "tools", tools) !== "none") return undefined;
  return {
    isDefault: true,
    about: aboutWith("reasons in one reply without any tool, and ends it with one final answer"),
    instructions: directInstructions,
    message: (task) => directQuestion.replace("{{problem}}", () => problemOf(task)),
  };
}

/** What the tasks are. @param work what the agent does with a problem, as a part of a sentence. */
export function aboutWith(work: string): string {
  return [
    "The tasks are mathematics problems in English with LaTeX: arithmetic, algebra, number theory, counting,",
    "probability, geometry, and word problems, from school to competitions. The agent gets the problem alone,",
    `${work}: a number, an expression, or a few of them.`,
    "An answer is right when it has the value of the expected one.",
  ].join("\n");
}

function problemOf({ id, input: { problem } }: Task): string {
  if (typeof problem !== "string") throw new Error(`${id} is no task of this domain`);
  return problem.trim();
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
