import { unreachable } from "../../errors.ts";
import { csvLines } from "../csv.ts";
import type { Format } from "../render.ts";
import { renderText } from "../text-table.ts";
import type { Transfer, TransferRow } from "./transfer.ts";
import { transferTable } from "./transfer-grid.ts";

/** Renders a transfer matrix; the text ends in a line end. */
export function renderTransfer(transfer: Transfer, format: Format): string {
  switch (format) {
    case "terminal":
    case "md":
    case "tex":
      return renderText((naming) => transferTable(transfer, naming), format);
    case "csv":
      return csvLines(
        columns.map(([header]) => header),
        transfer.rows.map((row) => columns.map(([, value]) => value(row))),
      );
    case "json":
      return `${JSON.stringify(transfer, null, 2)}\n`;
    default:
      return unreachable(format);
  }
}

const columns: readonly (readonly [
  header: string,
  value: (row: TransferRow) => string | number | boolean | null,
])[] = [
  ["study", (row) => row.study],
  ["domain", (row) => row.domain],
  ["from", (row) => row.from],
  ["split", (row) => row.split],
  ["metric", (row) => row.metric],
  ["condition", (row) => row.condition],
  ["mode", (row) => row.mode],
  ["author", (row) => row.author],
  ["user", (row) => row.user],
  ["own", (row) => row.own],
  ["mean", (row) => row.mean],
  ["without", (row) => row.without],
  ["delta", (row) => row.delta],
  ["deltaLow", (row) => row.ci95?.[0] ?? null],
  ["deltaHigh", (row) => row.ci95?.[1] ?? null],
  ["pairs", (row) => row.pairs],
  ["absent", (row) => row.absent],
  ["verdict", (row) => row.verdict],
];
