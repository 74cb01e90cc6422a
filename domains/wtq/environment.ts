import { readFileSync } from "node:fs";
import type {
  DomainOptions,
  Evidence,
  Json,
  Sandbox,
  Task,
} from "../../harness/contracts/index.ts";
import { parseStandardCsv } from "./csv.ts";
import { referenceOf } from "./grading/grade.ts";
import type { TaskInput } from "./load.ts";
import { firstColumn, toWorkbook } from "./workbook.ts";

/** How the table is given and the answer taken; the first is the default. */
export const renders = ["csv", "xlsx"] as const;
type Render = (typeof renders)[number];

const promptOf = (name: string) =>
  readFileSync(new URL(`prompts/${name}.md`, import.meta.url), "utf8").trimEnd();
const instructionsOf: Readonly<Record<Render, string>> = {
  csv: promptOf("instructions-csv"),
  xlsx: promptOf("instructions-xlsx"),
};
const questionOf: Readonly<Record<Render, string>> = {
  csv: promptOf("question-csv"),
  xlsx: promptOf("question-xlsx"),
};

/** Answers beyond this many characters are cut; references are under a thousand. */
const LONGEST_SUBMISSION = 100_000;

/** Rendered workbooks kept at a time; the tasks of one table often run together. */
const KEPT_WORKBOOKS = 64;

/** The domain's part of the system prompt. */
export function instructions(options: DomainOptions): string {
  return instructionsOf[renderOf(options)];
}

/** The user message: the question, and where the table is. */
export function prompt(task: Task, options: DomainOptions): string {
  const question = inputOf(task).question.replace(/\s+/g, " ").trim();
  return questionOf[renderOf(options)].replace("{{question}}", () => question);
}

/** Renders the files of tasks, keeping the last workbooks. */
export function fileRenderer(): (
  task: Task,
  options: DomainOptions,
) => Promise<ReadonlyMap<string, Uint8Array | string>> {
  const workbooks = new Map<string, Promise<Uint8Array>>();
  return async (task, options) => {
    const { csv } = inputOf(task);
    if (renderOf(options) === "csv") return new Map([["table.csv", csv]]);
    const workbook = workbooks.get(csv) ?? toWorkbook(parseStandardCsv(csv));
    workbooks.delete(csv);
    workbooks.set(csv, workbook);
    for (const oldest of workbooks.keys()) {
      if (workbooks.size <= KEPT_WORKBOOKS) break;
      workbooks.delete(oldest);
    }
    return new Map([["table.xlsx", await workbook]]);
  };
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
  const text = typeof submission === "string" ? submission : JSON.stringify(submission);
  return text
    .slice(0, LONGEST_SUBMISSION)
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function renderOf(options: DomainOptions): Render {
  return renders.find((render) => render === options["render"]) ?? renders[0];
}

function inputOf(task: Task): TaskInput {
  const { question, table, csv } = task.input;
  if (typeof question !== "string" || typeof table !== "string" || typeof csv !== "string")
    throw new Error(`${task.id} is no task of this domain`);
  return { question, table, csv };
}
