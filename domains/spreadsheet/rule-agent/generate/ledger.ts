import type { Rng } from "../../../../harness/contracts/index.ts";
import { between, pick, shuffled } from "../../../../harness/models/rule-based/kit.ts";
import type { Book, Cell, Sheet } from "./book.ts";
import type { Theme } from "./themes.ts";

export const fields = ["code", "date", "who", "kind", "status", "count", "price"] as const;
export type Field = (typeof fields)[number];

/** What a row means, whatever was written. */
export interface Facts {
  readonly code: string;
  readonly who: string;
  readonly kind: string;
  readonly status: string;
  /** Days since 1899-12-30. */
  readonly date: number;
  readonly count: number | null;
  readonly price: number;
}

/** A row: what it means, and its cells as they are written. */
export interface Entry {
  readonly facts: Facts;
  readonly cells: readonly Cell[];
}

/** What is the same in every case of a task: the shape of the workbook, its mess, and what is asked about. */
export interface Plan {
  readonly theme: Theme;
  readonly columns: readonly Field[];
  readonly entries: number;
  /** Two rows above the headings. */
  readonly title: boolean;
  /** A sheet with remarks before the ledger. */
  readonly notes: boolean;
  readonly totals: boolean;
  readonly duplicates: boolean;
  readonly mess: {
    readonly spelling: boolean;
    readonly names: boolean;
    readonly numbers: boolean;
    readonly blanks: boolean;
    readonly dates: boolean;
  };
  readonly firstCode: number;
  /** The kind and status that questions name. */
  readonly kind: string;
  readonly status: string;
  /** The bound that questions name; one row stands exactly on it. */
  readonly bound: number;
  /** Headings of empty columns to be filled. */
  readonly added: readonly string[];
  /** Sheets beside the ledger, as they are before the work. */
  readonly sheets: readonly Sheet[];
  /** Labels of cells to be filled beside the ledger, from its first row down. */
  readonly labels: readonly string[];
}

/** A sheet of entries under headings. */
export interface Ledger {
  readonly plan: Plan;
  readonly entries: readonly Entry[];
  readonly book: Book;
  readonly sheet: string;
  /** Columns of an entry, without those to be filled. */
  readonly columnCount: number;
  /** Row of the first entry. */
  readonly first: number;
  /** Row of the last entry. */
  readonly last: number;
  /** Row of the totals, where there are totals. */
  readonly totalsRow: number | undefined;
  /** Number of a field's column, from 1. */
  columnOf(field: Field): number;
}

/** Column of a heading among those to be filled, from 1. */
export function addedColumn(plan: Plan, heading: string): number {
  return plan.columns.length + 1 + plan.added.indexOf(heading);
}

/** Where the answer beside a label goes: a column is left free between it and the ledger. */
export function labelledCell(plan: Plan, label: string): { row: number; column: number } {
  return {
    row: headingRow(plan) + 1 + plan.labels.indexOf(label),
    column: plan.columns.length + plan.added.length + 3,
  };
}

/** The name of a field's column. */
export function heading(theme: Theme, field: Field): string {
  return field === "date" ? theme.date : theme[field].name;
}

/** Fills a plan with values. */
export function ledgerOf(plan: Plan, rng: Rng): Ledger {
  const entries = withDuplicates(plan, factsOf(plan, rng.fork("facts")), rng.fork("mess"));
  const above = headingRow(plan);
  const { theme } = plan;
  const rows: Cell[][] = [];
  if (plan.title) rows.push([`${theme.sheet}, first half of the year`], []);
  rows.push([...plan.columns.map((field) => heading(theme, field)), ...plan.added]);
  for (const { cells } of entries) rows.push([...cells]);
  if (plan.totals)
    rows.push(
      plan.columns.map((field) => {
        if (field === "code") return "Total";
        return field === "count"
          ? entries.reduce((sum, { facts }) => sum + (facts.count ?? 0), 0)
          : null;
      }),
    );
  for (const label of plan.labels) {
    const place = labelledCell(plan, label);
    const row = rows[place.row - 1];
    if (row === undefined) throw new Error("a label lies below the ledger");
    while (row.length < place.column - 1) row.push(null);
    row[place.column - 2] = label;
  }
  const notes: Sheet = {
    name: "Notes",
    rows: [
      ["Prepared for the weekly review"],
      [`The ${theme.noun} are on the sheet ${theme.sheet}`],
    ],
  };
  const last = above + entries.length;
  return {
    plan,
    entries,
    book: [...(plan.notes ? [notes] : []), { name: theme.sheet, rows }, ...plan.sheets],
    sheet: theme.sheet,
    columnCount: plan.columns.length,
    first: above + 1,
    last,
    totalsRow: plan.totals ? last + 1 : undefined,
    columnOf: (field) => plan.columns.indexOf(field) + 1,
  };
}

