import { dateIn, dateKey, looseNumber, numberWord } from "./cell-values.ts";
import { headersIn } from "./headers.ts";
import type { Mention } from "./mentions.ts";
import type { Column } from "./table.ts";
import type { Thought } from "./thought.ts";

/** A bound that the question sets on a number or a date. */
export interface Bound {
  readonly column: number;
  readonly low: number;
  readonly high: number;
  /** Words of the question that state it. */
  readonly from: number;
  readonly to: number;
  readonly rows: readonly number[];
}

const up = new Set([
  "more",
  "greater",
  "higher",
  "larger",
  "longer",
  "bigger",
  "taller",
  "over",
  "above",
  "exceed",
  "exceeded",
  "exceeding",
  "better",
  "older",
  "heavier",
]);
const down = new Set([
  "less",
  "fewer",
  "lower",
  "smaller",
  "shorter",
  "under",
  "below",
  "lighter",
  "younger",
]);

/** Bounds such as `more than 5`, `at least 3`, `between 1990 and 2000`, `before 1985`, `since May 2004`. */
export function boundsOf(thought: Thought): Bound[] {
  const { words } = thought.question;
  const bounds: Bound[] = [];
  for (let at = 0; at < words.length; at++) {
    const bound =
      pairAt(thought, at) ??
      singleAt(thought, at) ??
      placeAt(thought, at) ??
      dateAt(thought, at) ??
      likeAt(thought, at);
    if (!bound) continue;
    bounds.push(bound);
    at = bound.to - 1;
  }
  return bounds;
}

function isYear(value: number): boolean {
  return Number.isInteger(value) && value >= 1000 && value <= 2100;
}

function pairAt(thought: Thought, at: number): Bound | undefined {
  const { words } = thought.question;
  if (!["between", "from"].includes(words[at] ?? "")) return undefined;
  for (let second = at + 3; second < Math.min(words.length, at + 8); second++) {
    if (!["and", "to", "until", "through"].includes(words[second - 1] ?? "")) continue;
    const low = numberWord(words[second - 2] ?? "");
    const high = numberWord(words[second] ?? "");
    if (low === undefined || high === undefined || high < low) continue;
    const inclusive = thought.on("inclusive-bounds");
    return boundOn(
      thought,
      at,
      second + 1,
      inclusive ? low : low + 1e-9,
      inclusive ? high : high - 1e-9,
      isYear(low) && isYear(high),
    );
  }
  return undefined;
}

function singleAt(thought: Thought, at: number): Bound | undefined {
  const { words } = thought.question;
  const word = words[at] ?? "";
  const next = words[at + 1] ?? "";
  const numberAt = (where: number) => {
    const value = numberWord(words[where] ?? "");
    if (value === undefined) return undefined;
    const scale = { thousand: 1e3, million: 1e6, billion: 1e9 }[words[where + 1] ?? ""] ?? 1;
    return { value: value * scale, to: where + (scale > 1 ? 2 : 1) };
  };
  const tiny = 1e-9;
  if (up.has(word) || down.has(word)) {
    const than = next === "than" || next === "then";
    const found = numberAt(at + (than ? 2 : 1));
    if (
      !found ||
      (!than &&
        !["over", "under", "above", "below", "exceed", "exceeded", "exceeding"].includes(word))
    )
      return undefined;
    return up.has(word)
      ? boundOn(thought, at, found.to, found.value + tiny, Infinity, false)
      : boundOn(thought, at, found.to, -Infinity, found.value - tiny, false);
  }
  if (word === "at" && (next === "least" || next === "most")) {
    const found = numberAt(at + 2);
    if (!found) return undefined;
    const edge = thought.on("inclusive-bounds") ? 0 : tiny;
    return next === "least"
      ? boundOn(thought, at, found.to, found.value + edge, Infinity, false)
      : boundOn(thought, at, found.to, -Infinity, found.value - edge, false);
  }
  const own = numberWord(word);
  if (
    own !== undefined &&
    next === "or" &&
    /^(?:more|greater|higher|above|over|better|less|fewer|lower|under|below)$/.test(
      words[at + 2] ?? "",
    )
  ) {
    const edge = thought.on("inclusive-bounds") ? 0 : tiny;
    return up.has(words[at + 2] ?? "")
      ? boundOn(thought, at, at + 3, own + edge, Infinity, false)
      : boundOn(thought, at, at + 3, -Infinity, own - edge, false);
  }
  if (
    ["before", "after", "since", "until", "by"].includes(word) ||
    (word === "prior" && next === "to")
  ) {
    const start =
      at +
      (word === "prior" ? 2 : 1) +
      (words[at + 1] === "the" ? 1 : 0) +
      (words[at + (words[at + 1] === "the" ? 2 : 1)] === "year" ? 1 : 0);
    const found = numberAt(start);
    if (!found || !isYear(found.value)) return undefined;
    if (word === "since") return boundOn(thought, at, found.to, found.value, Infinity, true);
    if (word === "after") return boundOn(thought, at, found.to, found.value + tiny, Infinity, true);
    const edge = word === "until" || word === "by" ? 0 : tiny;
    return boundOn(thought, at, found.to, -Infinity, found.value - edge, true);
  }
  return undefined;
}

