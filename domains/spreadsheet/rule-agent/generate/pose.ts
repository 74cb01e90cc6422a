import type { Rng } from "../../../../harness/contracts/index.ts";
import { fillTemplate, pick, type Slots } from "../../../../harness/models/rule-based/kit.ts";
import { cellName } from "../../grading/columns.ts";
import type { Family } from "../family.ts";
import { habits } from "../habits.ts";
import { workerFor } from "../worker.ts";
import { type LedgerEntry, ownSheet, type Plan, sheetsOf } from "./ledger.ts";
import { type Field, headingOf } from "./themes.ts";
import type { Sheet, WrittenCell } from "./workbook-file.ts";

/**
 * Asks for something of a workbook.
 *
 * The expected cells come from what the entries mean, never from how they are written.
 *
 * @param rng the same draws ask for the same thing, whatever the entries are.
 */
export function posed(family: Family, plan: Plan, entries: readonly LedgerEntry[], rng: Rng) {
  const input = sheetsOf(plan, entries);
  const place = placeOf(family, plan);
  const slots = slotsOf(plan, place);
  const column = (field: Field) => plan.columns.indexOf(field) + 1;
  const worker = workerFor({
    entries: entries.map(({ facts }) => facts),
    columns: { key: column("kind"), amount: column("count"), factor: column("price") },
    slots,
    has: (habit) => habits.get(habit)?.harmful === false,
  });
  const cellsOf = new Map(entries.map(({ facts, cells }) => [facts, cells]));
  const block = family.work(worker).map((row) => cellsOf.get(row) ?? row.map(cellOf));
  return {
    instruction: fillTemplate(pick(rng, family.says), slots),
    answerPosition: positionOf(place, block, input),
    input,
    golden: input.map((it) => (it.name === place.sheet ? withBlock(it, place, block) : it)),
  };
}

/** Where an answer begins; rows and columns from 1. */
interface Place {
  readonly sheet: string;
  readonly row: number;
  readonly column: number;
}

type Block = readonly (readonly WrittenCell[])[];

function placeOf(family: Family, { theme, title, columns }: Plan): Place {
  const own = ownSheet(family, theme);
  if (own) return { sheet: own.name, row: 2, column: 1 + (own.rows[1]?.length ?? 0) };
  const column = family.place === "column" ? columns.length + 1 : 1;
  return { sheet: theme.sheet, row: title ? 4 : 2, column };
}

function slotsOf({ theme, kind, bound, empty }: Plan, { sheet, row, column }: Place): Slots {
  return {
    key: headingOf(theme, "kind"),
    value: kind,
    amount: headingOf(theme, "count"),
    factor: headingOf(theme, "price"),
    column: empty.join(),
    bound: String(bound),
    noun: theme.noun,
    sheet: theme.sheet,
    target: sheet,
    cell: `cell ${cellName(row, column)} of the sheet ${sheet}`,
    digits: "1",
  };
}

function cellOf(text: string): WrittenCell {
  if (text === "") return null;
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}

/** The position as the data set writes it: the sheet is named unless it is the first. */
function positionOf(
  { sheet, row, column }: Place,
  block: Block,
  [front]: readonly Sheet[],
): string {
  const first = cellName(row, column);
  const last = cellName(row + block.length - 1, column + (block[0]?.length ?? 1) - 1);
  const cells = first === last ? first : `${first}:${last}`;
  return sheet === front?.name ? cells : `'${sheet}'!${cells}`;
}

/** A sheet with cells in the place of what stood there and to the right. */
function withBlock({ name, rows }: Sheet, { row, column }: Place, block: Block): Sheet {
  const changed = [...rows];
  for (const [down, cells] of block.entries()) {
    const at = row - 1 + down;
    changed[at] = [...(rows[at]?.slice(0, column - 1) ?? []), ...cells];
  }
  return { name, rows: changed };
}
