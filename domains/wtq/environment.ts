import type {
  DirectForm,
  DomainOptions,
  Evidence,
  Json,
  Sandbox,
  Task,
} from "../../harness/contracts/index.ts";
import { statedAnswer } from "../shared/answer-line.ts";
import { chosen, keepingLast, promptsFrom, submittedText } from "../shared/episode.ts";
import { referenceOf } from "./grading/grade.ts";
import type { TaskInput } from "./load.ts";
import { standardRows } from "./tables.ts";
import { firstColumn, toWorkbook } from "./workbook.ts";

/** How the table is given and the answer taken; the first is the default. */
export const renders = ["csv", "xlsx"] as const;
type Render = (typeof renders)[number];

const promptOf = promptsFrom(import.meta.url);
const prompts: Readonly<
  Record<Render, { readonly instructions: string; readonly question: string }>
> = {
  csv: { instructions: promptOf("instructions-csv"), question: promptOf("question-csv") },
  xlsx: { instructions: promptOf("instructions-xlsx"), question: promptOf("question-xlsx") },
};
const directInstructions = promptOf("instructions-direct");
const directQuestion = promptOf("question-direct");
const renderOf = (options: DomainOptions) => chosen(options, "render", renders);

/** Answers beyond this many characters are cut; references are under a thousand. */
const LONGEST_SUBMISSION = 100_000;

/** Rendered workbooks kept at a time; the tasks of one table often run together. */
const KEPT_WORKBOOKS = 64;

/** The domain's part of the system prompt. */
export function instructions(options: DomainOptions): string {
  return prompts[renderOf(options)].instructions;
}

/** The user message: the question, and where the table is. */
export function prompt(task: Task, options: DomainOptions): string {
  return prompts[renderOf(options)].question.replace("{{question}}", () => questionOf(task));
}

/** The table and the question in one message; the table comes first, since several questions share it. */
export function direct(options: DomainOptions): DirectForm | undefined {
  if (renderOf(options) !== "csv") return undefined;
  return {
    isDefault: false,
    about: aboutWith("the table in one message, and answers in one reply without any tool:"),
    instructions: directInstructions,
    material: (task) => inputOf(task).csv,
    message: (task, table) =>
      directQuestion.replace(/\{\{(table|question)\}\}/g, (_, part) =>
        part === "table" ? table.trimEnd() : questionOf(task),
      ),
  };
}

/** What the tasks are. @param work what the agent gets beside the question and does, as a part of a sentence. */
export function aboutWith(work: string): string {
  return [
    "The tasks are questions in English about one table taken from an encyclopedia page: look-ups, counts,",
    "superlatives, sums, differences, comparisons, and what comes before or after something. The agent gets",
    `the question and ${work} one or more items,`,
    "each a short text or a number. An answer is right when its items are exactly the expected ones.",
  ].join("\n");
}

/** Renders the files of tasks, keeping the last workbooks. */
export function fileRenderer(): (
  task: Task,
  options: DomainOptions,
) => Promise<ReadonlyMap<string, Uint8Array | string>> {
  const workbooks = keepingLast<Uint8Array>(KEPT_WORKBOOKS);
  return async (task, options) => {
    const { csv } = inputOf(task);
    if (renderOf(options) === "csv") return new Map([["table.csv", csv]]);
    return new Map([["table.xlsx", await workbooks(csv, () => toWorkbook(standardRows(csv)))]]);
  };
}

/** The items that a reply states behind `Answer:`, one a line; none where the answer is a workbook. */
export function answerIn(reply: string, options: DomainOptions): string | undefined {
  return renderOf(options) === "csv" ? statedAnswer(reply)?.join("\n") : undefined;
}

/**
 * The items of an answer: `{items}`, and with no workbook to read `{items: [], problem}`.
 *
 * With `render: csv` they are the submitted lines, with `render: xlsx` column A of `answer.xlsx`.
 */
export async function collect(
  _task: Task,
  submission: Json,
  sandbox: Sandbox,
  options: DomainOptions,
): Promise<Evidence> {
  if (renderOf(options) === "csv") return { items: linesOf(submission) };
  const bytes = await sandbox.read("answer.xlsx");
  if (bytes === undefined) return { items: [], problem: "there is no answer.xlsx" };
  const found = await firstColumn(bytes);
  return "items" in found ? { items: found.items } : { items: [], problem: found.problem };
}

/** The reference as an analyst may read it. */
export function reveal(task: Task): { readonly text: string; readonly items: readonly string[] } {
  const { target, canon } = referenceOf(task.reference);
  const lines = target.map((item, index) => {
    const meaning = canon?.[index];
    return meaning === undefined || meaning === item ? item : `${item} (meaning ${meaning})`;
  });
  const count = target.length === 1 ? "1 item" : `${target.length} items`;
  return { text: `Expected answer, ${count}:\n${lines.join("\n")}`, items: target };
}

function linesOf(submission: Json): readonly string[] {
  return submittedText(submission, LONGEST_SUBMISSION)
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function questionOf(task: Task): string {
  return inputOf(task).question.replace(/\s+/g, " ").trim();
}

function inputOf(task: Task): TaskInput {
  const { question, table, csv } = task.input;
  if (typeof question !== "string" || typeof table !== "string" || typeof csv !== "string")
    throw new Error(`${task.id} is no task of this domain`);
  return { question, table, csv };
}
