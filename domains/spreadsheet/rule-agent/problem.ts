import type { Problem, Traced } from "../../../harness/contracts/index.ts";
import { shellWord } from "../../../harness/models/rule-based/kit.ts";
import { cellName, columnName } from "../grading/columns.ts";
import { type Order, readInstruction } from "./families.ts";
import { habits, matters } from "./habits.ts";
import { findLedger, type Ledger, type On } from "./ledger.ts";
import { awkCommand } from "./program.ts";
import type { AnswerRange, SeenSheet, TaskText } from "./task-text.ts";
import { fillTemplate, type Slots } from "./template.ts";
import { type Job, type Row, workerFor } from "./worker.ts";

/** A task with what was seen of its workbook. */
export function workbookProblem(task: TaskText, sheets: readonly SeenSheet[]): Problem {
  const order = readInstruction(task.instruction);
  return {
    habits,
    key: JSON.stringify(["workbook", task, sheets]),
    question: task.instruction,
    isSeen: sheets.some(({ rows }) => rows.length > 0),
    trace(enabled) {
      const asked = new Set<string>();
      const on: On = (habit) => {
        asked.add(habit);
        return enabled.has(habit);
      };
      const { answer } = task;
      const done = order && answer && workOn({ sheets, order, answer }, on);
      if (!done) return { items: [], asked, command: () => asScript(copy, task) };
      const { items, change } = done;
      return { items, asked, command: () => asScript(`${copy} && ${change()}`, task) };
    },
  };
}

const copy = "cp input.xlsx output.xlsx";

/** A task that is repeated on other workbooks wants its command as a script. */
function asScript(command: string, { wantsScript }: TaskText): string {
  if (!wantsScript) return command;
  return `cat > solution.sh <<'END_OF_SCRIPT'\n${command}\nEND_OF_SCRIPT\nbash solution.sh`;
}

interface Seen {
  readonly sheets: readonly SeenSheet[];
  readonly order: Order;
  readonly answer: AnswerRange;
}

interface Done {
  /** The cells of the answer range that hold something in the end, as `Sheet!B2 = value`. */
  readonly items: Traced["items"];
  /** The command that changes a copy of the input. */
  change(): string;
}

/** Does a task with the habits that are on; undefined where the ledger was not found. */
function workOn({ sheets, order, answer }: Seen, on: On): Done | undefined {
  const { family, slots } = order;
  const ledger = findLedger(sheets, Object.values(slots), on);
  const columns = ledger && columnsOf(order, ledger);
  if (ledger === undefined || columns === undefined) return undefined;
  const sheet = answer.sheet === ledger.sheet || on("named-place") ? answer.sheet : ledger.sheet;
  const target = `output.xlsx --sheet ${shellWord(sheet)}`;
  const start = cellName(answer.firstRow, answer.firstColumn);
  if (family.formula !== undefined && !on("plain-values")) {
    const formula = formulaFor(family.formula, slots, ledger, columns);
    return {
      items: [],
      change: () => `sheet write ${target} ${start} ${shellWord(`=${formula}`)}`,
    };
  }
  const cells = { entries: ledger.entries, columns, slots };
  const kept = new Set(family.habits.filter((it) => !matters(it, cells) || on(it)));
  const job: Job = { ...cells, has: (habit) => kept.has(habit) };
  const width = answer.lastColumn - answer.firstColumn + 1;
  return {
    items: itemsOf(sheet === answer.sheet ? family.work(workerFor(job)) : [], sheets, answer),
    change: () =>
      `${readEntries(ledger)} | ${awkCommand(family, job, width)} | sheet fill ${target} ${start}`,
  };
}

/** Slots that hold a heading of the ledger. */
const headingSlots = ["key", "amount", "factor", "column"];

/** Columns of the headings that an order names, from 1; undefined where one is missing. */
function columnsOf({ slots }: Order, { headings }: Ledger): Job["columns"] | undefined {
  const columns = headingSlots
    .filter((slot) => slots[slot] !== undefined)
    .map((slot) => [slot, headings.indexOf(slots[slot] ?? "") + 1] as const);
  return columns.every(([, column]) => column > 0) ? Object.fromEntries(columns) : undefined;
}

function readEntries({ sheet, first, last, headings }: Ledger): string {
  const range = `A${first}:${columnName(headings.length)}${last}`;
  return `sheet read input.xlsx --sheet ${shellWord(sheet)} ${range}`;
}

/** The formula that many would write instead of a value. */
function formulaFor(
  formula: string,
  slots: Slots,
  { sheet, first, last }: Ledger,
  columns: Job["columns"],
): string {
  const ranges = Object.entries(columns).map(([slot, column]) => {
    const letters = columnName(column);
    return [slot, `'${sheet}'!$${letters}$${first}:$${letters}$${last}`];
  });
  return fillTemplate(formula, { ...slots, ...Object.fromEntries(ranges) });
}

/** What the answer range holds once rows of cells were written to its start. */
function itemsOf(
  written: readonly Row[],
  sheets: readonly SeenSheet[],
  { sheet, firstRow, lastRow, firstColumn, lastColumn }: AnswerRange,
): readonly string[] {
  const before = sheets.find(({ name }) => name === sheet)?.rows ?? [];
  const items: string[] = [];
  for (let row = firstRow; row <= lastRow; row++)
    for (let column = firstColumn; column <= lastColumn; column++) {
      const old = before[row - 1]?.[column - 1] ?? "";
      const line = written[row - firstRow];
      const value = line === undefined ? old : (line[column - firstColumn] ?? "");
      if (value !== "") items.push(`${sheet}!${cellName(row, column)} = ${value}`);
    }
  return items;
}
