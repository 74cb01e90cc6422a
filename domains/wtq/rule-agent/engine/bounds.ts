import { dateIn, looseNumber, numberWord } from "./cell-values.ts";
import { headersIn } from "./headers.ts";
import type { Column } from "./table.ts";
import type { Thought } from "./thought.ts";

/** A bound that the question sets on a number or a year, and the rows within it. */
export interface Bound {
  readonly column: number;
  /** Words of the question that state it: the first, and the one after the last. */
  readonly from: number;
  readonly to: number;
  readonly rows: readonly number[];
}

/** Numbers from `low` to `high`, as words of the question say it. */
interface Range {
  readonly low: number;
  readonly high: number;
  readonly to: number;
  readonly year: boolean;
}

const up =
  /^(?:more|greater|higher|larger|longer|bigger|taller|over|above|exceed(?:ed|ing)?|better)$/;
const down = /^(?:less|fewer|lower|smaller|shorter|under|below)$/;
/** Words of comparison that need no `than`. */
const direct = /^(?:over|under|above|below|exceed(?:ed|ing)?)$/;

/** Added where a limit itself is left out. */
const tiny = 1e-9;

/** Bounds such as `more than 5`, `at least 3`, `between 1990 and 2000`, `before 1985`. */
export function boundsOf(thought: Thought): Bound[] {
  const bounds: Bound[] = [];
  for (let at = 0; at < thought.question.words.length; at++) {
    const range = between(thought, at) ?? comparedWith(thought, at) ?? inTime(thought, at);
    const bound = range && boundOn(thought, at, range);
    if (!bound) continue;
    bounds.push(bound);
    at = bound.to - 1;
  }
  return bounds;
}

function isYear(value: number): boolean {
  return Number.isInteger(value) && value >= 1000 && value <= 2100;
}

/** The number at a place of the question, its scale with it. */
function numberAt(words: readonly string[], at: number): { value: number; to: number } | undefined {
  const value = numberWord(words[at] ?? "");
  if (value === undefined) return undefined;
  const scale = { thousand: 1e3, million: 1e6, billion: 1e9 }[words[at + 1] ?? ""] ?? 1;
  return { value: value * scale, to: at + (scale > 1 ? 2 : 1) };
}

/** How far a limit is moved that says that it is included. */
function edge(thought: Thought): number {
  return thought.on("inclusive-bounds") ? 0 : tiny;
}

function between(thought: Thought, at: number): Range | undefined {
  const { words } = thought.question;
  if (!/^(?:between|from)$/.test(words[at] ?? "")) return undefined;
  for (let second = at + 3; second < Math.min(words.length, at + 8); second++) {
    if (!/^(?:and|to|until|through)$/.test(words[second - 1] ?? "")) continue;
    const low = numberWord(words[second - 2] ?? "");
    const high = numberWord(words[second] ?? "");
    if (low === undefined || high === undefined || high < low) continue;
    const moved = edge(thought);
    const year = isYear(low) && isYear(high);
    return { low: low + moved, high: high - moved, to: second + 1, year };
  }
  return undefined;
}

function comparedWith(thought: Thought, at: number): Range | undefined {
  const { words } = thought.question;
  const [word = "", next = "", third = ""] = words.slice(at, at + 3);
  const atLeast = { low: -Infinity, high: Infinity, year: false };
  if (up.test(word) || down.test(word)) {
    const than = /^the?n$|^than$/.test(next);
    const found = than || direct.test(word) ? numberAt(words, at + (than ? 2 : 1)) : undefined;
    if (!found) return undefined;
    const { value, to } = found;
    return up.test(word)
      ? { ...atLeast, low: value + tiny, to }
      : { ...atLeast, high: value - tiny, to };
  }
  const isLeast = word === "at" && /^(?:least|most)$/.test(next);
  const isOr = next === "or" && (up.test(third) || down.test(third));
  const found = isLeast ? numberAt(words, at + 2) : isOr ? numberAt(words, at) : undefined;
  if (!found) return undefined;
  const to = isLeast ? found.to : at + 3;
  return next === "least" || up.test(third)
    ? { ...atLeast, low: found.value + edge(thought), to }
    : { ...atLeast, high: found.value - edge(thought), to };
}

function inTime({ question: { words } }: Thought, at: number): Range | undefined {
  const word = words[at] ?? "";
  const prior = word === "prior" && words[at + 1] === "to";
  if (!prior && !/^(?:before|after|since|until|by)$/.test(word)) return undefined;
  let start = at + (prior ? 2 : 1);
  while (/^(?:the|year)$/.test(words[start] ?? "")) start++;
  const found = numberAt(words, start);
  if (!found || !isYear(found.value)) return undefined;
  const { value, to } = found;
  const range = { low: -Infinity, high: Infinity, to, year: true };
  if (word === "since") return { ...range, low: value };
  if (word === "after") return { ...range, low: value + tiny };
  return { ...range, high: /^(?:until|by)$/.test(word) ? value : value - tiny };
}

/** Finds the column that a range is about, and the rows within it. */
function boundOn(thought: Thought, from: number, range: Range): Bound | undefined {
  const { to, year, low, high } = range;
  const within = (column: Column) =>
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

function yearColumn({ table, question }: Thought): Column | undefined {
  const dated = table.columns.filter(({ kind }) => kind === "year" || kind === "date");
  const named = headersIn(question, table, 0, question.words.length).map(({ column }) => column);
  return dated.find(({ index }) => named.includes(index)) ?? dated[0];
}

/** The column of numbers named after the range, else before it, else anywhere, else the first that fits. */
function numberColumn(
  { table, question }: Thought,
  from: number,
  { to, low, high }: Range,
  within: (column: Column) => readonly number[],
): Column | undefined {
  const limit = low === -Infinity ? high : low;
  const isNumeric = (index: number) => {
    const kind = table.columns[index]?.kind;
    return kind === "number" || kind === "rank" || (kind === "year" && isYear(limit));
  };
  const named = (start: number, end: number) =>
    headersIn(question, table, Math.max(0, start), Math.min(question.words.length, end)).filter(
      ({ column }) => isNumeric(column),
    );
  const [after] = named(to, to + 4);
  const [before] = named(from - 5, from);
  const anywhere = named(0, Infinity).find(({ score }) => score >= 0.55);
  const best = after && after.score >= 0.55 ? after : (before ?? after ?? anywhere);
  return (
    table.columns[best?.column ?? -1] ??
    table.columns.find((column) => column.kind === "number" && within(column).length > 0)
  );
}
