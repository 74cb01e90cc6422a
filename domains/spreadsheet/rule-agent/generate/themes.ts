/** The columns that a ledger may have. */
export const fields = ["code", "date", "who", "kind", "count", "price"] as const;
export type Field = (typeof fields)[number];

/** What a ledger is about: the words of its columns and the values that may stand in them. */
export interface Theme {
  readonly sheet: string;
  /** What its rows are, in the plural. */
  readonly noun: string;
  /** In the order of `fields`. */
  readonly headings: readonly string[];
  /** What count times price is called. */
  readonly product: string;
  /** Begins every code. */
  readonly prefix: string;
  readonly who: readonly string[];
  readonly kinds: readonly string[];
}

/** The heading of a column. */
export function headingOf({ headings }: Theme, field: Field): string {
  return headings[fields.indexOf(field)] ?? "";
}

const people = ["Ada Moreno", "Ben Okafor", "Chiara Lund", "Dev Patel", "Elif Kaya", "Finn Larsen"];
const firms = ["Alder Foods", "Birch Supply", "Cedar Works", "Dune Traders", "Fern Textiles"];

/** The trades that the sample's workbooks come from. */
export const themes: readonly [Theme, ...Theme[]] = [
  {
    sheet: "Orders",
    noun: "orders",
    headings: ["Order", "Order Date", "Customer", "Region", "Quantity", "Unit Price"],
    product: "Amount",
    prefix: "OR",
    who: firms,
    kinds: ["North", "South", "East", "West", "Coast"],
  },
  {
    sheet: "Payroll",
    noun: "employees",
    headings: ["Staff No", "Start Date", "Employee", "Department", "Hours", "Rate"],
    product: "Gross Pay",
    prefix: "EM",
    who: people,
    kinds: ["Sales", "Finance", "Support", "Design", "Legal"],
  },
];
