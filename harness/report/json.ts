import type { Table } from "./table.ts";

/** The table as indented JSON, ending in a line end: `{study, data, ..., rows: [...]}`. */
export function renderJson(table: Table): string {
  return `${JSON.stringify(table, null, 2)}\n`;
}
