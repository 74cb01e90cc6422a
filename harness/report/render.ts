import { unreachable } from "../errors.ts";
import type { Table } from "./table.ts";

/** Every format a table can be had in. */
export const formats = ["terminal", "md", "csv", "tex", "json"] as const;
export type Format = (typeof formats)[number];

/** Renders a table; only the chosen renderer is loaded. */
export async function render(table: Table, format: Format): Promise<string> {
  switch (format) {
    case "terminal":
      return (await import("./terminal.ts")).renderTerminal(table);
    case "md":
      return (await import("./markdown.ts")).renderMarkdown(table);
    case "csv":
      return (await import("./csv.ts")).renderCsv(table);
    case "tex":
      return (await import("./latex.ts")).renderLatex(table);
    case "json":
      return (await import("./json.ts")).renderJson(table);
    default:
      return unreachable(format);
  }
}
