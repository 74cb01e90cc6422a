import type { Problem } from "../../../harness/contracts/index.ts";
import {
  fillTemplate,
  type HasHabit,
  noting,
  shellWord,
} from "../../../harness/models/rule-based/kit.ts";
import { cellName, columnName } from "../grading/columns.ts";
import { type Order, readInstruction } from "./families.ts";
import { habits } from "./habits.ts";
import { findLedger, type Ledger } from "./ledger.ts";
import { awkCommand } from "./program.ts";
import type { AnswerRange, SeenSheet, TaskText } from "./task-text.ts";
import { type LedgerRow, type SheetJob, workerFor } from "./worker.ts";

/** A task with what was seen of its workbook. */
export function workbookProblem(task: TaskText, sheets: readonly SeenSheet[]): Problem {
  const order = readInstruction(task.instruction);
  const copy = "cp input.xlsx output.xlsx";
  return {
    habits,
    key: JSON.stringify(["workbook", task, sheets]),
    question: task.instruction,
    isSeen: sheets.some(({ rows }) => rows.length > 0),
    trace(on) {
      const { asked, has } = noting(on);
      const job = order && jobOf(order, sheets, has);
      if (job === undefined || task.answer === undefined)
        return { items: [], asked, command: () => asScript(copy, task) };
      const { items, change } = workOn(job, task.answer, sheets, on);
      return { items, asked, command: () => asScript(`${copy} && ${change()}`, task) };
    },
  };
}

/** A task that is repeated on other workbooks wants its command as a script. */
function asScript(command: string, { wantsScript }: TaskText): string {
  if (!wantsScript) return command;
  return `cat > solution.sh <<'END_OF_SCRIPT'\n${command}\nEND_OF_SCRIPT\nbash solution.sh`;
}

interface LedgerJob extends SheetJob, Order {
  readonly ledger: Ledger;
}

/** Slots that hold a heading of the ledger. */
const headingSlots = ["key", "amount", "factor", "column"];

/** Finds what an order is about; undefined where a heading that it names is not found. */
function jobOf(
  { family, slots }: Order,
  sheets: readonly SeenSheet[],
  has: HasHabit,
): LedgerJob | undefined {
  const named = Object.entries(slots).filter(([slot]) => headingSlots.includes(slot));
  const headings = named.map(([, heading]) => heading);
  const ledger = findLedger(sheets, headings, has);
  if (ledger === undefined || !headings.every((it) => ledger.headings.includes(it)))
    return undefined;
  const columns = named.map(([slot, heading]) => [slot, ledger.headings.indexOf(heading) + 1]);
  const { entries } = ledger;
  return { family, slots, has, ledger, entries, columns: Object.fromEntries(columns) };
}

/**
 * Does a job.
 *
 * @param on the habits that are on.
 * @returns the cells of the answer range that hold something in the end, as `Sheet!B2 = value`, and the
 * command that changes a copy of the input.
 */
function workOn(
  job: LedgerJob,
  answer: AnswerRange,
  sheets: readonly SeenSheet[],
  on: ReadonlySet<string>,
): { readonly items: readonly string[]; change(): string } {
  const { family, ledger, has } = job;
  const start = cellName(answer.firstRow, answer.firstColumn);
  const place = `output.xlsx --sheet ${shellWord(answer.sheet)} ${start}`;
  if (family.formula !== undefined && !has("plain-values")) {
    const formula = fillTemplate(family.formula, { ...job.slots, ...rangesOf(job) });
    return { items: [], change: () => `sheet write ${place} ${shellWord(`=${formula}`)}` };
  }
  const width = answer.lastColumn - answer.firstColumn + 1;
  const { first, last, headings } = ledger;
  const source = `--sheet ${shellWord(ledger.sheet)} A${first}:${columnName(headings.length)}${last}`;
  return {
    items: itemsIn(answer, rangeAfter(family.work(workerFor(job)), sheets, answer)),
    change: () =>
      `sheet read input.xlsx ${source} | ${awkCommand(family, job, on, width)} | sheet fill ${place}`,
  };
}

/** The columns of a job as formulas write them, by slot. */
function rangesOf({ columns, ledger: { sheet, first, last } }: LedgerJob) {
  const ranges = Object.entries(columns).map(([slot, column]) => {
    const letters = `$${columnName(column)}$`;
    return [slot, `'${sheet}'!${letters}${first}:${letters}${last}`];
  });
  return Object.fromEntries(ranges);
}

/** The cells of the answer range, once rows of cells were written to its start. */
function rangeAfter(
  written: readonly LedgerRow[],
  sheets: readonly SeenSheet[],
  { sheet, firstRow, lastRow, firstColumn, lastColumn }: AnswerRange,
): readonly LedgerRow[] {
  const before = sheets.find(({ name }) => name === sheet)?.rows ?? [];
  const old = before
    .slice(firstRow - 1, lastRow)
    .map((row) => row.slice(firstColumn - 1, lastColumn));
  return [...written, ...old.slice(written.length)];
}

/** The cells of the answer range that hold something, as `Sheet!B2 = value`. */
export function itemsIn(answer: AnswerRange, rows: readonly LedgerRow[]): readonly string[] {
  const { sheet, firstRow, lastRow, firstColumn, lastColumn } = answer;
  const inside = rows.slice(0, lastRow - firstRow + 1);
  return inside.flatMap((row, down) =>
    row.slice(0, lastColumn - firstColumn + 1).flatMap((value, right) => {
      const place = cellName(firstRow + down, firstColumn + right);
      return value === "" ? [] : [`${sheet}!${place} = ${value}`];
    }),
  );
}