const ordinals = [
  "",
  "first",
  "second",
  "third",
  "fourth",
  "fifth",
  "sixth",
  "seventh",
  "eighth",
  "ninth",
  "tenth",
];
const medals = ["", "gold", "silver", "bronze"];

/** A place: `finished third`, `2nd place`, `bronze medalist`. */
function placeAt(thought: Thought, at: number): Bound | undefined {
  const { words } = thought.question;
  const word = words[at] ?? "";
  const ordinal =
    ordinals.indexOf(word) > 0
      ? ordinals.indexOf(word)
      : Number(/^(\d{1,2})(?:st|nd|rd|th)$/.exec(word)?.[1] ?? 0);
  const medal = /^medal/.test(words[at + 1] ?? "") ? medals.indexOf(word) : -1;
  const near =
    /^(?:place|position|rank|finish)/.test(words[at + 1] ?? "") ||
    /^(?:finished|placed|ranked|ranks|finish|place)$/.test(words[at - 1] ?? "") ||
    (words[at - 1] === "in" && /^(?:came|come|finished|placed)$/.test(words[at - 2] ?? ""));
  const place = medal > 0 ? medal : near ? ordinal : 0;
  if (place <= 0) return undefined;
  const column = thought.table.columns.find(
    (candidate) =>
      candidate.kind === "rank" && /rank|pos|place|finish/.test(candidate.stems.join(" ")),
  );
  if (!column || (medal > 0 && thought.table.columns.some((other) => other.stems.includes(word))))
    return undefined;
  const rows = thought.rows.filter((row) => looseNumber(column.cells[row] ?? "") === place);
  return { column: column.index, low: place, high: place, from: at, to: at + 2, rows };
}

/** A day or month: `february 18th`, `june 1944`. */
function dateAt(thought: Thought, at: number): Bound | undefined {
  const { words } = thought.question;
  if (
    !/^(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)/.test(words[at] ?? "") ||
    !/^(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)$/.test(
      words[at] ?? "",
    )
  )
    return undefined;
  const columns = thought.table.columns.filter((column) => column.kind === "date");
  if (columns.length === 0) return undefined;
  const number = (where: number) => /^\d{1,4}(?:st|nd|rd|th)?$/.test(words[where] ?? "");
  const from =
    number(at - 1) && !number(at + 1)
      ? at - 1
      : words[at - 1] === "of" && number(at - 2)
        ? at - 2
        : at;
  let to = at + 1;
  while (to < at + 3 && number(to)) to++;
  const asked = dateIn(
    words
      .slice(from, to)
      .filter((word) => word !== "of")
      .join(" "),
  );
  if (!asked || asked.month === 0) return undefined;
  for (const column of columns) {
    const rows = thought.rows.filter((row) => {
      const date = dateIn(column.cells[row] ?? "");
      return (
        date !== undefined &&
        date.month === asked.month &&
        (asked.day === 0 || date.day === asked.day) &&
        (asked.year === 0 || date.year === 0 || date.year === asked.year)
      );
    });
    if (rows.length > 0)
      return { column: column.index, low: dateKey(asked), high: dateKey(asked), from, to, rows };
  }
  return undefined;
}

