/** A piece of a line of a page, as far from the left as it stands there. */
export interface Cell {
  readonly text: string;
  /** The columns it takes. */
  readonly start: number;
  readonly end: number;
}

/** A line of a page. */
export interface Line {
  readonly cells: readonly Cell[];
  readonly number: number;
}

/** A page as it was read. */
export type PageText = readonly Line[];

/** Cells of a page that was laid out as text: two spaces or more are between them. */
export function readLines(page: string): PageText {
  return page.split("\n").map((text, number) => ({
    number,
    cells: [...text.matchAll(/\S+(?: \S+)*/g)]
      .map((match) => ({ text: match[0], start: match.index, end: match.index + match[0].length }))
      .filter((cell) => /[\p{L}\p{N}]/u.test(cell.text)),
  }));
}

/** A line as one text. */
export function textOf(line: Line): string {
  return line.cells.map(({ text }) => text).join(" ");
}

/** The nearest cell below a place, in one of the next two lines, that stands under it. */
export function cellBelow(page: PageText, line: Line, cell: Cell): Cell | undefined {
  for (const next of page.slice(line.number + 1, line.number + 3)) {
    const under = next.cells.filter(
      ({ start, end }) => start < cell.end + 8 && end > cell.start - 2 && start > cell.start - 8,
    );
    if (under[0] !== undefined) return under[0];
  }
  return undefined;
}
