import type { Rng } from "../../../../harness/contracts/index.ts";
import { pick } from "../../../../harness/models/rule-based/kit.ts";
import { cellName } from "../../grading/columns.ts";
import type { Family } from "../family.ts";
import { habits } from "../habits.ts";
import { fillTemplate, type Slots } from "../template.ts";
import { workerFor } from "../worker.ts";
import { type Entry, firstRow, type Plan, sheetsOf } from "./ledger.ts";
import { headingOf, type Theme } from "./themes.ts";
import type { Cell, Sheet } from "./workbook-file.ts";

/** A task before it has an id. */
export interface Posed {
  readonly instruction: string;
  readonly answerPosition: string;
  readonly input: readonly Sheet[];
  readonly golden: readonly Sheet[];
}

const report = "Report";
const summary = "Summary";

/** What a family adds to the workbook: an empty column, a label, or a sheet. */
export function partsFor(
  { place, key = "kind" }: Family,
  theme: Theme,
): Pick<Plan, "added" | "labels" | "sheets"> {
  const none = { added: [], labels: [], sheets: [] };
  switch (place.kind) {
    case "column":
      return { ...none, added: [place.heading ?? theme.product] };
    case "label":
      return { ...none, labels: [place.label] };
    case "report":
      return { ...none, sheets: [{ name: report, rows: [["Figure", "Value"], [place.label]] }] };
    case "summary":
      return { ...none, sheets: [{ name: summary, rows: [[headingOf(theme, key), "Total"]] }] };
    case "ledger":
      return none;
  }
}

/**
 * Asks for something of a workbook.
 *
 * The expected cells come from what the entries mean, never from how they are written.
 *
 * @param rng the same draws ask for the same thing, whatever the entries are.
 */
export function posed(family: Family, plan: Plan, entries: readonly Entry[], rng: Rng): Posed {
  const input = sheetsOf(plan, entries);
  const range = rangeOf(family, plan);
  const slots = slotsOf(family, plan, range, rng);
  const { columns } = plan;
  const rows = family.work(
    workerFor({
      entries: entries.map(({ facts }) => facts),
      columns: {
        key: columns.indexOf(family.key ?? "kind") + 1,
        amount: columns.indexOf("count") + 1,
        factor: columns.indexOf("price") + 1,
      },
      slots,
      has: (habit) => habits.get(habit)?.harmful === false,
    }),
  );
  const cellsOf = new Map(entries.map(({ facts, cells }) => [facts, cells]));
  const block = rows.map((row) => cellsOf.get(row) ?? row.map(cellOf));
  const { sheet } = range;
  return {
    instruction: fillTemplate(pick(rng, family.says), slots),
    answerPosition: positionOf(range, input),
    input,
    golden: input.map((it) => (it.name === sheet ? withBlock(it, range, block) : it)),
  };
}

interface Range {
  readonly sheet: string;
  /** Where the answer begins; rows and columns from 1. */
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

/** Where the answer goes; the row of totals is looked at as well. */
function rangeOf({ place }: Family, plan: Plan): Range {
  const { theme, columns, added, labels, entries, totals } = plan;
  const ledger = { sheet: theme.sheet, row: firstRow(plan), column: 1 };
  const height = entries + (totals ? 1 : 0);
  switch (place.kind) {
    case "ledger":
      return { ...ledger, rows: height, columns: columns.length };
    case "column": {
      const column = columns.length + 1 + added.indexOf(place.heading ?? theme.product);
      return { ...ledger, column, rows: height, columns: 1 };
    }
    case "label": {
      const row = ledger.row + labels.indexOf(place.label);
      return { ...ledger, row, column: columns.length + added.length + 3, rows: 1, columns: 1 };
    }
    case "report":
      return { sheet: report, row: 2, column: 2, rows: 1, columns: 1 };
    case "summary":
      return { sheet: summary, row: 2, column: 1, rows: theme.kinds.length, columns: 2 };
  }
}

function slotsOf(
  { place, key = "kind", choices = {} }: Family,
  plan: Plan,
  range: Range,
  rng: Rng,
): Slots {
  const { theme } = plan;
  const cell = `cell ${cellName(range.row, range.column)}`;
  const chosen = Object.entries(choices).map(([slot, among]) => [slot, pick(rng, among)]);
  return {
    key: headingOf(theme, key),
    value: key === "kind" ? plan.kind : plan.status,
    amount: headingOf(theme, "count"),
    factor: headingOf(theme, "price"),
    column: place.kind === "column" ? (place.heading ?? theme.product) : "",
    bound: String(plan.bound),
    noun: theme.noun,
    sheet: theme.sheet,
    target: range.sheet,
    cell: place.kind === "report" ? `${cell} of the sheet ${report}` : cell,
    ...Object.fromEntries(chosen),
  };
}

function cellOf(text: string): Cell {
  if (text === "") return null;
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}

/** The position as the data set writes it: the sheet is named unless it is the first. */
function positionOf(
  { sheet, row, column, rows, columns }: Range,
  [front]: readonly Sheet[],
): string {
  const first = cellName(row, column);
  const last = cellName(row + rows - 1, column + columns - 1);
  const cells = first === last ? first : `${first}:${last}`;
  return sheet === front?.name ? cells : `'${sheet}'!${cells}`;
}

/** A sheet with a block of cells written into it. */
function withBlock(sheet: Sheet, range: Range, block: readonly (readonly Cell[])[]): Sheet {
  const rows = sheet.rows.map((row) => [...row]);
  for (const [down, cells] of block.entries())
    for (let right = 0; right < range.columns; right++) {
      const row = (rows[range.row - 1 + down] ??= []);
      while (row.length < range.column + right) row.push(null);
      row[range.column - 1 + right] = cells[right] ?? null;
    }
  return { ...sheet, rows };
}
