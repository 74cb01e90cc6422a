import type { Rng } from "../../../../harness/contracts/index.ts";
import type { Book, Sheet } from "./book.ts";
import type { Field, Ledger } from "./ledger.ts";
import type { Theme } from "./themes.ts";

/** What a kind of task asks of the workbook before it can be posed. */
export interface Needs {
  /** Columns that must be there, beside code, who, kind and count. */
  readonly fields?: readonly Field[];
  /** Headings of empty columns. */
  readonly added?: readonly string[];
  readonly sheets?: readonly Sheet[];
  /** Labels with a free cell beside them. */
  readonly labels?: readonly string[];
  /** What must not be there: totals that the task says nothing of, dates as text that a CSV makes dates of. */
  readonly without?: readonly ("totals" | "text-dates")[];
  readonly duplicates?: true;
  /** Names in odd spellings; without it they are as they should be. */
  readonly names?: true;
}

/** A task before it has an id. */
export interface Posed {
  readonly instruction: string;
  readonly type: "Cell-Level Manipulation" | "Sheet-Level Manipulation";
  readonly answerPosition: string;
  readonly golden: Book;
}

/** A kind of task. Everything drawn here is the same in every case of the task. */
export interface Kind {
  readonly name: string;
  needs(theme: Theme, rng: Rng): Needs;
  pose(ledger: Ledger, rng: Rng): Posed;
}

/** The position as the data set writes it: the sheet is named unless it is the first. */
export function position(book: Book, sheet: string, range: string): string {
  return book[0]?.name === sheet ? range : `'${sheet}'!${range}`;
}

/** The amounts that are there. */
export function amounts(ledger: Ledger, kind?: string): number[] {
  return ledger.entries.flatMap(({ facts }) =>
    facts.count !== null && (kind === undefined || facts.kind === kind) ? [facts.count] : [],
  );
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Half away from zero, as a spreadsheet rounds. */
export function rounded(value: number, digits: number): number {
  return Number(`${Math.round(Number(`${value}e${digits}`))}e-${digits}`);
}
