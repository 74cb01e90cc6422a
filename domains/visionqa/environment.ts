import type {
  DirectForm,
  DomainOptions,
  Evidence,
  Image,
  Json,
  Sandbox,
  Task,
  Tool,
} from "../../harness/contracts/index.ts";
import { statedAnswer } from "../shared/answer-line.ts";
import { chosen, promptsFrom, submittedText } from "../shared/episode.ts";
import { answersOf } from "./grading/grade.ts";
import type { ImageShelf, Located } from "./image-shelf.ts";
import { lookTool, PAGE_FILE } from "./look-tool.ts";

/** Whether the agent can look closer at the page; the first is the default. */
export const tools = ["view", "none"] as const;

/** Longest side of a picture that is sent, in pixels; the first is the default. */
export const imageSides = ["1600px", "800px", "1200px", "2400px"] as const;

const promptOf = promptsFrom(import.meta.url);
const instructionsOf: Readonly<Record<(typeof tools)[number], string>> = {
  view: promptOf("instructions-view"),
  none: promptOf("instructions-none"),
};
const questionText = promptOf("question");
const directInstructions = promptOf("instructions-direct");
const directQuestion = promptOf("question-direct");

/** Answers beyond this many characters are cut; references have a few hundred. */
const LONGEST_SUBMISSION = 10_000;

/** The domain's part of the system prompt. */
export function instructions(options: DomainOptions): string {
  return instructionsOf[chosen(options, "tools", tools)];
}

/** The user message: the question, and where the page is. */
export function prompt(task: Task): string {
  return withQuestion(questionText, task);
}

/** The question beside the picture of the page, whose size `imageSide` bounds. */
export function direct(): DirectForm {
  return {
    isDefault: false,
    about: aboutWith("and answers in one reply without any tool, with"),
    instructions: directInstructions,
    message: (task) => withQuestion(directQuestion, task),
  };
}

/** What the tasks are. @param work what the agent does with question and picture, as a part of a sentence. */
export function aboutWith(work: string): string {
  return [
    "The tasks are questions in English about one page of a document, given as a picture: letters, forms,",
    "invoices, tables, receipts. Asked for are values beside a caption, cells of a table, totals, dates, names.",
    `The agent gets the question and the picture, ${work} one short text.`,
    "The closer the text is to one of the accepted answers, character by character, the better; it has to be",
    "given as it is printed on the page.",
  ].join("\n");
}

function withQuestion(text: string, task: Task): string {
  const line = inputOf(task).question.replace(/\s+/g, " ").trim();
  return text.replace("{{question}}", () => line);
}

/** The page of a task, taken from the shelf: as a file, and as a picture. */
export function pageOf(shelf: ImageShelf): {
  readonly files: (task: Task) => Promise<ReadonlyMap<string, Uint8Array>>;
  readonly images: (task: Task, options: DomainOptions) => Promise<readonly Image[]>;
} {
  return {
    files: async (task) => new Map([[PAGE_FILE, (await shelf.page(inputOf(task))).png]]),
    images: async (task, options) => [await shelf.shown(inputOf(task), sideOf(options))],
  };
}

/** The tools beside the harness's own. */
export function viewTools(options: DomainOptions, sandbox: Sandbox): readonly Tool[] {
  return chosen(options, "tools", tools) === "view" ? [lookTool(sandbox, sideOf(options))] : [];
}

/** The text that a reply states behind `Answer:`. */
export function answerIn(reply: string): string | undefined {
  return statedAnswer(reply)?.[0];
}

/** What was submitted, as text: `{answer}`. */
export async function collect(_task: Task, submission: Json): Promise<Evidence> {
  return { answer: submittedText(submission, LONGEST_SUBMISSION) };
}

/** The accepted answers as an analyst may read them. */
export function reveal(task: Task): { readonly text: string; readonly items: readonly string[] } {
  const answers = answersOf(task.reference);
  const heading = answers.length === 1 ? "Expected answer:" : "Expected answer, any one of these:";
  return { text: `${heading}\n${answers.join("\n")}`, items: answers };
}

function sideOf(options: DomainOptions): number {
  return Number.parseInt(chosen(options, "imageSide", imageSides), 10);
}

function inputOf(task: Task): Located & { readonly question: string } {
  const { question, image, digest } = task.input;
  if (typeof question !== "string" || typeof image !== "string")
    throw new Error(`${task.id} is no task of this domain`);
  return { question, image, digest: typeof digest === "string" ? digest : null };
}
