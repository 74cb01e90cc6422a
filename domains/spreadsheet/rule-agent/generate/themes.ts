/** What a ledger is about: the words of its columns and the values that may stand in them. */
export interface Theme {
  readonly sheet: string;
  /** What its rows are, in the plural. */
  readonly noun: string;
  readonly code: { readonly name: string; readonly prefix: string };
  readonly who: { readonly name: string; readonly values: readonly string[] };
  readonly kind: { readonly name: string; readonly values: readonly string[] };
  readonly status: { readonly name: string; readonly values: readonly string[] };
  readonly date: string;
  /** The measure, a whole number. */
  readonly count: { readonly name: string; readonly low: number; readonly high: number };
  /** A price or rate, with two decimals. */
  readonly price: { readonly name: string; readonly low: number; readonly high: number };
  /** What count times price is called. */
  readonly product: string;
  /** A sheet that says something of each kind. */
  readonly lookup: {
    readonly sheet: string;
    readonly value: string;
    readonly values: readonly string[];
  };
}

const people = [
  "Ada Moreno",
  "Ben Okafor",
  "Chiara Lund",
  "Dev Patel",
  "Elif Kaya",
  "Finn Larsen",
  "Grace Osei",
  "Hugo Brandt",
  "Ines Duarte",
  "Jonas Weber",
  "Kaori Mori",
  "Lena Novak",
] as const;

const firms = [
  "Alder Foods",
  "Birch Supply",
  "Cedar Works",
  "Dune Traders",
  "Elm Street Cafe",
  "Fern Textiles",
  "Granite Tools",
  "Harbour Books",
  "Iris Clinic",
  "Juniper Labs",
] as const;

/** The trades that the sample's workbooks come from. */
export const themes: readonly Theme[] = [
  {
    sheet: "Orders",
    noun: "orders",
    code: { name: "Order", prefix: "OR" },
    who: { name: "Customer", values: firms },
    kind: { name: "Region", values: ["North", "South", "East", "West", "Coast"] },
    status: { name: "Status", values: ["Open", "Shipped", "Cancelled"] },
    date: "Order Date",
    count: { name: "Quantity", low: 4, high: 90 },
    price: { name: "Unit Price", low: 2, high: 40 },
    product: "Amount",
    lookup: {
      sheet: "Regions",
      value: "Manager",
      values: ["Mara Quist", "Theo Vance", "Uma Reyes", "Walt Xu", "Yara Zell"],
    },
  },
  {
    sheet: "Payroll",
    noun: "employees",
    code: { name: "Staff No", prefix: "EM" },
    who: { name: "Employee", values: people },
    kind: { name: "Department", values: ["Sales", "Finance", "Support", "Design", "Legal"] },
    status: { name: "Contract", values: ["Permanent", "Temporary", "Trainee"] },
    date: "Start Date",
    count: { name: "Hours", low: 60, high: 190 },
    price: { name: "Hourly Rate", low: 14, high: 60 },
    product: "Gross Pay",
    lookup: {
      sheet: "Departments",
      value: "Cost Centre",
      values: ["CC Amber", "CC Blue", "CC Coral", "CC Denim", "CC Ebony"],
    },
  },
  {
    sheet: "Stock",
    noun: "items",
    code: { name: "Item No", prefix: "IT" },
    who: { name: "Supplier", values: firms },
    kind: { name: "Category", values: ["Garden", "Kitchen", "Office", "Lighting", "Storage"] },
    status: { name: "State", values: ["Active", "Discontinued", "Backorder"] },
    date: "Last Count",
    count: { name: "Units", low: 0, high: 320 },
    price: { name: "Unit Cost", low: 1, high: 75 },
    product: "Stock Value",
    lookup: {
      sheet: "Shelves",
      value: "Aisle",
      values: ["Aisle A", "Aisle B", "Aisle C", "Aisle D", "Aisle E"],
    },
  },
  {
    sheet: "Grades",
    noun: "students",
    code: { name: "Student No", prefix: "ST" },
    who: { name: "Student", values: people },
    kind: { name: "Class", values: ["Biology", "History", "Physics", "Music", "Art"] },
    status: { name: "Result", values: ["Passed", "Failed", "Withdrawn"] },
    date: "Exam Date",
    count: { name: "Score", low: 21, high: 99 },
    price: { name: "Weight", low: 1, high: 4 },
    product: "Weighted Score",
    lookup: {
      sheet: "Classes",
      value: "Teacher",
      values: ["Dr Abel", "Dr Bloom", "Ms Chase", "Mr Dietz", "Ms Ekman"],
    },
  },
  {
    sheet: "Shifts",
    noun: "shifts",
    code: { name: "Shift", prefix: "SH" },
    who: { name: "Worker", values: people },
    kind: { name: "Site", values: ["Harbour", "Airport", "Depot", "Mill", "Quarry"] },
    status: { name: "Approval", values: ["Approved", "Pending", "Rejected"] },
    date: "Shift Date",
    count: { name: "Minutes", low: 120, high: 600 },
    price: { name: "Rate", low: 1, high: 3 },
    product: "Cost",
    lookup: {
      sheet: "Sites",
      value: "Foreman",
      values: ["Abbott", "Barlow", "Cobb", "Dorsey", "Engel"],
    },
  },
  {
    sheet: "Expenses",
    noun: "expenses",
    code: { name: "Receipt", prefix: "EX" },
    who: { name: "Payee", values: firms },
    kind: { name: "Category", values: ["Travel", "Meals", "Software", "Postage", "Repairs"] },
    status: { name: "Paid By", values: ["Card", "Cash", "Transfer"] },
    date: "Date",
    count: { name: "Pieces", low: 1, high: 30 },
    price: { name: "Price", low: 3, high: 120 },
    product: "Cost",
    lookup: {
      sheet: "Accounts",
      value: "Account",
      values: ["Account 61", "Account 62", "Account 63", "Account 64", "Account 65"],
    },
  },
];
