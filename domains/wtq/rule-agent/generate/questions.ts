import type { Rng } from "../../../../harness/contracts/index.ts";
import { shuffled } from "../../../../harness/models/rule-based/kit.ts";

import type { CleanTable, DrawnColumn } from "./tables.ts";
import { type Clean, canonical, display, magnitude, writtenDecimal } from "./values.ts";
import { oneOf } from "./vocabulary.ts";

/** A question and its answer, computed from the clean values alone. */
export interface DrawnQuestion {
  readonly kind: string;
  readonly text: string;
  readonly target: readonly string[];
  readonly canon: readonly string[];
}

type Answer = Pick<DrawnQuestion, "target" | "canon">;
type Ask = (table: View, rng: Rng) => Omit<DrawnQuestion, "kind"> | undefined;

/** The kinds of questions; each gives up where a table has no question of its kind with one clear answer. */
const asks: Readonly<Record<string, Ask>> = {
  lookUp,
  count,
  superlative,
  sum,
  difference,
  neighbour,
  comparison,
  several,
  countAbove,
  distinct,
  firstInTime,
  whichCategory,
};

/**
 * Asks about a table.
 *
 * @returns `count` questions with different texts, of as many kinds as the table allows.
 */
export function askAbout(table: CleanTable, count: number, rng: Rng): DrawnQuestion[] {
  const view = new View(table);
  const questions = new Map<string, DrawnQuestion>();
  for (let round = 0; round < 40 && questions.size < count; round++) {
    for (const [kind, make] of shuffled(Object.entries(asks), rng)) {
      const made = make(view, rng);
      if (made === undefined || questions.size >= count) continue;
      questions.set(made.text, { kind, ...made });
    }
  }
  if (questions.size < count) throw new Error(`a table of ${table.many} gives too few questions`);
  return [...questions.values()];
}

/** A clean table, read by role of the columns. */
class View {
  readonly table: CleanTable;
  readonly naming: number;

  constructor(table: CleanTable) {
    this.table = table;
    this.naming = table.columns.findIndex((column) => column.use === "name");
  }

  /** Places of the columns that may be used so. */
  places(...uses: readonly DrawnColumn["use"][]): number[] {
    return this.table.columns.flatMap((column, place) =>
      uses.includes(column.use) ? [place] : [],
    );
  }

  column(place: number): DrawnColumn {
    const column = this.table.columns[place];
    if (column === undefined) throw new Error(`no column ${place}`);
    return column;
  }

  /** Rows that have a value there. */
  given(place: number): { row: number; value: Clean }[] {
    return this.table.rows.flatMap((cells, row) => {
      const value = cells[place];
      return value === undefined ? [] : [{ row, value }];
    });
  }

  /** The name of a row as a question writes it: lower case, without what stands in parentheses. */
  spoken(row: number): string {
    const value = this.table.rows[row]?.[this.naming];
    if (value?.kind !== "text") throw new Error(`row ${row} has no name`);
    return value.text.toLowerCase().replace(/ \(.*\)$/, "");
  }

  /** Rows by name as an answer. */
  named(rows: readonly number[]): Answer {
    const { style } = this.column(this.naming);
    const target = rows.map((row) => {
      const value = this.table.rows[row]?.[this.naming];
      if (value === undefined) throw new Error(`row ${row} has no name`);
      return display(value, style);
    });
    return { target, canon: target };
  }

  cell(row: number, place: number): Answer | undefined {
    const value = this.table.rows[row]?.[place];
    if (value === undefined) return undefined;
    const { style } = this.column(place);
    return { target: [display(value, style)], canon: [canonical(value, style)] };
  }
}

/** What is counted, in a column such as `number of seats`. */
function countedThing(words: string): string | undefined {
  return /^number of (.*)/.exec(words)?.[1];
}

function numeric(number: number): Answer {
  return { target: [String(number)], canon: [writtenDecimal(number)] };
}

function pick(places: readonly number[], rng: Rng): number | undefined {
  return places.length === 0 ? undefined : oneOf(places, rng);
}

