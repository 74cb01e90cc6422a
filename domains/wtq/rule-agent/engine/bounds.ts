import { type Bound, down, up } from "./bound.ts";
import { dateIn, looseNumber, numberWord } from "./cell-values.ts";
import { headersIn } from "./headers.ts";
import { dateAt, likeAt, placeAt } from "./other-bounds.ts";
import type { Column } from "./table.ts";
import type { Thought } from "./thought.ts";

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
