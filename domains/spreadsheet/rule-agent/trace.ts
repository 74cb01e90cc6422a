import type { Traced } from "../../../harness/contracts/index.ts";
import { shellWord } from "../../../harness/models/rule-based/kit.ts";
import { evaluate } from "./evaluate.ts";
import { formulasFor } from "./formulas.ts";
import type { Job } from "./job.ts";
import { findLedger, type Ledger, type On } from "./ledger.ts";
import type { Manner } from "./manner.ts";
import { awkCommand } from "./program.ts";
import { type AnswerRange, cellName, columnName, type TaskText } from "./task-text.ts";
import { understand } from "./understand.ts";
import type { SeenSheet } from "./workbook-reading.ts";

type Rows = readonly (readonly string[])[];

/** As `Traced`; there always is a command. */
export interface WorkbookTrace extends Traced {
  command(): string;
}

/** Leaves the workbook as it is. */
const untouched = "cp input.xlsx output.xlsx";

/**
 * Does a task with the habits that are on.
 *
 * @param sheets what was seen of the workbook.
 * @returns its items are the cells of the answer range that hold something, as `Sheet!B2 = value`; its
 * command makes `output.xlsx` from `input.xlsx`.
 */
export function trace(
  task: TaskText,
  sheets: readonly SeenSheet[],
  habits: ReadonlySet<string>,
): WorkbookTrace {
  const asked = new Set<string>();
  const on: On = (habit) => {
    asked.add(habit);
    return habits.has(habit);
  };
  const nothing = { items: [], asked, command: () => untouched };
  const ledger = findLedger(task.instruction, sheets, on);
  const job = ledger && understand(task, ledger);
  if (ledger === undefined || job === undefined || task.answer === undefined) return nothing;
  const place = placeOf(task, task.answer, ledger, on);
  const manner = mannerOf(task.instruction, job, ledger, on);
  const formulas = formulasFor(job, ledger, place);
  if (formulas.length > 0 && !on("plain-values"))
    return { ...nothing, command: () => writing(formulas, place.sheet) };

  const range = task.answer;
  const width = range.lastColumn - range.firstColumn + 1;
  const listOf = (name: string) => sheets.find((sheet) => sheet.name === name)?.rows.slice(1) ?? [];
  const block = evaluate(job, ledger, manner, listOf, width);
  return {
    items: itemsOf(place, block, width, sheets, task),
    asked,
    command() {
      const { first, last, headings, sheet } = ledger;
      const source = `A${first}:${columnName(headings.length)}${last}`;
      const read = `sheet read input.xlsx --sheet ${shellWord(sheet)} ${source}`;
      const list = listIn(job, sheets);
      const input = list === undefined ? read : `{ ${list}; echo '-- ledger --'; ${read}; }`;
      return `${untouched} && ${input} | ${awkCommand(job, manner, width)} | sheet fill output.xlsx --sheet ${shellWord(place.sheet)} ${cellName(place.row, place.column)}`;
    },
  };
}

/** Where the answer goes: with `named-place` to the sheet that the position names, otherwise beside the ledger. */
function placeOf(task: TaskText, answer: AnswerRange, ledger: Ledger, on: On) {
  const asked = answer.sheet ?? task.sheets[0] ?? ledger.sheet;
  const sheet = asked === ledger.sheet || on("named-place") ? asked : ledger.sheet;
  return { sheet, row: answer.firstRow, column: answer.firstColumn };
}

/** Looks at the habits that matter to a job. */
function mannerOf(instruction: string, job: Job, { rows }: Ledger, on: On): Manner {
  const isOneOf = (...kinds: readonly Job["kind"][]) => kinds.includes(job.kind);
  const column = "column" in job ? job.column : "where" in job ? job.where.column : 0;
  const measure =
    "measure" in job ? job.measure : job.kind === "sort" && !job.byDate ? job.column : 0;
  const words = rows.map((row) => row[column - 1] ?? "");
  const amounts = rows.map((row) => row[measure - 1] ?? "");
  const asksDigits = /\b(?:(\d)|one|two) decimal/.exec(instruction);
  const digits = asksDigits && Number(asksDigits[1] ?? (asksDigits[0].startsWith("one") ? 1 : 2));
  const compares = column > 0 && !isOneOf("clean", "calendar", "sort");
  const fills = isOneOf("product", "flag", "rank", "share");
  const divides = isOneOf("average", "share", "product");
  const isWord = isOneOf("flag", "look-up-column", "clean", "list", "groups", "highest");
  return {
    loose: compares && (isOneOf("look-up-column") || words.some(isOdd)) && on("match-loosely"),
    textNumbers: measure > 0 && amounts.some((it) => it.trim() !== it) && on("text-numbers"),
    blankStays: fills && amounts.some((it) => it.trim() === "") ? on("blank-stays") : true,
    inclusive: !isOneOf("flag", "count-from") || on("limit-included"),
    tiesShare: job.kind !== "rank" || on("ties-share"),
    saysNotFound: job.kind !== "look-up-column" || job.otherwise === "" || on("says-not-found"),
    blanksLast: job.kind !== "sort" || amounts.every((it) => it !== "") || on("blanks-last"),
    absentZero: job.kind !== "summary" || on("absent-zero"),
    alphabetical: !isOneOf("list", "groups") || on("alphabetical"),
    properCase: job.kind !== "clean" || on("proper-case"),
    digits: divides && digits && on("asked-digits") ? digits : undefined,
    wholeNumbers: divides && on("whole-results"),
    capitals: isWord && on("capitals"),
    clears: isOneOf("unique", "delete") && on("clear-leftovers"),
  };
}

/** Whether a word is spelled otherwise than it would be in a list of its own. */
function isOdd(word: string): boolean {
  return word !== "" && !/^[A-Z][a-z]+(?: [A-Z][a-z]+)*$/.test(word);
}

/** The command that prints the list that a job looks things up in, without its headings. */
function listIn(job: Job, sheets: readonly SeenSheet[]): string | undefined {
  if (!("list" in job)) return undefined;
  const rows = sheets.find(({ name }) => name === job.list)?.rows.length ?? 2;
  return `sheet read input.xlsx --sheet ${shellWord(job.list)} A2:B${rows}`;
}

function writing(
  formulas: readonly (readonly [cell: string, formula: string])[],
  sheet: string,
): string {
  const cells = formulas.map(([cell, formula]) => `${cell} ${shellWord(`=${formula}`)}`).join(" ");
  return `${untouched} && sheet write output.xlsx --sheet ${shellWord(sheet)} ${cells}`;
}

/** The cells of the answer range that hold something in the end. */
function itemsOf(
  place: { readonly sheet: string; readonly row: number; readonly column: number },
  block: Rows,
  width: number,
  sheets: readonly SeenSheet[],
  { answer, sheets: names }: TaskText,
): readonly string[] {
  if (answer === undefined) return [];
  const asked = answer.sheet ?? names[0] ?? "";
  const before = sheets.find(({ name }) => name === asked)?.rows ?? [];
  const items: string[] = [];
  for (let row = answer.firstRow; row <= answer.lastRow; row++)
    for (let column = answer.firstColumn; column <= answer.lastColumn; column++) {
      const line = place.sheet === asked ? block[row - place.row] : undefined;
      const inside = line !== undefined && column < place.column + Math.max(width, line.length);
      const value = inside ? (line[column - place.column] ?? "") : before[row - 1]?.[column - 1];
      if (value !== undefined && value !== "")
        items.push(`${asked}!${cellName(row, column)} = ${value}`);
    }
  return items;
}
