import type { Rng } from "../../../../harness/contracts/index.ts";
import { between, pick, shuffled } from "../../../../harness/models/rule-based/kit.ts";
import type { Row } from "../worker.ts";
import { type Field, headingOf, type Theme } from "./themes.ts";
import type { Cell, Sheet } from "./workbook-file.ts";

/** What is the same in every case of a task: the shape of the workbook, its mess, and what is asked about. */
export interface Plan {
  readonly theme: Theme;
  readonly columns: readonly Field[];
  /** Headings of empty columns beside them. */
  readonly added: readonly string[];
  /** Sheets behind the ledger. */
  readonly sheets: readonly Sheet[];
  readonly entries: number;
  /** Two rows above the headings. */
  readonly title: boolean;
  /** A sheet with remarks before the ledger. */
  readonly notes: boolean;
  readonly totals: boolean;
  /** Odd spellings of kinds and statuses, numbers as text, missing numbers. */
  readonly mess: Readonly<Record<"spelling" | "numbers" | "blanks", boolean>>;
  readonly firstCode: number;
  /** The kind, status and bound that questions name; one entry has all three. */
  readonly kind: string;
  readonly status: string;
  readonly bound: number;
}

/** A row of a ledger. */
export interface Entry {
  /** What it means, column by column; empty for a missing number. */
  readonly facts: Row;
  /** The same as it is written. */
  readonly cells: readonly Cell[];
}

/** The row of the first entry, from 1. */
export function firstRow({ title }: Plan): number {
  return title ? 4 : 2;
}

/** Fills a plan with values. */
export function entriesOf(plan: Plan, rng: Rng): readonly Entry[] {
  const writing = rng.fork("mess");
  return factsOf(plan, rng.fork("facts")).map((facts) => ({
    facts: plan.columns.map((field) => facts[field]),
    cells: plan.columns.map((field) => written(field, facts[field], plan, writing)),
  }));
}

/** The sheets of a workbook with these entries. */
export function sheetsOf(plan: Plan, entries: readonly Entry[]): readonly Sheet[] {
  const { theme, columns, added } = plan;
  const headings = [...columns.map((field) => headingOf(theme, field)), ...added];
  const counts = entries.map(({ facts }) => Number(facts[columns.indexOf("count")]));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const totals = columns.map((field) => (field === "count" ? total : null));
  const rows = [
    ...(plan.title ? [[`${theme.sheet}, first half of the year`], []] : []),
    headings,
    ...entries.map(({ cells }) => cells),
    ...(plan.totals ? [["Total", ...totals.slice(1)]] : []),
  ];
  const about = `The ${theme.noun} are on the sheet ${theme.sheet}`;
  const notes = { name: "Notes", rows: [["Prepared for the weekly review"], [about]] };
  return [...(plan.notes ? [notes] : []), { name: theme.sheet, rows }, ...plan.sheets];
}

function factsOf(plan: Plan, rng: Rng): readonly Readonly<Record<Field, string>>[] {
  const { theme, bound } = plan;
  const others = shuffled(theme.kinds, rng).filter((kind) => kind !== plan.kind);
  const facts = Array.from({ length: plan.entries }, (_, index) => ({
    code: `${theme.prefix}-${plan.firstCode + index}`,
    date: String(between(rng, 44_930, 45_650)),
    who: pick(rng, theme.who),
    kind: rng.next() < 0.35 ? plan.kind : pick(rng, others.slice(0, 3)),
    status: pick(rng, theme.statuses),
    count: String(between(rng, ...theme.count)),
    price: String(between(rng, theme.price[0] * 100, theme.price[1] * 100) / 100),
  }));
  const [a = 0, b = 1, c = 2, d = 3, e = 4, f = 5] = shuffled([...facts.keys()], rng);
  const set = (index: number, change: Partial<Record<Field, string>>) =>
    Object.assign(facts[index] ?? {}, change);
  set(a, { kind: plan.kind, status: plan.status, count: String(bound) });
  // Two share a place.
  set(b, { count: facts[c]?.count ?? "" });
  set(d, { kind: plan.kind, count: String(theme.count[1] + 3 + between(rng, 0, 9)) });
  if (plan.mess.blanks) for (const index of [e, f]) set(index, { count: "" });
  return facts;
}

function written(field: Field, fact: string, { mess }: Plan, rng: Rng): Cell {
  if (fact === "") return null;
  if (field === "date") return { serial: Number(fact) };
  if (field === "price") return Number(fact);
  if (field === "count") {
    const asText = mess.numbers && rng.next() < 0.4;
    return asText ? pick(rng, [fact, ` ${fact}`, `${fact} `]) : Number(fact);
  }
  const isOdd = (field === "kind" || field === "status") && mess.spelling && rng.next() < 0.35;
  return isOdd ? pick(rng, [fact.toUpperCase(), fact.toLowerCase(), `${fact} `, ` ${fact}`]) : fact;
}