function numberOf(value: Clean): number {
  if (value.kind !== "number") throw new Error("expected a number");
  return value.number;
}

function lookUp(view: View, rng: Rng): ReturnType<Ask> {
  const place = pick(view.places("category", "amount"), rng);
  if (place === undefined) return undefined;
  const row = Math.floor(rng.next() * view.table.rows.length);
  const answer = view.cell(row, place);
  const { words } = view.column(place);
  const counted = countedThing(words);
  const text = counted
    ? `how many ${counted} does ${view.spoken(row)} have?`
    : `what is the ${words} of ${view.spoken(row)}?`;
  return answer && { text, ...answer };
}

function count(view: View, rng: Rng): ReturnType<Ask> {
  const found = group(view, rng);
  if (found === undefined) return undefined;
  const { many } = view.table;
  const text = `how many ${many} have "${found.text}" as their ${found.words}?`;
  return { text, ...numeric(found.rows.length) };
}

function several(view: View, rng: Rng): ReturnType<Ask> {
  const found = group(view, rng);
  if (found === undefined || found.rows.length < 2 || found.rows.length > 5) return undefined;
  const text = `which ${view.table.many} have ${found.text.toLowerCase()} as ${found.words}?`;
  return { text, ...view.named(found.rows) };
}

function superlative(view: View, rng: Rng): ReturnType<Ask> {
  const place = pick(view.places("amount", "order"), rng);
  if (place === undefined) return undefined;
  const most = rng.next() < 0.5;
  const rows = extreme(view, place, most);
  const { words } = view.column(place);
  const counted = countedThing(words);
  const word = counted ? (most ? "most" : "fewest") : most ? "highest" : "lowest";
  const what = `the ${word} ${counted ?? words}`;
  // A tie asks for all that share it.
  if (rows.length === 1)
    return { text: `which ${view.table.one} has ${what}?`, ...view.named(rows) };
  if (rows.length > 3) return undefined;
  return { text: `which ${view.table.many} share ${what}?`, ...view.named(rows) };
}

function firstInTime(view: View, rng: Rng): ReturnType<Ask> {
  const place = pick(view.places("date"), rng);
  if (place === undefined) return undefined;
  const last = rng.next() < 0.5;
  const rows = extreme(view, place, last);
  if (rows.length !== 1) return undefined;
  const { words } = view.column(place);
  const text = `which ${view.table.one} ${words} ${last ? "last" : "first"}?`;
  return { text, ...view.named(rows) };
}

function sum(view: View, rng: Rng): ReturnType<Ask> {
  const place = pick(
    view.places("amount").filter((at) => view.column(at).adds),
    rng,
  );
  if (place === undefined) return undefined;
  const { words } = view.column(place);
  const given = view.given(place);
  if (given.length === view.table.rows.length && rng.next() < 0.4) {
    const all = given.reduce((total, { value }) => total + numberOf(value), 0);
    return { text: `what is the total ${words} of all ${view.table.many}?`, ...numeric(all) };
  }
  const [a, b] = shuffled(given, rng);
  if (a === undefined || b === undefined) return undefined;
  const counted = countedThing(words);
  const both = `${view.spoken(a.row)} and ${view.spoken(b.row)}`;
  const text = counted
    ? `how many ${counted} do ${both} have combined?`
    : `what is the combined ${words} of ${both}?`;
  return { text, ...numeric(numberOf(a.value) + numberOf(b.value)) };
}

function difference(view: View, rng: Rng): ReturnType<Ask> {
  const pair = unequalPair(view, rng);
  if (pair === undefined) return undefined;
  const { high, low, words, place } = pair;
  if (
    view.column(place).style.kind === "unit" &&
    !Number.isInteger(numberOf(high.value) - numberOf(low.value))
  )
    return undefined;
  const counted = countedThing(words);
  const text = counted
    ? `how many more ${counted} does ${view.spoken(high.row)} have than ${view.spoken(low.row)}?`
    : `what is the difference in ${words} between ${view.spoken(high.row)} and ${view.spoken(low.row)}?`;
  return { text, ...numeric(numberOf(high.value) - numberOf(low.value)) };
}

