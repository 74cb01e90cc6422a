import type { Domain, DomainOptions } from "../../harness/contracts/index.ts";
import { InputError } from "../../harness/errors.ts";
import { chosen, promptsFrom } from "../shared/episode.ts";
import { type GraderName, graderNames } from "./grading/compare/compare-workbooks.ts";
import type { Library } from "./library.ts";
import { glanceAt, problemOfWorkbook } from "./preview.ts";
import { type CaseFile, type SpreadsheetTask, spreadsheetTask } from "./task.ts";

/** Whether the agent's workbook is graded a second time with its formulas calculated; the first is the default. */
export const recalculations = ["none", "libreoffice"] as const;

/** Names of an episode's files. */
export const INPUT = "input.xlsx";
export const OUTPUT = "output.xlsx";
/** The script of a task with several cases. */
export const SOLUTION = "solution.sh";

const promptOf = promptsFrom(import.meta.url);
const taskText = promptOf("task");
const solutionText = promptOf("solution");
/** The domain's part of the system prompt. */
const instructionText = promptOf("instructions");

/**
 * What the agent is given of a task: the message and the files. `files` throws an InputError when the
 * workbook cannot be worked on, or the task is known to be unsolvable.
 *
 * @param library has the workbooks of the data set that the tasks are from.
 */
export function environment(library: Library): Pick<Domain, "instructions" | "prompt" | "files"> {
  // Many episodes share a workbook: what was found of it is kept, by the digest of its bytes.
  const glanceOf = remembering((file) => glanceAt(library.read(file)));
  const problemOf = remembering((file) => problemOfWorkbook(library.read(file)));
  return {
    instructions: () => instructionText,
    prompt(task, options) {
      const { input } = spreadsheetTask(task);
      return fill(taskText, {
        instruction: input.instruction,
        content: glanceOf(input.workbooks[0]),
        type: input.type,
        position: positionText(input, graderOf(options)),
        solution: solutionOf(input.workbooks.length - 1),
      });
    },
    async files(task, options) {
      const { id, input, reference } = spreadsheetTask(task);
      if (reference.exclude !== null && graderOf(options) === "strict")
        throw unusable(`task ${id}`, `the data set excludes it (${reference.exclude})`);
      const workbook = input.workbooks[0];
      const problem = problemOf(workbook);
      if (problem !== undefined) throw unusable(workbook.path, problem);
      return new Map([[INPUT, library.read(workbook)]]);
    },
  };
}

function remembering<Found>(find: (file: CaseFile) => Found): (file: CaseFile) => Found {
  const known = new Map<string, Found>();
  return (file) => {
    if (!known.has(file.sha256)) known.set(file.sha256, find(file));
    return known.get(file.sha256) as Found;
  };
}

/** The grader that a study chose. */
export function graderOf(options: DomainOptions): GraderName {
  return chosen(options, "grader", graderNames);
}

/** The position as the agent reads it: `strict` looks on the sheet that the data set names, so it is said. */
function positionText(
  { answerPosition, answerSheet }: SpreadsheetTask["input"],
  grader: GraderName,
): string {
  if (grader !== "strict" || answerSheet === null || answerPosition.includes("!"))
    return answerPosition;
  return `${answerPosition}\n(on the sheet ${answerSheet})`;
}

function solutionOf(others: number): string {
  if (others === 0) return "";
  const text = others === 1 ? "1 other workbook" : `${others} other workbooks`;
  return `${fill(solutionText, { others: text })}\n\n`;
}

function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? "");
}

function unusable(where: string, problem: string): InputError {
  return new InputError({
    where,
    problem,
    fix: "Its episodes stay ungraded; leave the task out, or mend the data set.",
  });
}