/** More or less than a named row has: `faster than X`, `more wins than X`. */
function likeAt(thought: Thought, at: number): Bound | undefined {
  const { words } = thought.question;
  if (words[at] !== "than") return undefined;
  const anchor = thought.mentions.find((mention) => mention.from > at && mention.from <= at + 3);
  const row = anchor?.rows[0];
  if (!anchor || row === undefined) return undefined;
  let way = 0;
  let from = at;
  for (let back = at - 1; back >= Math.max(0, at - 5) && way === 0; back--) {
    const word = words[back] ?? "";
    if (word === "other" || word === "rather") return undefined;
    if (up.has(word) || word === "slower" || word === "later") way = 1;
    else if (down.has(word) || word === "faster" || word === "earlier") way = -1;
    from = back;
  }
  if (way === 0) return undefined;
  const { table, question } = thought;
  const numeric = (index: number) =>
    index !== anchor.column && table.columns[index]?.kind === "number";
  const header =
    headersIn(question, table, from, at).find((found) => numeric(found.column)) ??
    headersIn(question, table, 0, from).find(
      (found) => numeric(found.column) && found.score >= 0.55,
    );
  const about = {
    faster: "time",
    slower: "time",
    longer: "length",
    taller: "height",
    larger: "area",
    older: "age",
    heavier: "weight",
  }[words[from] ?? ""];
  const column =
    table.columns[header?.column ?? -1] ??
    table.columns.find((candidate) => about !== undefined && candidate.stems.includes(about)) ??
    table.columns.find((candidate) => numeric(candidate.index));
  if (!column || (!column.bare && !thought.on("plain-numbers"))) return undefined;
  const own = looseNumber(column.cells[row] ?? "");
  if (own === undefined) return undefined;
  const rows = thought.rows.filter((other) => {
    const value = looseNumber(column.cells[other] ?? "");
    return value !== undefined && way * (value - own) > 0;
  });
  return { column: column.index, low: own, high: own, from, to: anchor.to, rows };
}

/** Finds the column a bound is about, and the rows within it. */
function boundOn(
  thought: Thought,
  from: number,
  to: number,
  low: number,
  high: number,
  year: boolean,
): Bound | undefined {
  const { table, question } = thought;
  const values = (column: Column) =>
    thought.rows.map((row) => ({
      row,
      value: year ? yearOf(column.cells[row] ?? "") : looseNumber(column.cells[row] ?? ""),
    }));
  let column: Column | undefined;
  if (year) {
    const dated = table.columns.filter(
      (candidate) => candidate.kind === "year" || candidate.kind === "date",
    );
    const named = headersIn(question, table, 0, question.words.length).map(
      (header) => header.column,
    );
    column =
      dated.find((candidate) => named.includes(candidate.index)) ??
      dated[0] ??
      table.columns.find(
        (candidate) =>
          values(candidate).filter(({ value }) => value !== undefined && value > 0).length >
          thought.rows.length * 0.6,
      );
  } else {
    const numeric = (index: number) => {
      const kind = table.columns[index]?.kind;
      return (
        kind === "number" ||
        kind === "rank" ||
        (kind === "year" && isYear(low === -Infinity ? high : low))
      );
    };
    const after = headersIn(question, table, to, Math.min(question.words.length, to + 4)).find(
      (header) => numeric(header.column),
    );
    const before = headersIn(question, table, Math.max(0, from - 5), from).find((header) =>
      numeric(header.column),
    );
    const anywhere = headersIn(question, table, 0, question.words.length).find(
      (header) => numeric(header.column) && header.score >= 0.55,
    );
    const best = after && after.score >= 0.55 ? after : (before ?? after ?? anywhere);
    column =
      table.columns[best?.column ?? -1] ??
      table.columns.find(
        (candidate) =>
          candidate.kind === "number" &&
          values(candidate).some(
            ({ value }) => value !== undefined && value >= low && value <= high,
          ),
      );
  }
  if (!column) return undefined;
  const loose = year || column.bare || thought.on("plain-numbers");
  const rows = loose
    ? values(column)
        .filter(({ value }) => value !== undefined && value >= low && value <= high)
        .map(({ row }) => row)
    : [];
  return { column: column.index, low, high, from, to, rows };
}

