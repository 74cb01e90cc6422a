import type { Rng } from "../../../../harness/contracts/index.ts";
import { shuffled } from "../../../../harness/models/rule-based/kit.ts";

import type { Clean, Style } from "./values.ts";
import { countries, names, oneOf, wholeBetween } from "./vocabulary.ts";

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

/** A table with clean values; undefined is an absent one. */
export interface CleanTable {
  /** What one row is, and several: `ship`, `ships`. */
  readonly one: string;
  readonly many: string;
  readonly columns: readonly DrawnColumn[];
  readonly rows: readonly (readonly (Clean | undefined)[])[];
  /** The marks that are put behind some names. */
  readonly marks: readonly string[];
  /** Label of a last row with the sums. */
  readonly total?: string;
}

const text = (it: string): Clean => ({ kind: "text", text: it });
const number = (it: number): Clean => ({ kind: "number", number: it });
const plain: Style = { kind: "plain" };
const quoted: Style = { kind: "quoted" };
const thousands: Style = { kind: "thousands" };
const ordinal: Style = { kind: "ordinal" };
const length: Style = { kind: "length" };
const unit = (after: string): Style => ({ kind: "unit", after });

/** Makes columns of one use; where nothing is said of the words, they are the header in small letters. */
function columns(
  use: DrawnColumn["use"],
): (header: string, more?: Partial<DrawnColumn>) => DrawnColumn {
  return (header, more) => ({ header, use, style: plain, words: header.toLowerCase(), ...more });
}

const name = columns("name");
const category = columns("category");
const amount = columns("amount");
const ordered = columns("order");
const date = columns("date");
const mere = columns("mere");

/** The kinds of tables, in the order they are dealt out. */
export const kinds: readonly ((rng: Rng) => CleanTable)[] = [
  ships,
  films,
  towns,
  medals,
  race,
  parties,
  songs,
  lighthouses,
  clubs,
  bridges,
];

function ships(rng: Rng): CleanTable {
  const order = oneOf(["month-first", "day-first"] as const, rng);
  return {
    one: "ship",
    many: "ships",
    columns: [
      name("Ship"),
      category("Builder"),
      date("Launched", { words: "was launched", style: { kind: "date", order } }),
      amount("Displacement", { style: unit(" t"), blank: "" }),
      category("Fate"),
    ],
    rows: names("thing", wholeBetween(9, 14, rng), rng).map((it) => [
      text(it),
      text(oneOf(["Halvik & Sons", "Osterford Dockyard", "Brimmouth Yard"], rng)),
      day(rng, 1880, 1938),
      maybe(rng, number(wholeBetween(8, 190, rng) * 100)),
      text(oneOf(["Scrapped", "Sunk", "Museum ship", "Sold"], rng)),
    ]),
    marks: ["[1]", "\u2020", " [note 2]"],
  };
}

function films(rng: Rng): CleanTable {
  const directors = names("person", 5, rng);
  return {
    one: "film",
    many: "films",
    columns: [
      name("Title", { style: quoted }),
      ordered("Year"),
      category("Director"),
      amount("Gross", { style: { kind: "unit", before: "$" }, adds: true, blank: "n/a" }),
      amount("Awards", { words: "number of awards", adds: true }),
    ],
    rows: names("thing", wholeBetween(8, 13, rng), rng).map((it, index) => [
      text(it),
      number(1961 + index * 2 + wholeBetween(0, 1, rng)),
      text(oneOf(directors, rng)),
      maybe(rng, number(wholeBetween(12, 980, rng) * 1000)),
      number(wholeBetween(0, 7, rng)),
    ]),
    marks: ["*", "\u2021", "[3]"],
  };
}

