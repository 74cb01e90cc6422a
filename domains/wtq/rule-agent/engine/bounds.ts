import { dateIn, looseNumber, numberWord, numberWords } from "./cell-values.ts";
import { headersIn } from "./headers.ts";
import type { SeenColumn } from "./table.ts";
import type { Thought } from "./thought.ts";

/** A bound that the question sets on a number or a year, and the rows within it. */
export interface Bound {
  readonly column: number;
  /** Words of the question that state it: the first, and the one after the last. */
  readonly from: number;
  readonly to: number;
  readonly rows: readonly number[];
}

/** Added where a limit itself is left out. */
const tiny = 1e-9;
const more = "(?:more|greater|higher|larger|longer|bigger|taller|better)";
const less = "(?:less|fewer|lower|smaller|shorter)";
const amount = `(\\d+(?:\\.\\d+)?|${numberWords.join("|")})(?: (thousand|million|billion))?`;
const year = "(?:the |year )*(1\\d{3}|20\\d\\d)()";
const scales: Readonly<Record<string, number>> = { thousand: 1e3, million: 1e6, billion: 1e9 };

/** What a number of a phrase is to the numbers within the bound, and the phrase. */
const phrases = (
  [
    ["ends", `(?:between|from) (?:\\w+ ){0,3}?${amount} (?:and|to|until|through) ${amount}`],
    ["below all", `(?:${more} the?a?n|over|above|exceed(?:ed|ing)?) ${amount}`],
    ["above all", `(?:${less} the?a?n|under|below) ${amount}`],
    ["least", `at least ${amount}`],
    ["least", `${amount} or (?:${more}|over|above)`],
    ["greatest", `at most ${amount}`],
    ["greatest", `${amount} or (?:${less}|under|below)`],
    ["above all", `(?:before|prior to) ${year}`],
    ["below all", `after ${year}`],
    ["least", `since ${year}`],
    ["greatest", `(?:until|by) ${year}`],
  ] as const
).map(([role, pattern]) => ({ role, pattern: new RegExp(`^${pattern}(?= |$)`) }));

/** Bounds such as `more than 5`, `at least 3`, `between 1990 and 2000`, `before 1985`. */
export function boundsOf(thought: Thought): Bound[] {
  const { words } = thought.question;
  const bounds: Bound[] = [];
  for (let at = 0; at < words.length; at++) {
    const range = rangeAt(words, at);
    const bound = range && boundOn(thought, at, range);
    if (!bound) continue;
    bounds.push(bound);
    at = bound.to - 1;
  }
  return bounds;
}

/** Numbers from `low` to `high`, as words of the question say it; `to` is the place after them. */
interface Range {
  readonly low: number;
  readonly high: number;
  readonly to: number;
  readonly year: boolean;
}

function rangeAt(words: readonly string[], at: number): Range | undefined {
  const text = words.slice(at).join(" ");
  for (const { role, pattern } of phrases) {
    const found = pattern.exec(text);
    if (!found) continue;
    const [phrase, a = "", scale = "", b = a, scaleB = ""] = found;
    const left = (numberWord(a) ?? 0) * (scales[scale] ?? 1);
    const right = (numberWord(b) ?? 0) * (scales[scaleB] ?? 1);
    const isInTime = /^(?:between|from|before|prior|after|since|until|by)/.test(phrase);
    return {
      low: { ends: left, least: left, "below all": left + tiny }[role as string] ?? -Infinity,
      high: { ends: right, greatest: left, "above all": left - tiny }[role as string] ?? Infinity,
      to: at + phrase.split(" ").length,
      year: isInTime && isYear(left) && isYear(right),
    };
  }
  return undefined;
}

function isYear(value: number): boolean {
  return Number.isInteger(value) && value >= 1000 && value <= 2100;
}

/** Finds the column that a range is about, and the rows within it. */
function boundOn(thought: Thought, from: number, range: Range): Bound | undefined {
  const { to, year, low, high } = range;
  const within = (column: SeenColumn) =>
    thought.rows.filter((row) => {
      const cell = column.cells[row] ?? "";
      const value = year ? dateIn(cell)?.year || undefined : looseNumber(cell);
      return value !== undefined && value >= low && value <= high;
    });
  const column = year ? yearColumn(thought) : numberColumn(thought, from, range, within);
  if (!column) return undefined;
  const isRead = year || column.bare || thought.on("plain-numbers");
  return { column: column.index, from, to, rows: isRead ? within(column) : [] };
}

function yearColumn({ table, question }: Thought): SeenColumn | undefined {
  const dated = table.columns.filter(({ kind }) => kind === "year" || kind === "date");
  const named = headersIn(question, table, 0, question.words.length).map(({ column }) => column);
  return dated.find(({ index }) => named.includes(index)) ?? dated[0];
}

/** The column of numbers named after the range, else before it, else anywhere, else the first that fits. */
function numberColumn(
  { table, question }: Thought,
  from: number,
  { to, low, high }: Range,
  within: (column: SeenColumn) => readonly number[],
): SeenColumn | undefined {
  const limit = low === -Infinity ? high : low;
  const isNumeric = (index: number) => {
    const kind = table.columns[index]?.kind;
    return kind === "number" || kind === "rank" || (kind === "year" && isYear(limit));
  };
  const named = (start: number, end: number) =>
    headersIn(question, table, start, end).filter(({ column }) => isNumeric(column));
  const [after] = named(to, to + 4);
  const [before] = named(from - 5, from);
  const anywhere = named(0, Infinity).find(({ score }) => score >= 0.55);
  const best = after && after.score >= 0.55 ? after : (before ?? after ?? anywhere);
  return (
    table.columns[best?.column ?? -1] ??
    table.columns.find((column) => column.kind === "number" && within(column).length > 0)
  );
}