function headingRow(plan: Plan): number {
  return plan.title ? 3 : 1;
}

function factsOf(plan: Plan, rng: Rng): Facts[] {
  const { theme } = plan;
  const { low, high } = theme.count;
  const kinds = theme.kind.values.filter((kind) => kind !== plan.kind);
  // The last kind of a shuffled list stays out, so that a list of kinds names one without entries.
  const used = shuffled(kinds, rng).slice(0, 3);
  const facts = Array.from({ length: plan.entries }, (_, index) => ({
    code: `${theme.code.prefix}-${plan.firstCode + index}`,
    who: pick(rng, theme.who.values.slice(0, 6)),
    kind: rng.next() < 0.35 ? plan.kind : pick(rng, used),
    status: pick(rng, theme.status.values),
    date: between(rng, 44_930, 45_650),
    count: between(rng, low, high) as number | null,
    price: between(rng, theme.price.low * 100, theme.price.high * 100) / 100,
  }));
  const [a = 0, b = 1, c = 2, d = 3, e = 4, f = 5] = shuffled([...facts.keys()], rng);
  const set = (index: number, change: Partial<Facts>) => Object.assign(facts[index] ?? {}, change);
  set(a, { kind: plan.kind, status: plan.status, count: plan.bound });
  // Two share a place, and one is alone at the top.
  set(b, { count: facts[c]?.count ?? null });
  set(d, { count: high + 3 + between(rng, 0, 9), kind: plan.kind });
  if (plan.mess.blanks) set(e, { count: null });
  if (plan.mess.blanks) set(f, { count: null });
  return facts;
}

function withDuplicates(plan: Plan, facts: readonly Facts[], rng: Rng): readonly Entry[] {
  const entries = facts.map((fact) => ({ facts: fact, cells: written(plan, fact, rng) }));
  if (!plan.duplicates) return entries;
  const copies = 2 + between(rng, 0, 1);
  for (let count = 0; count < copies; count++) {
    const source = between(rng, 0, entries.length - 2);
    const entry = entries[source];
    if (entry !== undefined) entries.splice(between(rng, source + 1, entries.length), 0, entry);
  }
  // As many entries as planned in every case, so that the answer has the same place.
  const kept = new Set(entries).size;
  return kept < entries.length ? entries.slice(0, plan.entries + 2) : entries;
}

function written(plan: Plan, facts: Facts, rng: Rng): readonly Cell[] {
  const { mess } = plan;
  return plan.columns.map((field): Cell => {
    switch (field) {
      case "date": {
        const asText = mess.dates && rng.next() < 0.4;
        return asText ? isoDate(facts.date) : { serial: facts.date };
      }
      case "count":
        if (facts.count === null) return null;
        return mess.numbers && rng.next() < 0.4 ? pick(rng, numberForms)(facts.count) : facts.count;
      case "kind":
      case "status":
        return mess.spelling && rng.next() < 0.35
          ? pick(rng, spellings)(facts[field])
          : facts[field];
      case "who":
        return mess.names && rng.next() < 0.6 ? pick(rng, nameSpellings)(facts.who) : facts.who;
      default:
        return facts[field];
    }
  });
}

const numberForms = [(n: number) => String(n), (n: number) => ` ${n}`, (n: number) => `${n} `];

const spellings = [
  (text: string) => text.toUpperCase(),
  (text: string) => text.toLowerCase(),
  (text: string) => `${text} `,
  (text: string) => ` ${text}`,
];

const nameSpellings = [...spellings, (text: string) => text.replace(" ", "  ")];

/** A date as text, from days since 1899-12-30. */
export function isoDate(serial: number): string {
  // biome-ignore lint/style/noRestrictedGlobals: a given day, not the time of the machine
  const date = new Date((serial - 25_569) * 86_400_000);
  return date.toISOString().slice(0, 10);
}
