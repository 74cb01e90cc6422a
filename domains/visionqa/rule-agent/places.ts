import type { HasHabit } from "../../../harness/models/rule-based/kit.ts";
import { daysIn, isLike, type Line } from "./page-text.ts";

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

/** The cell of a column in the row that the question names; a ditto mark stands for what is above it. */
export function cellOf(column: string): Place {
  return (page, on, row) => {
    const head = page.findIndex((line) => line.some((cell) => isLike(cell, column)));
    const place = page[head]?.findIndex((cell) => isLike(cell, column)) ?? 0;
    const rows = page.slice(head + 1, page.findIndex(isOf(row)) + 1).toReversed();
    const cells = rows.map((line) => ({ text: line[place] ?? "", line }));
    const isDitto = ({ text }: Found) => isLike(text, "ditto");
    const [found] = cells;
    if (found === undefined || !isDitto(found) || !on("ditto-marks")) return found;
    return cells.find((cell) => !isDitto(cell));
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

/** The first day of the page. */
export const firstDay: Place = (page) =>
  page.flatMap((line) => daysIn(line.join(" ")).map((text) => ({ text, line })))[0];

/** What stands first on the page. */
export const top: Place = ([line]) => startOf(line);

const name = /^(?:[A-Z][\w'-]*\.? ){2,}[A-Z][\w'-]+$/;

/** The name below the closing words of a letter. */
export const belowClosing: Place = (page) => {
  const end = page.findIndex(([cell = ""]) => /\b(?:sincerely|faithfully|regards)\b/i.test(cell));
  const below = end < 0 ? [] : page.slice(end + 1, end + 4);
  return startOf(below.find(([cell = ""]) => name.test(cell)));
};

function startOf(line: Line | undefined): Found | undefined {
  const [text] = line ?? [];
  return line && text !== undefined ? { text, line } : undefined;
}
