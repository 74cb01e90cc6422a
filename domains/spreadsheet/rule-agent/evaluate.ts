import type { Job } from "./job.ts";
import type { Ledger } from "./ledger.ts";
import { type Cells, cellsIn, type Manner, tidy } from "./manner.ts";

type Row = readonly string[];

/** What is on a sheet beside the ledger that the job speaks of, without its headings. */
export type ListOf = (sheet: string) => readonly Row[];

/**
 * Does a job: the rows of cells that are to stand at the answer.
 *
 * @param width columns of the answer.
 */
export function evaluate(
  job: Job,
  { rows }: Ledger,
  manner: Manner,
  listOf: ListOf,
  width: number,
): readonly Row[] {
  const cells = cellsIn(manner);
  const { key, number, shown, word } = cells;
  const at = (row: Row, column: number) => row[column - 1] ?? "";
  const chosen = ({ column, value }: { column: number; value: string }) =>
    rows.filter((row) => key(at(row, column)) === key(value));
  const numbers = (of: readonly Row[], column: number) =>
    of.flatMap((row) => number(at(row, column)) ?? []);
  const each = (measure: number, result: (value: number, row: Row) => string) =>
    rows.map((row) => {
      const value = number(at(row, measure));
      if (value === undefined && manner.blankStays) return [""];
      return [result(value ?? 0, row)];
    });
  const reaches = (value: number, bound: number) =>
    manner.inclusive ? value >= bound : value > bound;
  const moved = (kept: readonly Row[]) => {
    const left = manner.clears ? rows.length : kept.length;
    return Array.from({ length: left }, (_, place) => (kept[place] ?? []).slice(0, width));
  };
  switch (job.kind) {
    case "total":
      return [[shown(sum(numbers(chosen(job.where), job.measure)))]];
    case "count":
      return [[String(chosen(job.where).length)]];
    case "average": {
      const found = numbers(chosen(job.where), job.measure);
      return [[found.length === 0 ? "" : shown(sum(found) / found.length)]];
    }
    case "count-from":
      return [[String(numbers(rows, job.measure).filter((it) => reaches(it, job.bound)).length)]];
    case "distinct": {
      const filled = rows.map((row) => key(at(row, job.column))).filter((it) => it !== "");
      return [[String(new Set(filled).size)]];
    }
    case "highest": {
      let best: Row | undefined;
      let most = Number.NEGATIVE_INFINITY;
      for (const row of rows) {
        const value = number(at(row, job.measure));
        if (value !== undefined && value > most) [best, most] = [row, value];
      }
      return [[best === undefined ? "" : word(at(best, job.give))]];
    }
    case "look-up": {
      const [found] = chosen(job.where);
      return [[found === undefined ? "" : at(found, job.give)]];
    }
    case "product":
      return each(job.measure, (value, row) => shown(value * (number(at(row, job.times)) ?? 0)));
    case "flag":
      return each(job.measure, (value) => word(reaches(value, job.bound) ? "Yes" : "No"));
    case "rank": {
      const values = rows.map(
        (row) => number(at(row, job.measure)) ?? (manner.blankStays ? undefined : 0),
      );
      return values.map((value, place) => {
        if (value === undefined) return [""];
        const above = values.filter((other) => other !== undefined && other > value).length;
        const before = values.slice(0, place).filter((other) => other === value).length;
        return [String(1 + above + (manner.tiesShare ? 0 : before))];
      });
    }
    case "running": {
      let total = 0;
      return rows.map((row) => {
        total += number(at(row, job.measure)) ?? 0;
        return [shown(total)];
      });
    }
    case "share": {
      const total = sum(numbers(rows, job.measure));
      return each(job.measure, (value) => shown((value * 100) / total));
    }
    case "clean":
      return rows.map((row) => [word(cleaned(at(row, job.column), manner))]);
    case "calendar":
      return rows.map((row) => [ofDate(at(row, job.column), job.part, job.until)]);
    case "look-up-column": {
      const list = new Map(
        [...listOf(job.list)].reverse().map((row) => [key(at(row, 1)), at(row, 2)]),
      );
      const otherwise = manner.saysNotFound ? job.otherwise : "";
      return rows.map((row) => [word(list.get(key(at(row, job.column))) ?? otherwise)]);
    }
    case "sort":
      return sorted(rows, job, manner, cells).map((row) => row.slice(0, width));
    case "unique": {
      const texts = rows.map((row) => row.join("\0"));
      return moved(rows.filter((_, place) => texts.indexOf(texts[place] ?? "") === place));
    }
    case "delete": {
      const gone = new Set(chosen(job.where));
      return moved(rows.filter((row) => !gone.has(row)));
    }
    case "copy":
      return chosen(job.where).map((row) => row.slice(0, job.width));
    case "list":
      return groupsOf(rows, job.column, manner, cells).map(([name]) => [word(name)]);
    case "groups":
      return groupsOf(rows, job.column, manner, cells).map(([name, group]) => [
        word(name),
        shown(sum(numbers(group, job.measure))),
      ]);
    case "summary":
      return listOf(job.list).map((row) => {
        const group = chosen({ column: job.column, value: at(row, 1) });
        if (group.length === 0 && !manner.absentZero) return [""];
        return [job.measure === 0 ? String(group.length) : shown(sum(numbers(group, job.measure)))];
      });
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function cleaned(text: string, { properCase }: Manner): string {
  if (!properCase) return text.replace(/^ +| +$/g, "");
  return tidy(text)
    .split(" ")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase())
    .join(" ");
}

function ofDate(cell: string, part: "month" | "year" | "days", until: string): string {
  const [year, month] = cell.trim().split("-");
  if (part === "days") return String(dayOf(until) - dayOf(cell.trim()));
  return String(Number(part === "year" ? year : month));
}

/** Days of the Gregorian calendar, in years that begin in March. */
function dayOf(iso: string): number {
  const [year = 0, month = 0, day = 0] = iso.split("-").map(Number);
  const y = month < 3 ? year - 1 : year;
  const m = (month + 9) % 12;
  const leaps = Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  return 365 * y + leaps + Math.floor((153 * m + 2) / 5) + day - 1;
}

function sorted(
  rows: readonly Row[],
  { column, down, byDate }: { column: number; down: boolean; byDate: boolean },
  { blanksLast }: Manner,
  { number }: Cells,
): readonly Row[] {
  const keyOf = (row: Row) => {
    const cell = row[column - 1] ?? "";
    return byDate ? dayOf(cell.trim()) : number(cell);
  };
  return rows.toSorted((a, b) => {
    const [left, right] = [keyOf(a), keyOf(b)];
    if (blanksLast && (left === undefined || right === undefined))
      return Number(left === undefined) - Number(right === undefined);
    return down ? (right ?? 0) - (left ?? 0) : (left ?? 0) - (right ?? 0);
  });
}

/** Entries by the word in a column; each is called as its best spelling has it. */
function groupsOf(
  rows: readonly Row[],
  column: number,
  { alphabetical, loose }: Manner,
  { key }: Cells,
): readonly (readonly [name: string, rows: readonly Row[]])[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const word = key(row[column - 1] ?? "");
    if (word === "") continue;
    const group = groups.get(word) ?? [];
    group.push(row);
    groups.set(word, group);
  }
  const named = [...groups].map(([word, group]) => {
    const name = loose ? word.slice(0, 1).toUpperCase() + word.slice(1) : word;
    return [name, group] as const;
  });
  return alphabetical ? named.sort(([a], [b]) => (a < b ? -1 : 1)) : named;
}
