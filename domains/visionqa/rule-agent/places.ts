import { amountsIn, daysIn, isLike, type Line } from "./page-text.ts";

/** What was found on a page. */
export interface Found {
  readonly text: string;
  readonly line: Line;
  /** The answer with its caption, where it stands in one cell with it. */
  readonly captioned?: string;
}

/** Whether a habit is on; asked only where that decides something. */
export type On = (habit: string) => boolean;

/**
 * Finds what stands at a place of a kind of pages; undefined where nothing does.
 *
 * @param row of a table, where the question names one.
 */
export type Place = (page: readonly Line[], on: On, row: string) => Found | undefined;

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

/** One of the two days that stand at a place. */
export function endOf(range: Place, end: "first" | "last"): Place {
  return (page, on, row) => {
    const found = range(page, on, row);
    const days = daysIn(found?.text ?? "");
    const text = days.at(end === "first" ? 0 : -1);
    return found && text !== undefined && days.length > 1 && on("range-ends")
      ? { ...found, text }
      : found;
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

/** The date of a stamp, near its word. */
export function stamped(word: string): Place {
  return (page) => {
    const from = page.findIndex((line) => line.join(" ").includes(word));
    return firstIn(from < 0 ? [] : page.slice(from, from + 4), (text) =>
      daysIn(text).filter(isOfStamp),
    );
  };
}

/** The first day of the page that is not a stamp's. */
export const firstDay: Place = (page) =>
  firstIn(page, (text) => daysIn(text).filter((day) => !isOfStamp(day)));

/** Stamps have the names of months in capitals. */
function isOfStamp(day: string): boolean {
  return /[A-Z]{3}/.test(day);
}

/** The first amount of the page. */
export const firstAmount: Place = (page) => firstIn(page, amountsIn);

function firstIn(page: readonly Line[], itemsIn: (text: string) => readonly string[]) {
  return page.flatMap((line) => itemsIn(line.join(" ")).map((text) => ({ text, line })))[0];
}

/** What stands first on the page. */
export const top: Place = ([line]) => startOf(line);

/** The first line in capitals. */
export const capitals: Place = (page) =>
  startOf(page.find(([cell = ""]) => /^[A-Z ]{8,}$/.test(cell) && cell.includes(" ")));

const name = /^(?:[A-Z][\w'-]*\.? ){2,}[A-Z][\w'-]+$/;

/** The name below the closing words of a letter: typed, or else signed. */
export const belowClosing: Place = (page) => {
  const end = page.findIndex(([cell = ""]) => /\b(?:sincerely|faithfully|regards)\b/i.test(cell));
  const names = page.slice(end + 1, end + 4).filter(([cell = ""]) => name.test(cell));
  return end < 0 ? undefined : startOf(names[1] ?? names[0]);
};

/** The first name above the salutation of a letter, below the letterhead. */
export const aboveSalutation: Place = (page) => {
  const end = page.findIndex(([cell = ""]) => /^\W*dear\b/i.test(cell));
  return startOf(page.slice(1, Math.max(1, end)).find(([cell = ""]) => name.test(cell)));
};

function startOf(line: Line | undefined): Found | undefined {
  const [text] = line ?? [];
  return line && text !== undefined ? { text, line } : undefined;
}