function towns(rng: Rng): CleanTable {
  return {
    one: "town",
    many: "towns",
    columns: [
      name("Town"),
      category("District"),
      amount("Population\n(2011)", { words: "population", style: thousands, adds: true }),
      amount("Area", { style: unit(" km\u00b2") }),
      mere("Founded"),
    ],
    rows: names("town", wholeBetween(8, 14, rng), rng).map((it) => [
      text(it),
      text(oneOf(["North Vale", "South Vale", "The Fells", "Coast"], rng)),
      number(wholeBetween(310, 48_000, rng)),
      number(wholeBetween(31, 940, rng) / 10),
      maybe(rng, number(wholeBetween(1100, 1890, rng))),
    ]),
    marks: ["[a]", "\u2020", "*"],
    total: "Total",
  };
}

function medals(rng: Rng): CleanTable {
  const rows = shuffled(countries, rng)
    .slice(0, wholeBetween(7, 10, rng))
    .map(([nation, code]) => ({
      nation: `${nation} (${code})`,
      won: [wholeBetween(0, 9, rng), wholeBetween(0, 9, rng), wholeBetween(0, 9, rng)] as const,
    }))
    .sort((a, b) => b.won[0] - a.won[0]);
  const rank = (gold: number) => 1 + rows.filter((row) => row.won[0] > gold).length;
  return {
    one: "nation",
    many: "nations",
    columns: [
      mere("Rank"),
      name("Nation"),
      amount("Gold", { words: "number of gold medals", adds: true }),
      amount("Silver", { words: "number of silver medals", adds: true }),
      amount("Bronze", { words: "number of bronze medals", adds: true }),
    ],
    rows: rows.map(({ nation, won }) => [
      number(rank(won[0])),
      text(nation),
      number(won[0]),
      number(won[1]),
      number(won[2]),
    ]),
    marks: ["*"],
    total: "Total",
  };
}

function race(rng: Rng): CleanTable {
  const teams = names("town", 4, rng).map((town) => `${town} Wheelers`);
  return {
    one: "rider",
    many: "riders",
    columns: [
      mere("Position", { style: ordinal }),
      name("Rider"),
      category("Team"),
      amount("Laps", { words: "number of laps" }),
      amount("Points", { words: "number of points", adds: true, blank: "\u2014" }),
    ],
    rows: names("person", wholeBetween(9, 13, rng), rng).map((it, index) => [
      number(index + 1),
      text(`${it} (${oneOf(countries, rng)[1]})`),
      text(oneOf(teams, rng)),
      number(Math.max(3, 40 - wholeBetween(0, 2, rng) - index)),
      index > 7 ? undefined : number(25 - 3 * index),
    ]),
    marks: ["[1]", "\u2020"],
  };
}

function parties(rng: Rng): CleanTable {
  const kind = [
    "Farmers' Union",
    "Liberal League",
    "Green Alliance",
    "Workers' Party",
    "Civic Forum",
    "Coast List",
    "Reform Movement",
    "Pensioners' Bloc",
  ];
  return {
    one: "party",
    many: "parties",
    columns: [
      name("Party"),
      mere("Leader"),
      amount("Votes", { words: "number of votes", style: thousands, adds: true }),
      amount("Seats", { words: "number of seats", adds: true }),
      category("Side"),
    ],
    rows: shuffled(kind, rng)
      .slice(0, wholeBetween(7, 8, rng))
      .map((it) => [
        text(it),
        text(oneOf(names("person", 6, rng), rng)),
        number(wholeBetween(1200, 260_000, rng)),
        number(wholeBetween(0, 42, rng)),
        text(oneOf(["Government", "Opposition", "None"], rng)),
      ]),
    marks: ["[b]", "*", " (dissolved)"],
    total: "Totals",
  };
}

