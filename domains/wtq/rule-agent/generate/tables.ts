import type { Rng } from "../../../../harness/contracts/index.ts";
import { between, pick, shuffled } from "../../../../harness/models/rule-based/kit.ts";

import { type Clean, magnitude, type Style } from "./values.ts";
import { coded, countries, names } from "./vocabulary.ts";

/** A column: what it is called, how its cells look, and the words in which questions speak of it. */
export interface DrawnColumn {
  readonly header: string;
  readonly style: Style;
  /** What questions may do with it; the first column names the rows. */
  readonly use: "name" | "category" | "amount" | "order" | "date" | "mere";
  /** Such as `attendance`, or `was launched` for a date. */
  readonly words: string;
  /** Whether its numbers may be added. */
  readonly adds?: boolean;
  /** What an absent value looks like. */
  readonly blank?: string;
}

type Row = readonly (Clean | undefined)[];

/** A table with clean values; undefined is an absent one. */
export interface CleanTable {
  /** What one row is, and several: `ship`, `ships`. */
  readonly one: string;
  readonly many: string;
  readonly columns: readonly DrawnColumn[];
  readonly rows: readonly Row[];
  /** The marks that are put behind some names. */
  readonly marks: readonly string[];
  /** Label of a last row with the sums. */
  readonly total?: string;
}

/** Draws the value of a row in a column, from the row's name and its place, from 0. */
type Cell = (rng: Rng, name: string, place: number) => Clean | undefined;

/** What a table of a kind is drawn from. */
interface Plan extends Omit<CleanTable, "many" | "rows"> {
  /** By default its one with an s. */
  readonly many?: string;
  /** A row each. */
  readonly names: readonly string[];
  /** Cells are drawn row by row, in this order. */
  readonly columns: readonly (DrawnColumn & { readonly cell: Cell })[];
  /** Puts the rows in their order. */
  readonly arranged?: (rows: readonly Row[]) => readonly Row[];
}

const text = (it: string): Clean => ({ kind: "text", text: it });
const number = (it: number): Clean => ({ kind: "number", number: it });
const quoted: Style = { kind: "quoted" };
const thousands: Style = { kind: "thousands" };
const ordinal: Style = { kind: "ordinal" };
const unit = (after: string): Style => ({ kind: "unit", after });
const money = (before: string): Style => ({ kind: "unit", before });
const dated = (order: "month-first" | "day-first" | "iso"): Style => ({ kind: "date", order });

const its: Cell = (_, name) => text(name);
const placed: Cell = (_, __, place) => number(place + 1);
const among =
  (...words: readonly string[]): Cell =>
  (rng) =>
    text(pick(rng, words));
const whole =
  (low: number, high: number, step = 1): Cell =>
  (rng) =>
    number(between(rng, low, high) * step);
/** Numbers that go up or down from row to row, each at most `spread` further on. */
const trend =
  (first: number, step: number, spread: number): Cell =>
  (rng, _, place) =>
    number(first + step * place + Math.sign(step) * between(rng, 0, spread));
const day =
  (first: number, last: number): Cell =>
  (rng) => ({
    kind: "date",
    year: between(rng, first, last),
    month: between(rng, 1, 12),
    day: between(rng, 1, 28),
  });
const maybe =
  (cell: Cell): Cell =>
  (rng, name, place) => {
    const value = cell(rng, name, place);
    return rng.next() < 0.12 ? undefined : value;
  };

/** Makes columns of one use; where nothing is said of the words, they are the header in small letters. */
const columns =
  (use: DrawnColumn["use"]) =>
  (header: string, cell: Cell, more?: Partial<DrawnColumn>): Plan["columns"][number] => ({
    header,
    use,
    cell,
    style: { kind: "plain" },
    words: header.toLowerCase(),
    ...more,
  });

