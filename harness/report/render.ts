import type { Format } from "./formats.ts";
import { type Naming, renderText, type TextTable } from "./text-table.ts";

/** What one table is in every format. */
export interface Printout {
  /** For people: on a terminal, as Markdown and as LaTeX. */
  text(naming: Naming): TextTable;
  csv(): string;
  /** What the JSON holds. */
  readonly data: unknown;
}

/** Renders a table; the text ends in a line end. */
export function render({ text, csv, data }: Printout, format: Format): string {
  if (format === "csv") return csv();
  if (format === "json") return `${JSON.stringify(data, null, 2)}\n`;
  return renderText(text, format);
}
