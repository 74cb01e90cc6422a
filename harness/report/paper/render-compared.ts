import { unreachable } from "../../errors.ts";
import { csvLines } from "../csv.ts";
import type { Format } from "../render.ts";
import { renderText } from "../text-table.ts";
import type { Compared, ComparedCell, ComparedRow, PaperComparison } from "./compare.ts";
import { comparedTable } from "./compared-grid.ts";

/** Renders a comparison with the paper; the text ends in a line end. */
export function renderCompared(comparison: PaperComparison, format: Format): string {
  switch (format) {
    case "terminal":
    case "md":
    case "tex":
      return renderText((naming) => comparedTable(comparison, naming), format);
    case "csv":
      return csvLines(
        columns.map(([header]) => header),
        lines(comparison),
      );
    case "json":
      return `${JSON.stringify(asData(comparison), null, 2)}\n`;
    default:
      return unreachable(format);
  }
}

/** Without the paper's own table, which another command prints. */
function asData({ paper, ...rest }: PaperComparison) {
  return { ...rest, paper: { source: paper.source, table: paper.table }, rows: rest.rows };
}

type Value = string | number | boolean | null;

/** A line of the CSV: a cell, or a row's average. */
interface Line extends Compared {
  readonly row: ComparedRow;
  readonly cell: ComparedCell | null;
}

const columns: readonly (readonly [header: string, value: (line: Line) => Value])[] = [
  ["condition", ({ row }) => row.condition],
  ["study", ({ row }) => row.study],
  ["mode", ({ row }) => row.mode],
  ["author", ({ row }) => row.author],
  ["against", ({ row }) => row.against],
  ["user", ({ cell }) => cell?.user ?? null],
  ["column", ({ cell }) => cell?.column ?? "avg"],
  ["metric", ({ cell }) => cell?.metric ?? null],
  ["episodes", ({ cell }) => cell?.episodes ?? null],
  ["ours", ({ ours }) => ours],
  ["oursLow", ({ oursCi95 }) => oursCi95?.[0] ?? null],
  ["oursHigh", ({ oursCi95 }) => oursCi95?.[1] ?? null],
  ["absent", ({ absent }) => absent],
  ["paper", ({ paper }) => paper],
  ["paperLow", ({ paperCi95 }) => paperCi95[0]],
  ["paperHigh", ({ paperCi95 }) => paperCi95[1]],
  ["difference", ({ difference }) => difference],
  ["differenceLow", ({ differenceCi95 }) => differenceCi95?.[0] ?? null],
  ["differenceHigh", ({ differenceCi95 }) => differenceCi95?.[1] ?? null],
  ["compatible", ({ compatible }) => compatible],
];

function lines({ rows }: PaperComparison): Value[][] {
  return rows
    .flatMap((row): Line[] => [
      ...row.cells.map((cell) => ({ ...cell, row, cell })),
      ...(row.avg === null ? [] : [{ ...row.avg, row, cell: null }]),
    ])
    .map((line) => columns.map(([, value]) => value(line)));
}
