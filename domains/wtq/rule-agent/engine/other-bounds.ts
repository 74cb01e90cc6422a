import { type Bound, down, up } from "./bound.ts";
import { dateIn, dateKey, looseNumber } from "./cell-values.ts";
import { headersIn } from "./headers.ts";
import type { Thought } from "./thought.ts";

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
export function placeAt(thought: Thought, at: number): Bound | undefined {
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
export function dateAt(thought: Thought, at: number): Bound | undefined {
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
export function likeAt(thought: Thought, at: number): Bound | undefined {
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
