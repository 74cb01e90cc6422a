import type { Rng } from "../../../../harness/contracts/index.ts";
import { between, pick, shuffled } from "../../../../harness/models/rule-based/kit.ts";
import type { Family } from "../family.ts";
import { type LedgerRow, sum } from "../worker.ts";
import { type Field, fields, headingOf, type Theme, themes } from "./themes.ts";
import type { Sheet, WrittenCell } from "./workbook-file.ts";

/** What is the same in every case of a task: the shape of the workbook, its mess, and what is asked about. */
export type Plan = ReturnType<typeof planFor>;

/** Draws the plan of a workbook that some families can ask something of; one of them may fill a column. */
export function planFor(asked: readonly Family[], rng: Rng) {
  const theme = pick(rng, themes);
  // The code stays first; a ledger that begins with anything else is rare.
  const others = fields.filter((field) => field !== "code");
  const maybe = (chance: number) => rng.next() < chance;
  return {
    theme,
    columns: ["code" as Field, ...shuffled(others, rng)],
    /** The heading of an empty column beside them. */
    empty: asked.filter(({ place }) => place === "column").map((it) => it.label ?? theme.product),
    /** Sheets behind the ledger. */
    sheets: asked.flatMap((family) => ownSheet(family, theme) ?? []),
    entries: between(rng, 8, 13),
    /** Two rows above the headings. */
    title: maybe(0.35),
    /** A sheet with remarks before the ledger. */
    notes: maybe(0.35),
    /** Where entries are deleted there are none, since the sentences say nothing of them. */
    totals: maybe(0.5) && !asked.some(({ place }) => place === "ledger"),
    /** Odd spellings of kinds, numbers as text, missing numbers. */
    mess: { spelling: maybe(0.7), numbers: maybe(0.5), blanks: maybe(0.5) },
    /** The kind and bound that questions name; one entry has both. */
    kind: pick(rng, theme.kinds),
    bound: between(rng, 25, 50),
  };
}

/** The sheet that a family needs for its answer, where that is not the ledger's. */
export function ownSheet({ place, label }: Family, theme: Theme): Sheet | undefined {
  if (place === "report") return { name: "Report", rows: [["Figure", "Value"], [label ?? ""]] };
  if (place !== "summary") return undefined;
  return { name: "Summary", rows: [[headingOf(theme, "kind"), "Total"]] };
}

/** A row of a ledger. */
export interface LedgerEntry {
  /** What it means, column by column; empty for a missing number. */
  readonly facts: LedgerRow;
  /** The same as it is written. */
  readonly cells: readonly WrittenCell[];
}

/** Fills a plan with values. */
export function ledgerEntries(plan: Plan, rng: Rng): readonly LedgerEntry[] {
  const writing = rng.fork("mess");
  return factsOf(plan, rng.fork("facts")).map((facts) => ({
    facts: plan.columns.map((field) => facts[field]),
    cells: plan.columns.map((field) => written(field, facts[field], plan, writing)),
  }));
}

function factsOf(plan: Plan, rng: Rng): readonly Readonly<Record<Field, string>>[] {
  const { theme, kind, bound, mess } = plan;
  const others = shuffled(theme.kinds, rng).filter((it) => it !== kind);
  const facts = Array.from({ length: plan.entries }, (_, index) => ({
    code: `${theme.prefix}-${101 + index}`,
    date: String(between(rng, 44_930, 45_650)),
    who: pick(rng, theme.who),
    kind: rng.next() < 0.35 ? kind : pick(rng, others.slice(0, 3)),
    count: String(between(rng, 20, 90)),
    price: String(between(rng, 500, 4_000) / 100),
  }));
  const [first, ...rest] = shuffled(facts, rng);
  Object.assign(first ?? {}, { kind, count: String(bound) });
  if (mess.blanks) for (const fact of rest.slice(0, 2)) fact.count = "";
  return facts;
}

function written(field: Field, fact: string, { mess }: Plan, rng: Rng): WrittenCell {
  if (fact === "") return null;
  if (field === "date") return { serial: Number(fact) };
  if (field === "price") return Number(fact);
  if (field === "count") {
    const asText = mess.numbers && rng.next() < 0.4;
    return asText ? pick(rng, [fact, ` ${fact}`, `${fact} `]) : Number(fact);
  }
  const isOdd = field === "kind" && mess.spelling && rng.next() < 0.35;
  return isOdd ? pick(rng, [fact.toUpperCase(), fact.toLowerCase(), `${fact} `, ` ${fact}`]) : fact;
}

/** The sheets of a workbook with these entries. */
export function sheetsOf(plan: Plan, entries: readonly LedgerEntry[]): readonly Sheet[] {
  const { theme, columns } = plan;
  const counts = entries.map(({ facts }) => Number(facts[columns.indexOf("count")]));
  const totals = columns.slice(1).map((field) => (field === "count" ? sum(counts) : null));
  const rows = [
    ...(plan.title ? [[`${theme.sheet}, first half of the year`], []] : []),
    [...columns.map((field) => headingOf(theme, field)), ...plan.empty],
    ...entries.map(({ cells }) => cells),
    ...(plan.totals ? [["Total", ...totals]] : []),
  ];
  const about = `The ${theme.noun} are on the sheet ${theme.sheet}`;
  const notes = { name: "Notes", rows: [["Prepared for the weekly review"], [about]] };
  return [...(plan.notes ? [notes] : []), { name: theme.sheet, rows }, ...plan.sheets];
}
