import CliTable from "cli-table3";
import { unreachable } from "../errors.ts";
import { plainText } from "./grid.ts";
import { escapeLatex as inLatex } from "./latex.ts";
import { escapeMarkdown as inMarkdown, starSafe } from "./markdown.ts";
import { shortName, wrapped } from "./terminal.ts";

/** A table of texts with what stands above and below it. */
export interface TextTable {
  readonly title: string;
  /** Such as the models behind the names, one a line. */
  readonly above: readonly string[];
  /** So many of the first columns name a line, and stand again wherever the others are broken. */
  readonly names: number;
  /** A text of several lines is broken only where there is little room. */
  readonly head: readonly (readonly string[])[];
  /** Line by line its cells, each of which is some lines of text. */
  readonly lines: readonly (readonly (readonly string[])[])[];
  /** How to read it, one paragraph an entry. */
  readonly notes: readonly string[];
}

/** Makes names from configs and data safe for a format; all else in a text table is ours. */
export interface Naming {
  /** In a cell, where a long name may be shortened. */
  cell(text: string): string;
  /** Above and below the table. */
  caption(text: string): string;
}

/** Forms of a text table. */
export type TextFormat = "terminal" | "md" | "tex";

/** Renders a text table; the text ends in a line end. */
export function renderText(make: (naming: Naming) => TextTable, format: TextFormat): string {
  switch (format) {
    case "terminal":
      return terminal(make({ cell: shortName, caption: plainText }));
    case "md":
      return markdown(make({ cell: inMarkdown, caption: inMarkdown }));
    case "tex":
      return latex(make({ cell: plainText, caption: plainText }));
    default:
      return unreachable(format);
  }
}

const width = 120;

/** Columns that do not fit side by side go into further tables below, each with the names again. */
function terminal({ title, above, names, head, lines, notes }: TextTable): string {
  const paragraphs = (texts: readonly string[]) =>
    texts.map((text) => wrapped(text, width)).join("\n");
  // A column has a space on both sides of its text and a border to its left.
  const frame = 3;
  const widthOf = (column: number) =>
    frame +
    Math.max(
      ...[head, ...lines].flatMap((line) => (line[column] ?? []).map(({ length }) => length)),
    );
  const named = head.slice(0, names).map((_, column) => column);
  const blocks: number[][] = [];
  let used = Number.POSITIVE_INFINITY;
  for (let column = names; column < head.length; column++) {
    const needed = widthOf(column);
    if (used + needed > width) {
      blocks.push([...named]);
      used = named.reduce((sum, each) => sum + widthOf(each), 1);
    }
    blocks.at(-1)?.push(column);
    used += needed;
  }
  const drawn = blocks.map((columns) => {
    const drawnLine = (line: TextTable["lines"][number]) =>
      columns.map((column) => (line[column] ?? []).join("\n"));
    const isFlat = lines.every((line) => line.every((texts) => texts.length < 2));
    const table = new CliTable({
      head: drawnLine(head),
      style: { head: [], border: [], compact: isFlat },
    });
    for (const line of lines) table.push(drawnLine(line));
    return table.toString();
  });
  const parts = [paragraphs([title, ...above]), ...drawn, paragraphs(notes)];
  return `${parts.filter(Boolean).join("\n\n")}\n`;
}

function markdown({ title, above, head, lines, notes }: TextTable): string {
  const heads = head.map((texts) => texts.join(" "));
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return `${[
    `**${title}**`,
    "",
    ...above.map((text) => `- ${text}`),
    ...(above.length > 0 ? [""] : []),
    row(heads),
    row(heads.map(() => "---")),
    ...lines.map((cells) => row(cells.map((texts) => starSafe(texts.join("<br>"))))),
    "",
    ...notes.map((text) => `- ${starSafe(text)}`),
  ].join("\n")}\n`;
}

/** Needs the package booktabs; the texts of a cell are lines of the tabular, one below the other. */
function latex({ title, above, head, lines, notes }: TextTable): string {
  const row = (texts: readonly string[]) => `${texts.map(inLatex).join(" & ")} \\\\`;
  const rows = lines.flatMap((cells) =>
    Array.from({ length: Math.max(...cells.map((texts) => texts.length)) }, (_, i) =>
      row(cells.map((texts) => texts[i] ?? "")),
    ),
  );
  return `${[
    "\\begin{table}",
    "\\centering",
    `\\caption{${inLatex(title)}}`,
    `\\begin{tabular}{${"l".repeat(head.length)}}`,
    "\\toprule",
    row(head.map((texts) => texts.join(" "))),
    "\\midrule",
    ...rows,
    "\\bottomrule",
    "\\end{tabular}",
    ...[...above, ...notes].map((note) => `\\par\\smallskip{\\footnotesize ${inLatex(note)}}`),
    "\\end{table}",
  ].join("\n")}\n`;
}