const name = columns("name");
const category = columns("category");
const amount = columns("amount");
const ordered = columns("order");
const date = columns("date");
const mere = columns("mere");
const counted = (header: string, cell: Cell, more?: Partial<DrawnColumn>) =>
  amount(header, cell, { words: `number of ${header.toLowerCase()}`, adds: true, ...more });

const parties =
  "Farmers' Union|Liberal League|Green Alliance|Workers' Party|Civic Forum|Coast List|Reform Movement|Pensioners' Bloc";

const plans: readonly ((rng: Rng) => Plan)[] = [
  (rng) => {
    const style = dated(pick(rng, ["month-first", "day-first"] as const));
    return {
      one: "ship",
      names: names("thing", between(rng, 9, 14), rng),
      columns: [
        name("Ship", its),
        category("Builder", among("Halvik & Sons", "Osterford Dockyard", "Brimmouth Yard")),
        date("Launched", day(1880, 1938), { words: "was launched", style }),
        amount("Displacement", maybe(whole(8, 190, 100)), { style: unit(" t"), blank: "" }),
        category("Fate", among("Scrapped", "Sunk", "Museum ship", "Sold")),
      ],
      marks: ["[1]", "\u2020", " [note 2]"],
    };
  },
  (rng) => {
    const directors = names("person", 5, rng);
    const gross = { style: money("$"), adds: true, blank: "n/a" };
    return {
      one: "film",
      names: names("thing", between(rng, 8, 13), rng),
      columns: [
        name("Title", its, { style: quoted }),
        ordered("Year", trend(1961, 2, 1)),
        category("Director", among(...directors)),
        amount("Gross", maybe(whole(12, 980, 1000)), gross),
        counted("Awards", whole(0, 7)),
      ],
      marks: ["*", "\u2021", "[3]"],
    };
  },
  (rng) => ({
    one: "town",
    names: names("town", between(rng, 8, 14), rng),
    columns: [
      name("Town", its),
      category("District", among("North Vale", "South Vale", "The Fells", "Coast")),
      amount("Population\n(2011)", whole(310, 48_000), {
        words: "population",
        style: thousands,
        adds: true,
      }),
      amount("Area", (rng) => number(between(rng, 31, 940) / 10), {
        style: unit(" km\u00b2"),
      }),
      mere("Founded", maybe(whole(1100, 1890))),
    ],
    marks: ["[a]", "\u2020", "*"],
    total: "Total",
  }),
  (rng) => ({
    one: "nation",
    names: shuffled(countries, rng)
      .slice(0, between(rng, 7, 10))
      .map((nation) => coded(nation, nation)),
    columns: [
      mere("Rank", placed),
      name("Nation", its),
      ...["Gold", "Silver", "Bronze"].map((metal) =>
        counted(metal, whole(0, 9), { words: `number of ${metal.toLowerCase()} medals` }),
      ),
    ],
    arranged: rankedByThird,
    marks: ["*"],
    total: "Total",
  }),
  (rng) => {
    const teams = names("town", 4, rng).map((town) => `${town} Wheelers`);
    return {
      one: "rider",
      names: names("person", between(rng, 9, 13), rng),
      columns: [
        mere("Position", placed, { style: ordinal }),
        name("Rider", (rng, it) => text(coded(it, pick(rng, countries)))),
        category("Team", among(...teams)),
        counted("Laps", trend(40, -1, 2), { adds: false }),
        counted("Points", (_, __, place) => (place > 7 ? undefined : number(25 - 3 * place)), {
          blank: "\u2014",
        }),
      ],
      marks: ["[1]", "\u2020"],
    };
  },
  (rng) => ({
    one: "party",
    many: "parties",
    names: shuffled(parties.split("|"), rng).slice(0, between(rng, 7, 8)),
    columns: [
      name("Party", its),
      mere("Leader", (rng) => text(pick(rng, names("person", 6, rng)))),
      counted("Votes", whole(1200, 260_000), { style: thousands }),
      counted("Seats", whole(0, 42)),
      category("Side", among("Government", "Opposition", "None")),
    ],
    marks: ["[b]", "*", " (dissolved)"],
    total: "Totals",
  }),
  (rng) => {
    const style = dated(pick(rng, ["month-first", "iso"] as const));
    return {
      one: "song",
      names: names("thing", between(rng, 8, 12), rng),
      columns: [
        mere("No.", placed),
        name("Title", its, { style: quoted }),
        category("Writer", among("M. Dalvik", "R. Norsen", "T. Fallund")),
        date("Released", day(1971, 1984), { words: "was released", style }),
        ordered("Length", whole(120, 380), { style: { kind: "length" } }),
        mere("Peak", maybe(whole(1, 60)), { blank: "\u2013" }),
      ],
      marks: ["*", "[2]"],
    };
  },
  (rng) => ({
    one: "lighthouse",
    names: names("town", between(rng, 8, 13), rng),
    columns: [
      name("Lighthouse", (_, it) => text(`${it} Point`)),
      category("Island", among("Great Isker", "Little Isker", "Sandholm")),
      amount("Height", whole(9, 68), { style: unit(" m") }),
      amount("Range", maybe(whole(8, 27)), { style: unit(" nmi"), blank: "unknown" }),
      date("First lit", day(1790, 1910), { words: "was first lit", style: dated("day-first") }),
      category("Automated", among("Yes", "No"), { words: "automation status" }),
    ],
    marks: ["\u2020", "[1][2]", " (ruin)"],
  }),
  (rng) => ({
    one: "club",
    names: names("town", between(rng, 8, 12), rng),
    columns: [
      mere("Place", (_, __, place) => number(place === 3 ? 3 : place + 1), { style: ordinal }),
      name("Club", (rng, it) => text(`${it} ${pick(rng, ["Rovers", "Athletic", "United"])}`)),
      counted("Wins", trend(24, -2, 1)),
      counted("Losses", trend(0, 2, 2)),
      amount("Average attendance", maybe(whole(480, 21_500)), { style: thousands, blank: "?" }),
      category("Region", among("East", "West", "North")),
    ],
    marks: [" (C)", "\u2021", "[n 1]", " (R)"],
  }),
  (rng) => ({
    one: "bridge",
    names: names("town", between(rng, 8, 13), rng),
    columns: [
      name("Bridge", (_, it) => text(`${it} Bridge`)),
      category("River", among("Sarn", "Upper Sarn", "Wend")),
      category("Type", among("Arch", "Cable-stayed", "Beam", "Suspension")),
      amount("Length", whole(38, 1960), { style: unit(" m"), adds: true }),
      ordered("Opened", whole(1840, 1999), { words: "opening year" }),
      amount("Cost", maybe(whole(3, 900, 1000)), {
        style: money("\u00a3"),
        adds: true,
        blank: "-",
      }),
    ],
    marks: ["\u2666", "[4]", " (closed)"],
  }),
];

/** The kinds of tables, in the order they are dealt out. */
export const kinds: readonly ((rng: Rng) => CleanTable)[] = plans.map((plan) => (rng) => {
  const { names, arranged = (rows) => rows, ...table } = plan(rng);
  const many = table.many ?? `${table.one}s`;
  const rows = names.map((it, place) => table.columns.map(({ cell }) => cell(rng, it, place)));
  return { ...table, many, rows: arranged(rows) };
});

/** Rows with the highest number in the third column first; the first column says how many are higher. */
function rankedByThird(rows: readonly Row[]): readonly Row[] {
  const size = ([, , third]: Row) => (third === undefined ? 0 : magnitude(third));
  const rank = (row: Row) => 1 + rows.filter((other) => size(other) > size(row)).length;
  return rows
    .toSorted((a, b) => size(b) - size(a))
    .map((row) => [number(rank(row)), ...row.slice(1)]);
}
