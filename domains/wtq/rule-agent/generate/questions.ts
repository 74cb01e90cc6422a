import type { Rng } from "../../../../harness/contracts/index.ts";
import { between, pick, shuffled } from "../../../../harness/models/rule-based/kit.ts";

import type { CleanTable, DrawnColumn } from "./tables.ts";
import { type Clean, canonical, display, magnitude, writtenDecimal } from "./values.ts";

/** A question and its answer, computed from the clean values alone. */
export interface DrawnQuestion {
  readonly kind: string;
  readonly text: string;
  readonly target: readonly string[];
  readonly canon: readonly string[];
}

type Answer = Pick<DrawnQuestion, "target" | "canon">;
type Made = Omit<DrawnQuestion, "kind"> | undefined;
type Ask = (table: View, rng: Rng) => Made;

/** The kinds of questions; each gives up where a table has no question of its kind with one clear answer. */
const asks: Readonly<Record<string, Ask>> = {
  lookUp: about(["category", "amount"], lookUp),
  count: about(["category"], count),
  superlative: about(["amount", "order"], superlative),
  sum: about(["amount"], sum, ({ adds }) => adds === true),
  difference: about(["amount"], difference),
  neighbour,
  comparison: about(["amount"], comparison),
  several: about(["category"], several),
  countAbove: about(["amount"], countAbove),
  distinct: about(["category"], distinct),
  firstInTime: about(["date"], firstInTime),
  whichCategory: about(["category"], whichCategory),
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

/** A value of a row. */
interface Given {
  readonly row: number;
  readonly value: Clean;
}

/** A column that a question is about. */
interface Asked extends DrawnColumn {
  readonly place: number;
  /** What it counts, where its words are such as `number of seats`. */
  readonly counted: string | undefined;
  /** Its values that are there. */
  readonly given: readonly Given[];
}

/** A kind of questions about one column of some use, drawn among those that fit. */
function about(
  uses: readonly DrawnColumn["use"][],
  ask: (column: Asked, view: View, rng: Rng) => Made,
  fits: (column: DrawnColumn) => boolean = () => true,
): Ask {
  return (view, rng) => {
    const columns = view.columns.filter((one) => uses.includes(one.use) && fits(one));
    return columns.length === 0 ? undefined : ask(pick(rng, columns), view, rng);
  };
}

/** A clean table, as questions see it. */
class View {
  readonly one: string;
  readonly many: string;
  readonly rows: CleanTable["rows"];
  readonly columns: readonly Asked[];

  constructor({ one, many, rows, columns }: CleanTable) {
    this.one = one;
    this.many = many;
    this.rows = rows;
    this.columns = columns.map((column, place) => ({
      ...column,
      place,
      counted: /^number of (.*)/.exec(column.words)?.[1],
      given: rows.flatMap((cells, row) => {
        const value = cells[place];
        return value === undefined ? [] : [{ row, value }];
      }),
    }));
  }

  /** The name of a row as a question writes it: lower case, without what stands in parentheses. */
  spoken(row: number): string {
    const { value } = this.#name(row);
    if (value.kind !== "text") throw new Error(`row ${row} has no name`);
    return value.text.toLowerCase().replace(/ \(.*\)$/, "");
  }

  /** Rows by name as an answer. */
  named(rows: readonly number[]): Answer {
    return words(
      rows.map((row) => {
        const { value, style } = this.#name(row);
        return display(value, style);
      }),
    );
  }

  #name(row: number) {
    const column = this.columns.find(({ use }) => use === "name");
    const value = this.rows[row]?.[column?.place ?? 0];
    if (column === undefined || value === undefined) throw new Error(`row ${row} has no name`);
    return { value, style: column.style };
  }
}

function words(target: readonly string[]): Answer {
  return { target, canon: target };
}

function numeric(number: number): Answer {
  return { target: [String(number)], canon: [writtenDecimal(number)] };
}

function numberOf({ value }: Given): number {
  if (value.kind !== "number") throw new Error("expected a number");
  return value.number;
}

function lookUp({ place, style, words, counted }: Asked, view: View, rng: Rng): Made {
  const row = between(rng, 0, view.rows.length - 1);
  const value = view.rows[row]?.[place];
  if (value === undefined) return undefined;
  const text = counted
    ? `how many ${counted} does ${view.spoken(row)} have?`
    : `what is the ${words} of ${view.spoken(row)}?`;
  return { text, target: [display(value, style)], canon: [canonical(value, style)] };
}

function count(column: Asked, { many }: View, rng: Rng): Made {
  const { shared, rows } = group(column, rng);
  const text = `how many ${many} have "${shared}" as their ${column.words}?`;
  return { text, ...numeric(rows.length) };
}

function several(column: Asked, view: View, rng: Rng): Made {
  const { shared, rows } = group(column, rng);
  if (rows.length < 2 || rows.length > 5) return undefined;
  const text = `which ${view.many} have ${shared.toLowerCase()} as ${column.words}?`;
  return { text, ...view.named(rows) };
}

