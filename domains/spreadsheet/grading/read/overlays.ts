import { columnNumber, lastRow } from "../columns.ts";
import { WorkbookFault } from "./fault.ts";
import type { Relation } from "./parts.ts";
import type { CellBlock, CellStore } from "./sheet.ts";
import { attribute, linkId, type XmlElement } from "./xml.ts";

/** What the empty cells of a block show because a link is laid over them. */
export interface CellLink {
  readonly block: CellBlock;
  readonly text: string | undefined;
}

/** Ends the reading of the sheet; says which sheet it is. */
type Refuse = (problem: string) => never;

/** Work that merged ranges and links may make at most, in cells looked at. */
const mergeBudget = 20_000_000;
const linkBudget = 4_000_000;
/** Text that a cell can take from a link. */
const longestText = 32_767;

/** Reads a merged range. */
export function readMerged(element: XmlElement, refuse: Refuse): CellBlock {
  const reference = attribute(element, "ref") ?? "";
  const block = blockOf(reference, "a merged range", refuse);
  if (isBackwards(block)) refuse(`a merged range from its end to its start: ${reference}`);
  return block;
}

/** Reads a link. */
export function readLink(
  element: XmlElement,
  relations: ReadonlyMap<string, Relation>,
  refuse: Refuse,
): CellLink {
  const block = blockOf(attribute(element, "ref") ?? "", "a link", refuse);
  const id = linkId(element) ?? "";
  const relation = relations.get(id);
  if (id !== "" && relation === undefined) refuse("a link that leads nowhere");
  const target = relation?.target ?? "";
  return { block, text: target === "" ? attribute(element, "location") : target };
}

/** Of a merged range only the first cell keeps its value. */
export function clearMerged(cells: CellStore, merged: readonly CellBlock[]): void {
  let budget = mergeBudget;
  for (const block of merged)
    cells.eachInRows(block.firstRow, block.lastRow, (row, column) => {
      if (--budget < 0) throw new WorkbookFault("limits", "the sheet has too many merged ranges");
      if (isCovered(block, row, column)) cells.clear(row, column);
    });
}

/**
 * The cells that take the address of a link for their value: those that are empty; within a merged
 * range its first cell, where the link is for one cell alone.
 */
export function linkedCells(
  cells: CellStore,
  links: readonly CellLink[],
  merged: readonly CellBlock[],
): readonly { readonly row: number; readonly column: number; readonly text: string }[] {
  const found: { row: number; column: number; text: string }[] = [];
  const taken = new Set<string>();
  let budget = linkBudget;
  for (const { block, text } of links) {
    if (isBackwards(block) || text === undefined || text === "") continue;
    const size = (block.lastColumn - block.firstColumn + 1) * (block.lastRow - block.firstRow + 1);
    budget -= size * (1 + merged.length);
    if (budget < 0) throw new WorkbookFault("limits", "links cover too many cells");
    for (let row = block.firstRow; row <= block.lastRow; row++)
      for (let column = block.firstColumn; column <= block.lastColumn; column++) {
        const cover = merged.find((range) => isCovered(range, row, column));
        if (cover !== undefined && size > 1) continue;
        const place = { row: cover?.firstRow ?? row, column: cover?.firstColumn ?? column };
        const key = `${place.row} ${place.column}`;
        if (taken.has(key) || !isEmpty(cells, place.row, place.column)) continue;
        taken.add(key);
        found.push({ ...place, text: text.slice(0, longestText) });
      }
  }
  return found;
}

function isEmpty(cells: CellStore, row: number, column: number): boolean {
  return (cells.at(cells.find(row, column)) ?? null) === null;
}

/** Whether a cell belongs to a merged range without being its first. */
function isCovered(block: CellBlock, row: number, column: number): boolean {
  if (row < block.firstRow || row > block.lastRow) return false;
  if (column < block.firstColumn || column > block.lastColumn) return false;
  return row !== block.firstRow || column !== block.firstColumn;
}

function isBackwards(block: CellBlock): boolean {
  return block.lastRow < block.firstRow || block.lastColumn < block.firstColumn;
}

function blockOf(reference: string, what: string, refuse: Refuse): CellBlock {
  const found = /^\$?([A-Za-z]{1,3})\$?([0-9]+)(?::\$?([A-Za-z]{1,3})\$?([0-9]+))?$/.exec(
    reference,
  );
  const firstColumn = columnNumber(found?.[1] ?? "") ?? 0;
  const firstRow = Number(found?.[2] ?? 0);
  const block = {
    firstRow,
    firstColumn,
    lastRow: found?.[4] === undefined ? firstRow : Number(found[4]),
    lastColumn: columnNumber(found?.[3] ?? "") ?? firstColumn,
  };
  if (firstRow < 1 || firstColumn < 1 || firstRow > lastRow || block.lastRow > lastRow)
    refuse(`${what} at ${JSON.stringify(reference.slice(0, 40))}`);
  return block;
}
