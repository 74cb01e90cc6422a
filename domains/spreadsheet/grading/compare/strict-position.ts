import { columnNumber, lastRow } from "../columns.ts";
import type { CellBlock } from "../read/sheet.ts";

/** A part of a position as `strict` understands it. */
export interface StrictPart {
  /** Undefined where neither the part nor one before it names a sheet. */
  readonly sheet: string | undefined;
  readonly block: CellBlock;
}

/** The last column of a sheet, XFD. */
const sheetColumns = 16_384;
const separators = /[\s,;]*/y;
const unknownSheet = /(?:'(?:[^']|'')*'|[^'!]*'?)!/y;
const range =
  /['\s]*\$?([A-Za-z]{1,3})?\$?([0-9]+)?(?:\s*([:：])['\s]*\$?([A-Za-z]{1,3})?\$?([0-9]+)?)?['\s]*(?=[,;]|$)/y;

/**
 * Reads a position knowing the sheets there are, so that commas, quotes and `!` in their names do no
 * harm: `'b2b, sez'!A5:V10`, `Sheet2'!B1`, `'SS!'A2:E7` and `'It''s'!A1` all name a sheet. Case does
 * not count, in sheets as in columns. A part without a sheet belongs to that of the part before it.
 *
 * `A:G` and `2:5` are whole columns and rows; `A1:B` and `A:B3` reach from or to the end of the sheet;
 * a missing column is that of the other corner (`BD2:308` is BD2:BD308); corners may come in any order.
 *
 * @param sheets names of the answer's sheets.
 * @returns at least one part, or why the position is not understood.
 */
export function readStrictPosition(
  position: string,
  sheets: readonly string[],
): readonly StrictPart[] | string {
  const names = [...sheets].sort((a, b) => b.length - a.length);
  const references = names.map((name) => ({ name, pattern: referenceTo(name) }));
  const parts: StrictPart[] = [];
  let sheet: string | undefined;
  let at = after(separators, position, 0) ?? 0;
  while (at < position.length) {
    const isHere = ({ pattern }: (typeof references)[number]) =>
      after(pattern, position, at) !== undefined;
    for (let named = references.find(isHere); named; named = references.find(isHere)) {
      sheet = named.name;
      at = after(named.pattern, position, at) ?? at;
    }
    range.lastIndex = at;
    const found = range.exec(position);
    const stranger = found === null ? after(unknownSheet, position, at) : undefined;
    if (stranger !== undefined)
      return `the answer has no sheet ${position.slice(at, stranger - 1)}`;
    const block = found === null ? undefined : blockOf(found);
    if (block === undefined)
      return `${JSON.stringify(position.slice(at, at + 60))} is no range of cells`;
    parts.push({ sheet, block });
    at = after(separators, position, range.lastIndex) ?? position.length;
  }
  return parts.length === 0 ? "it names no cells" : parts;
}

/** A sheet's name with a `!`, with or without quotes on either side of each. */
function referenceTo(name: string): RegExp {
  const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  // White space around a name is allowed for anyway; a name of white space alone stays as it is.
  const bare = name.trim() === "" ? name : name.trim();
  const written = [bare, bare.replaceAll("'", "''")].map(literal).join("|");
  return new RegExp(`['\\s]*(?:${written})['\\s]*!['\\s]*`, "iy");
}

function after(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function blockOf(found: RegExpExecArray): CellBlock | undefined {
  const [, columnA, rowA, colon, columnB, rowB] = found;
  const columns = [columnA, columnB].map((letters) =>
    letters === undefined ? undefined : columnNumber(letters),
  );
  const rows = [rowA, rowB].map((digits) => (digits === undefined ? undefined : Number(digits)));
  const [firstColumn = columns[1], lastColumn = columns[0]] = columns;
  if (firstColumn === undefined && rows.every((row) => row === undefined)) return undefined;
  // A corner that is nothing at all is a slip, not a whole column.
  if (colon !== undefined && columns[1] === undefined && rows[1] === undefined) return undefined;
  if (colon !== undefined && columns[0] === undefined && rows[0] === undefined) return undefined;
  const first = rows[0] ?? 1;
  const last = rows[1] ?? (colon === undefined && rows[0] !== undefined ? first : lastRow);
  const block = {
    firstRow: Math.min(first, last),
    lastRow: Math.max(first, last),
    firstColumn: Math.min(firstColumn ?? 1, lastColumn ?? sheetColumns),
    lastColumn: Math.max(firstColumn ?? 1, lastColumn ?? sheetColumns),
  };
  const outside = block.firstRow < 1 || block.lastRow > lastRow || block.lastColumn > sheetColumns;
  return outside ? undefined : block;
}