function comparison(view: View, rng: Rng): ReturnType<Ask> {
  const pair = unequalPair(view, rng);
  if (pair === undefined) return undefined;
  const [a, b] = shuffled([pair.high, pair.low], rng);
  if (a === undefined || b === undefined) return undefined;
  const counted = countedThing(pair.words);
  const what = counted ? `more ${counted}` : `the higher ${pair.words}`;
  const text = `which ${view.table.one} has ${what}, ${view.spoken(a.row)} or ${view.spoken(b.row)}?`;
  return { text, ...view.named([pair.high.row]) };
}

function neighbour(view: View, rng: Rng): ReturnType<Ask> {
  const row = 1 + Math.floor(rng.next() * (view.table.rows.length - 2));
  const after = rng.next() < 0.5;
  const text = `which ${view.table.one} is listed directly ${after ? "after" : "before"} ${view.spoken(row)}?`;
  return { text, ...view.named([after ? row + 1 : row - 1]) };
}

function countAbove(view: View, rng: Rng): ReturnType<Ask> {
  const place = pick(view.places("amount"), rng);
  if (place === undefined) return undefined;
  const given = view.given(place).map(({ value }) => numberOf(value));
  const limit = oneOf(given, rng);
  const above = given.filter((value) => value > limit).length;
  if (above === 0) return undefined;
  const { words } = view.column(place);
  const counted = countedThing(words);
  const text = counted
    ? `how many ${view.table.many} have more than ${limit} ${counted}?`
    : `how many ${view.table.many} have a ${words} of more than ${limit}?`;
  return { text, ...numeric(above) };
}

function distinct(view: View, rng: Rng): ReturnType<Ask> {
  const place = pick(view.places("category"), rng);
  if (place === undefined) return undefined;
  const values = new Set(
    view.given(place).map(({ value }) => display(value, view.column(place).style)),
  );
  const text = `how many different values of ${view.column(place).words} are listed?`;
  return { text, ...numeric(values.size) };
}

function whichCategory(view: View, rng: Rng): ReturnType<Ask> {
  const place = pick(view.places("category"), rng);
  if (place === undefined) return undefined;
  const tally = new Map<string, number>();
  for (const { value } of view.given(place)) {
    const shown = display(value, view.column(place).style);
    tally.set(shown, (tally.get(shown) ?? 0) + 1);
  }
  const [first, second] = [...tally].sort((a, b) => b[1] - a[1]);
  if (first === undefined || first[1] === second?.[1]) return undefined;
  const text = `which ${view.column(place).words} is listed most often?`;
  return { text, target: [first[0]], canon: [first[0]] };
}

function group(view: View, rng: Rng): { text: string; words: string; rows: number[] } | undefined {
  const place = pick(view.places("category"), rng);
  if (place === undefined) return undefined;
  const column = view.column(place);
  const text = display(oneOf(view.given(place), rng).value, column.style);
  const rows = view.given(place).filter(({ value }) => display(value, column.style) === text);
  return { text, words: column.words, rows: rows.map(({ row }) => row) };
}

function extreme(view: View, place: number, most: boolean): number[] {
  const given = view.given(place).map(({ row, value }) => ({ row, size: magnitude(value) }));
  const sizes = given.map(({ size }) => size);
  const best = most ? Math.max(...sizes) : Math.min(...sizes);
  return given.filter(({ size }) => size === best).map(({ row }) => row);
}

function unequalPair(view: View, rng: Rng) {
  const place = pick(view.places("amount"), rng);
  if (place === undefined) return undefined;
  const [a, b] = shuffled(view.given(place), rng);
  if (a === undefined || b === undefined || magnitude(a.value) === magnitude(b.value))
    return undefined;
  const [high, low] = magnitude(a.value) > magnitude(b.value) ? [a, b] : [b, a];
  return { high, low, place, words: view.column(place).words };
}