function superlative(column: Asked, view: View, rng: Rng): Made {
  const most = rng.next() < 0.5;
  const rows = extreme(column, most);
  const { words, counted } = column;
  const word = counted ? (most ? "most" : "fewest") : most ? "highest" : "lowest";
  const what = `the ${word} ${counted ?? words}`;
  // A tie asks for all that share it.
  if (rows.length === 1) return { text: `which ${view.one} has ${what}?`, ...view.named(rows) };
  if (rows.length > 3) return undefined;
  return { text: `which ${view.many} share ${what}?`, ...view.named(rows) };
}

function firstInTime(column: Asked, view: View, rng: Rng): Made {
  const last = rng.next() < 0.5;
  const rows = extreme(column, last);
  if (rows.length !== 1) return undefined;
  const text = `which ${view.one} ${column.words} ${last ? "last" : "first"}?`;
  return { text, ...view.named(rows) };
}

function sum({ words, counted, given }: Asked, view: View, rng: Rng): Made {
  if (given.length === view.rows.length && rng.next() < 0.4) {
    const all = given.reduce((total, one) => total + numberOf(one), 0);
    return { text: `what is the total ${words} of all ${view.many}?`, ...numeric(all) };
  }
  const [a, b] = shuffled(given, rng);
  if (a === undefined || b === undefined) return undefined;
  const both = `${view.spoken(a.row)} and ${view.spoken(b.row)}`;
  const text = counted
    ? `how many ${counted} do ${both} have combined?`
    : `what is the combined ${words} of ${both}?`;
  return { text, ...numeric(numberOf(a) + numberOf(b)) };
}

function difference(column: Asked, view: View, rng: Rng): Made {
  const pair = unequalPair(column, rng);
  if (pair === undefined) return undefined;
  const more = numberOf(pair.high) - numberOf(pair.low);
  if (column.style.kind === "unit" && !Number.isInteger(more)) return undefined;
  const [high, low] = [view.spoken(pair.high.row), view.spoken(pair.low.row)];
  const text = column.counted
    ? `how many more ${column.counted} does ${high} have than ${low}?`
    : `what is the difference in ${column.words} between ${high} and ${low}?`;
  return { text, ...numeric(more) };
}

function comparison(column: Asked, view: View, rng: Rng): Made {
  const pair = unequalPair(column, rng);
  if (pair === undefined) return undefined;
  const either = shuffled([pair.high, pair.low], rng).map(({ row }) => view.spoken(row));
  const what = column.counted ? `more ${column.counted}` : `the higher ${column.words}`;
  const text = `which ${view.one} has ${what}, ${either.join(" or ")}?`;
  return { text, ...view.named([pair.high.row]) };
}

function neighbour(view: View, rng: Rng): Made {
  const row = between(rng, 1, view.rows.length - 2);
  const after = rng.next() < 0.5;
  const text = `which ${view.one} is listed directly ${after ? "after" : "before"} ${view.spoken(row)}?`;
  return { text, ...view.named([after ? row + 1 : row - 1]) };
}

function countAbove({ words, counted, given }: Asked, { many }: View, rng: Rng): Made {
  const numbers = given.map(numberOf);
  const limit = pick(rng, numbers);
  const above = numbers.filter((value) => value > limit).length;
  if (above === 0) return undefined;
  const text = counted
    ? `how many ${many} have more than ${limit} ${counted}?`
    : `how many ${many} have a ${words} of more than ${limit}?`;
  return { text, ...numeric(above) };
}

function distinct({ words, given, style }: Asked): Made {
  const values = new Set(given.map(({ value }) => display(value, style)));
  return { text: `how many different values of ${words} are listed?`, ...numeric(values.size) };
}

function whichCategory(column: Asked): Made {
  const tally = new Map<string, number>();
  for (const { value } of column.given) {
    const shown = display(value, column.style);
    tally.set(shown, (tally.get(shown) ?? 0) + 1);
  }
  const [first, second] = [...tally].sort((a, b) => b[1] - a[1]);
  if (first === undefined || first[1] === second?.[1]) return undefined;
  return { text: `which ${column.words} is listed most often?`, ...words([first[0]]) };
}

/** Rows that share the value of one of them. */
function group({ given, style }: Asked, rng: Rng): { shared: string; rows: number[] } {
  const shared = display(pick(rng, given).value, style);
  const rows = given.filter(({ value }) => display(value, style) === shared);
  return { shared, rows: rows.map(({ row }) => row) };
}

function extreme({ given }: Asked, most: boolean): number[] {
  const sizes = given.map(({ value }) => magnitude(value));
  const best = most ? Math.max(...sizes) : Math.min(...sizes);
  return given.filter(({ value }) => magnitude(value) === best).map(({ row }) => row);
}

function unequalPair({ given }: Asked, rng: Rng) {
  const [a, b] = shuffled(given, rng);
  if (a === undefined || b === undefined || magnitude(a.value) === magnitude(b.value))
    return undefined;
  return magnitude(a.value) > magnitude(b.value) ? { high: a, low: b } : { high: b, low: a };
}
