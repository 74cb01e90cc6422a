import type { HasHabit } from "../../../harness/models/rule-based/kit.ts";
import { isLike, type Line } from "./page-text.ts";

/** What was found on a page. */
export interface Found {
  readonly text: string;
  readonly line: Line;
  /** The answer with its caption, where it stands in one cell with it. */
  readonly captioned?: string;
}

/**
 * Finds what stands at a place of a kind of pages; undefined where nothing does.
 *
 * @param row of a table, where the question names one.
 */
export type Place = (page: readonly Line[], on: HasHabit, row: string) => Found | undefined;

/** One place with a habit, another without it. */
export function by(habit: string, place: Place, without: Place): Place {
  return (page, on, row) => (on(habit) ? place : without)(page, on, row);
}

/** The value of a caption: behind it, beside it or below it. */
export function caption(wanted: string): Place {
  const size = wanted.split(" ").length;
  return (page, on) => {
    for (const [number, line] of page.entries())
      for (const [place, cell] of line.entries()) {
        const words = cell.split(" ");
        if (!isLike(words.slice(0, size).join(" "), wanted)) continue;
        if (words.length > size)
          return { text: words.slice(size).join(" "), line, captioned: cell };
        const [beside = "", below = ""] = [line[place + 1], page[number + 1]?.[place]];
        const isValue = cell.endsWith(":") || /\d/.test(beside);
        if (!isValue && below !== "" && on("value-below"))
          return { text: below, line: page[number + 1] ?? [] };
        return beside === "" ? undefined : { text: beside, line };
      }
    return undefined;
  };
}

/** The cell of a column in the row that the question names. */
export function cellOf(column: string): Place {
  return (page, _, row) => {
    const head = page.find((line) => line.some((cell) => isLike(cell, column)));
    const place = head?.findIndex((cell) => isLike(cell, column)) ?? 0;
    const line = page.find(isOf(row));
    return line && { text: line[place] ?? "", line };
  };
}

/** The first number of the row that the question names. */
export const firstOfRow: Place = (page, _, row) => {
  const line = page.find(isOf(row));
  const text = line?.slice(1).find((cell) => /\d/.test(cell));
  return line && text !== undefined ? { text, line } : undefined;
};

function isOf(row: string): (line: Line) => boolean {
  return ([name = ""]) => isLike(name, row);
}

/** What stands first on the page. */
export const top: Place = ([line]) => {
  const [text] = line ?? [];
  return line && text !== undefined ? { text, line } : undefined;
};
