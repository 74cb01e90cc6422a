import { fold, remembered } from "../../../../harness/models/rule-based/kit.ts";
import { parseCsv } from "../../../shared/csv.ts";
import { bareNumber, dateIn, isBlank, looseNumber } from "./cell-values.ts";
import { stem, words } from "./text.ts";

/** What most cells of a column hold. */
export type Kind = "number" | "date" | "year" | "rank" | "text";

export interface SeenColumn {
  readonly index: number;
  readonly header: string;
  /** Stems of the header's words. */
  readonly stems: readonly string[];
  readonly kind: Kind;
  /** Whether every cell with something in it is written as digits alone. */
  readonly bare: boolean;
  readonly cells: readonly string[];
  /** How many different texts the cells hold. */
  readonly distinct: number;
}

export interface SeenTable {
  readonly columns: readonly SeenColumn[];
  readonly rowCount: number;
}

/** Parsed tables and their indexes are big; few of them are in use at a time. */
export const tablesKept = 100;

/** The first record is the header. Short records are filled with empty cells. */
export function readTable(csv: string): SeenTable {
  return remembered("table", csv, () => tableOf(parseCsv(csv)), tablesKept);
}

function tableOf(records: readonly (readonly string[])[]): SeenTable {
  const [header = [], ...rows] = records;
  const columns = header.map((name, index) =>
    columnOf(
      name,
      index,
      rows.map((row) => tidy(row[index] ?? "")),
    ),
  );
  return { columns, rowCount: rows.length };
}

function tidy(cell: string): string {
  return cell.replace(/[ \t\r\n]+/g, " ").replace(/^ | $/g, "");
}

function columnOf(name: string, index: number, cells: readonly string[]): SeenColumn {
  const header = tidy(name);
  const headerStems = words(fold(header)).map(stem);
  return {
    index,
    header,
    stems: headerStems,
    kind: kindOf(headerStems, cells),
    bare: cells.every((cell) => isBlank(cell) || bareNumber(cell) !== undefined),
    cells,
    distinct: new Set(cells.map(fold)).size,
  };
}

function kindOf(header: readonly string[], cells: readonly string[]): Kind {
  const full = cells.filter((cell) => !isBlank(cell));
  if (full.length === 0) return "text";
  const share = (test: (cell: string) => boolean) => full.filter(test).length / full.length;
  if (share(isDated) > 0.6) return "date";
  if (share((cell) => /^(1\d{3}|20\d{2})([-–/]\d{2,4})?\b/.test(cell) && cell.length < 16) > 0.7)
    return "year";
  if (
    header.some((word) =>
      /^(?:rank|place|pos|position|finish|placing|standing|no|#)$/.test(word),
    ) &&
    share((cell) => /^\W*[a-z]{0,2}-?\d+(?:st|nd|rd|th)?\b/i.test(cell)) > 0.5
  )
    return "rank";
  if (isRunning(full)) return "rank";
  if (share((cell) => looseNumber(cell) !== undefined) > 0.6) return "number";
  return "text";
}

/** Whether cells count up one by one, as running numbers do. */
function isRunning(cells: readonly string[]): boolean {
  if (cells.length < 4) return false;
  const values = cells.map((cell) => bareNumber(cell));
  const steps = values.filter(
    (value, at) => at > 0 && value !== undefined && value === (values[at - 1] ?? Number.NaN) + 1,
  );
  return steps.length >= (cells.length - 1) * 0.9;
}

function isDated(cell: string): boolean {
  if (cell.length > 40) return false;
  const date = dateIn(cell);
  return date !== undefined && date.month > 0;
}
