import { unreachable } from "../../errors.ts";
import { csvLines } from "../csv.ts";
import type { Format } from "../render.ts";
import { renderText } from "../text-table.ts";
import type { PaperTable } from "./figures.ts";
import { printedRows, printedTable } from "./printed.ts";

/** Renders a table of the paper as it stands there; the text ends in a line end. */
export function renderPrinted(table: PaperTable, format: Format): string {
  switch (format) {
    case "terminal":
    case "md":
    case "tex":
      return renderText((naming) => printedTable(table, naming), format);
    case "csv":
      return csv(table);
    case "json":
      return `${JSON.stringify(printedRows(table), null, 2)}\n`;
    default:
      return unreachable(format);
  }
}

function csv(table: PaperTable): string {
  const cells = table.users.flatMap(({ name: user }) =>
    table.columns.map(({ id }) => ({ user, id })),
  );
  return csvLines(
    [
      ...["condition", "author", "mode", "against"],
      ...cells.map(({ user, id }) => `${user} ${id}`),
      ...["minutes", "avg", "recomputedAvg"],
    ],
    printedRows(table).rows.map((row) => [
      ...[row.condition, row.author, row.mode, row.against],
      ...cells.map(({ user, id }) => row.cells[user]?.[id] ?? null),
      ...[row.minutes, row.avg, row.recomputedAvg],
    ]),
  );
}
