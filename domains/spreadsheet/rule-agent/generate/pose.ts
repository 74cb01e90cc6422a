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

/** The sheet that a family adds to a workbook for its answer. */
export function sheetFor({ place, label, key = "kind" }: Family, theme: Theme): readonly Sheet[] {
  if (place === "report") return [{ name: "Report", rows: [["Figure", "Value"], [label ?? ""]] }];
  if (place === "summary") return [{ name: "Summary", rows: [[headingOf(theme, key), "Total"]] }];
  return [];
}

/** The empty column that a family adds to the ledger for its answer. */
export function columnFor({ place, label }: Family, { product }: Theme): readonly string[] {
  return place === "column" ? [label ?? product] : [];
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
  const place = placeOf(family, plan);
  const slots = slotsOf(family, plan, place, rng);
  const column = (field: Plan["columns"][number]) => plan.columns.indexOf(field) + 1;
  const worker = workerFor({
    entries: entries.map(({ facts }) => facts),
    columns: {
      key: column(family.key ?? "kind"),
      amount: column("count"),
      factor: column("price"),
    },
    slots,
    has: (habit) => habits.get(habit)?.harmful === false,
  });
  const cellsOf = new Map(entries.map(({ facts, cells }) => [facts, cells]));
  const block = family
    .work(worker)
    .map(
      (row) =>
        cellsOf.get(row) ?? (row.length > 0 ? row.map(cellOf) : plan.columns.map(() => null)),
    );
  return {
    instruction: fillTemplate(pick(rng, family.says), slots),
    answerPosition: positionOf(place, block, input),
    input,
    golden: input.map((it) => (it.name === place.sheet ? withBlock(it, place, block) : it)),
  };
}

/** Where the answer begins; rows and columns from 1. */
interface Place {
  readonly sheet: string;
  readonly row: number;
  readonly column: number;
}

type Block = readonly (readonly Cell[])[];

function placeOf({ place, label }: Family, plan: Plan): Place {
  const { theme, columns, added } = plan;
  if (place === "report") return { sheet: "Report", row: 2, column: 2 };
  if (place === "summary") return { sheet: "Summary", row: 2, column: 1 };
  const column = columns.length + 1 + added.indexOf(label ?? theme.product);
  return { sheet: theme.sheet, row: firstRow(plan), column: place === "column" ? column : 1 };
}

function slotsOf(family: Family, plan: Plan, place: Place, rng: Rng): Slots {
  const { key = "kind", choices = {} } = family;
  const { theme } = plan;
  const chosen = Object.entries(choices).map(([slot, among]) => [slot, pick(rng, among)]);
  return {
    key: headingOf(theme, key),
    value: key === "kind" ? plan.kind : plan.status,
    amount: headingOf(theme, "count"),
    factor: headingOf(theme, "price"),
    column: columnFor(family, theme).join(),
    bound: String(plan.bound),
    noun: theme.noun,
    sheet: theme.sheet,
    target: place.sheet,
    cell: `cell ${cellName(place.row, place.column)} of the sheet ${place.sheet}`,
    ...Object.fromEntries(chosen),
  };
}

function cellOf(text: string): Cell {
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

/** A sheet with a block of cells written into it. */
function withBlock({ name, rows }: Sheet, { row, column }: Place, block: Block): Sheet {
  const height = Math.max(rows.length, row - 1 + block.length);
  return {
    name,
    rows: Array.from({ length: height }, (_, at) => {
      const old = rows[at] ?? [];
      const cells = block[at + 1 - row];
      if (cells === undefined) return old;
      const left = Array.from({ length: column - 1 }, (_, place) => old[place] ?? null);
      return [...left, ...cells, ...old.slice(column - 1 + cells.length)];
    }),
  };
}
