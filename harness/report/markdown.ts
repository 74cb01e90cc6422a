import { footer, gridOf, heading, legend, plainText } from "./grid.ts";
import type { Table } from "./table.ts";

/** The table as GitHub-flavoured Markdown, ending in a line end. */
export function renderMarkdown(table: Table): string {
  const grid = gridOf(table, escapeMarkdown);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const models = legend(table, escapeMarkdown).map((text) => `- ${text}`);
  return `${[
    `**${heading(table, escapeMarkdown)}**`,
    "",
    ...models,
    ...(models.length > 0 ? [""] : []),
    line(["condition", "author", ...grid.columns]),
    line(["---", "---", ...grid.columns.map(() => "---")]),
    ...grid.lines.map(({ condition, author, cells }) =>
      line([
        condition,
        author,
        ...cells.map((cell) =>
          cell === undefined
            ? "not run"
            : [cell.mean, starSafe(cell.delta), cell.counts].filter(Boolean).join("<br>"),
        ),
      ]),
    ),
    "",
    ...footer(table).map((text) => `- ${starSafe(text)}`),
  ].join("\n")}\n`;
}

/** Our mark for "better" is a star, which Markdown would take for emphasis. */
export function starSafe(text: string): string {
  return text.replace(/(?<!\\)\*/g, "\\*");
}

/** Text that Markdown shows as it stands, in a table cell too. */
export function escapeMarkdown(text: string): string {
  return plainText(text)
    .replace(/[\\`*_~[\]#!|$]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