function songs(rng: Rng): CleanTable {
  const order = oneOf(["month-first", "iso"] as const, rng);
  return {
    one: "song",
    many: "songs",
    columns: [
      mere("No."),
      name("Title", { style: quoted }),
      category("Writer"),
      date("Released", { words: "was released", style: { kind: "date", order } }),
      ordered("Length", { style: length }),
      mere("Peak", { blank: "\u2013" }),
    ],
    rows: names("thing", wholeBetween(8, 12, rng), rng).map((it, index) => [
      number(index + 1),
      text(it),
      text(oneOf(["M. Dalvik", "R. Norsen", "T. Fallund"], rng)),
      day(rng, 1971, 1984),
      number(wholeBetween(120, 380, rng)),
      maybe(rng, number(wholeBetween(1, 60, rng))),
    ]),
    marks: ["*", "[2]"],
  };
}

function lighthouses(rng: Rng): CleanTable {
  return {
    one: "lighthouse",
    many: "lighthouses",
    columns: [
      name("Lighthouse"),
      category("Island"),
      amount("Height", { style: unit(" m") }),
      amount("Range", { style: unit(" nmi"), blank: "unknown" }),
      date("First lit", { words: "was first lit", style: { kind: "date", order: "day-first" } }),
      category("Automated", { words: "automation status" }),
    ],
    rows: names("town", wholeBetween(8, 13, rng), rng).map((it) => [
      text(`${it} Point`),
      text(oneOf(["Great Isker", "Little Isker", "Sandholm"], rng)),
      number(wholeBetween(9, 68, rng)),
      maybe(rng, number(wholeBetween(8, 27, rng))),
      day(rng, 1790, 1910),
      text(oneOf(["Yes", "No"], rng)),
    ]),
    marks: ["\u2020", "[1][2]", " (ruin)"],
  };
}

function clubs(rng: Rng): CleanTable {
  return {
    one: "club",
    many: "clubs",
    columns: [
      mere("Place", { style: ordinal }),
      name("Club"),
      amount("Wins", { words: "number of wins", adds: true }),
      amount("Losses", { words: "number of losses", adds: true }),
      amount("Average attendance", { style: thousands, blank: "?" }),
      category("Region"),
    ],
    rows: names("town", wholeBetween(8, 12, rng), rng).map((it, index) => [
      number(index === 3 ? 3 : index + 1),
      text(`${it} ${oneOf(["Rovers", "Athletic", "United"], rng)}`),
      number(Math.max(0, 24 - 2 * index - wholeBetween(0, 1, rng))),
      number(index * 2 + wholeBetween(0, 2, rng)),
      maybe(rng, number(wholeBetween(480, 21_500, rng))),
      text(oneOf(["East", "West", "North"], rng)),
    ]),
    marks: [" (C)", "\u2021", "[n 1]", " (R)"],
  };
}

function bridges(rng: Rng): CleanTable {
  return {
    one: "bridge",
    many: "bridges",
    columns: [
      name("Bridge"),
      category("River"),
      category("Type"),
      amount("Length", { style: unit(" m"), adds: true }),
      ordered("Opened", { words: "opening year" }),
      amount("Cost", { style: { kind: "unit", before: "\u00a3" }, adds: true, blank: "-" }),
    ],
    rows: names("town", wholeBetween(8, 13, rng), rng).map((it) => [
      text(`${it} Bridge`),
      text(oneOf(["Sarn", "Upper Sarn", "Wend"], rng)),
      text(oneOf(["Arch", "Cable-stayed", "Beam", "Suspension"], rng)),
      number(wholeBetween(38, 1960, rng)),
      number(wholeBetween(1840, 1999, rng)),
      maybe(rng, number(wholeBetween(3, 900, rng) * 1000)),
    ]),
    marks: ["\u2666", "[4]", " (closed)"],
  };
}

function maybe(rng: Rng, value: Clean): Clean | undefined {
  return rng.next() < 0.12 ? undefined : value;
}

function day(rng: Rng, first: number, last: number): Clean {
  return {
    kind: "date",
    year: wholeBetween(first, last, rng),
    month: wholeBetween(1, 12, rng),
    day: wholeBetween(1, 28, rng),
  };
}