function yearOf(cell: string): number | undefined {
  const date = dateIn(cell);
  return date && date.year > 0 ? date.year : undefined;
}

/** Rows that fulfil all that the question asks for, and the columns that said so. */
export interface Selected {
  readonly rows: readonly number[];
  readonly columns: ReadonlySet<number>;
  readonly mentions: readonly Mention[];
  readonly bounds: readonly Bound[];
}

const exclusion = /^(?:not|besides|except|excluding|without|than|from|never)$/;

/** Whether the question leaves a mention out: `other than X`, `besides X`, `not X`. */
export function isExcluded(thought: Thought, mention: Mention): boolean {
  const { words } = thought.question;
  for (let at = Math.max(0, mention.from - 3); at < mention.from; at++) {
    const word = words[at] ?? "";
    if (/^(?:besides|except|excluding)$/.test(word)) return true;
    if (word === "than" && /^(?:other|rather)$/.test(words[at - 1] ?? "")) return true;
    if (word === "from" && /^(?:aside|apart)$/.test(words[at - 1] ?? "")) return true;
    if (word === "to" && words[at - 1] === "addition") return true;
    if (exclusion.test(word) && word === "not" && mention.from - at <= 2) return true;
  }
  return false;
}

/**
 * Rows that all conditions of the question hold for: mentions of one column are alternatives, those
 * of different columns must all hold. What would leave no row is dropped, the weakest first.
 */
export function select(
  thought: Thought,
  options: { skip?: (mention: Mention) => boolean; within?: readonly number[] } = {},
): Selected {
  const bounds = boundsOf(thought).filter((bound) => bound.rows.length > 0);
  const free = (mention: Mention) =>
    !bounds.some((bound) => mention.from < bound.to && bound.from < mention.to);
  const mentions = thought.mentions.filter(
    (mention) => free(mention) && !(options.skip?.(mention) ?? false),
  );
  const included = mentions.filter((mention) => !isExcluded(thought, mention));
  const excluded = mentions.filter((mention) => isExcluded(thought, mention));
  let rows = options.within ?? thought.rows;
  const columns = new Set<number>();
  const used: Mention[] = [];
  const byColumn = new Map<number, Mention[]>();
  for (const mention of included)
    byColumn.set(mention.column, [...(byColumn.get(mention.column) ?? []), mention]);
  const groups = [...byColumn.values()].sort((a, b) => strength(b) - strength(a));
  for (const [nth, group] of groups.entries()) {
    if (nth > 0 && !thought.on("every-condition")) break;
    const kept = narrowed(rows, group);
    if (kept.length === 0) continue;
    rows = kept;
    for (const mention of group) {
      columns.add(mention.column);
      used.push(mention);
    }
  }
  for (const bound of bounds) {
    if (used.length > 0 && !thought.on("every-condition")) break;
    const set = new Set(bound.rows);
    const kept = rows.filter((row) => set.has(row));
    if (kept.length === 0) continue;
    rows = kept;
    columns.add(bound.column);
  }
  for (const mention of excluded) {
    if (!thought.on("exclude-named")) {
      if (used.length === 0) rows = mention.rows;
      continue;
    }
    const set = new Set(mention.rows);
    rows = rows.filter((row) => !set.has(row));
  }
  return { rows, columns, mentions: used, bounds };
}

function strength(group: readonly Mention[]): number {
  return Math.max(...group.map((mention) => (mention.whole ? 1 : 0) + (mention.to - mention.from)));
}

/** Rows of a group of mentions of one column: those with all of them if there are any, else with one of them. */
function narrowed(rows: readonly number[], group: readonly Mention[]): number[] {
  const sets = group.map(
    (mention) =>
      new Set(
        [mention, ...mention.others].flatMap((place) =>
          place === mention || place.column === mention.column ? place.rows : [],
        ),
      ),
  );
  const all = rows.filter((row) => sets.every((set) => set.has(row)));
  if (all.length > 0) return all;
  const some = rows.filter((row) => sets.some((set) => set.has(row)));
  if (some.length > 0 || group.length > 1) return some;
  for (const other of group[0]?.others ?? []) {
    const set = new Set(other.rows);
    const found = rows.filter((row) => set.has(row));
    if (found.length > 0) return found;
  }
  return [];
}
