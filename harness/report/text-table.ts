import CliTable from "cli-table3";
import { unreachable } from "../errors.ts";

/** A table of texts with what stands above and below it. */
export interface TextTable {
  readonly title: string;
  /** Such as the models behind the names, one a line. */
  readonly above: readonly string[];
  /** So many of the first columns name a line, and stand again wherever the others are broken. */
  readonly names: number;
  /** A text of several lines is broken only where there is little room. */
  readonly head: readonly (readonly string[])[];
  /** Line by line its cells, each of which is some lines of text; an empty one keeps its place in LaTeX only. */
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
  const paragraphs = (texts: readonly string[]) => texts.map(wrapped).join("\n");
  const rows = [head, ...lines].map((line) => line.map((texts) => texts.filter(Boolean)));
  const isFlat = rows.slice(1).every((line) => line.every((texts) => texts.length < 2));
  const drawn = blocksOf(rows, names).map((columns) => {
    const [top = [], ...below] = rows.map((line) =>
      columns.map((column) => (line[column] ?? []).join("\n")),
    );
    const table = new CliTable({ head: top, style: { head: [], border: [], compact: isFlat } });
    table.push(...below);
    return table.toString();
  });
  const parts = [paragraphs([title, ...above]), ...drawn, paragraphs(notes)];
  return `${parts.filter(Boolean).join("\n\n")}\n`;
}

/** Columns that fit side by side, in order, each time after those of the names. */
function blocksOf(rows: TextTable["lines"], names: number): number[][] {
  // A column has a space on both sides of its text and a border to its left.
  const widths = (rows[0] ?? []).map(
    (_, column) =>
      3 + Math.max(...rows.flatMap((line) => (line[column] ?? []).map(({ length }) => length))),
  );
  const named = widths.slice(0, names);
  const blocks: number[][] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const [column, needed] of widths.entries()) {
    if (column < names) continue;
    if (used + needed > width) {
      blocks.push([...named.keys()]);
      used = named.reduce((sum, each) => sum + each, 1);
    }
    blocks.at(-1)?.push(column);
    used += needed;
  }
  return blocks;
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
    ...lines.map((cells) =>
      row(cells.map((texts) => starSafe(texts.filter(Boolean).join("<br>")))),
    ),
    "",
    ...notes.map((text) => `- ${starSafe(text)}`),
  ].join("\n")}\n`;
}

/** Needs the package booktabs; the texts of a cell are lines of the tabular, one below the other. */
function latex({ title, above, head, lines, notes }: TextTable): string {
  const row = (texts: readonly string[]) => `${texts.map(inLatex).join(" & ")} \\\\`;
  const rows = lines.flatMap((cells) =>
    Array.from({ length: Math.max(...cells.map((texts) => texts.length)) }, (_, i) =>
      cells.map((texts) => texts[i] ?? ""),
    )
      .filter((texts) => texts.some(Boolean))
      .map(row),
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

/**
 * Text from configs and data as one harmless line: control characters (escape sequences among
 * them), line ends and invisible format characters (such as those that reverse the direction of
 * reading) are dropped, since a terminal or a reader would obey them.
 */
export function plainText(text: string): string {
  return text.replace(/[\t\r\n]+/g, " ").replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "");
}

/** Both ends of a long name, since names often differ in their last part. */
function shortName(text: string): string {
  const nameMax = 28;
  const letters = [...plainText(text)];
  if (letters.length <= nameMax) return letters.join("");
  const end = Math.floor((nameMax - 1) / 2);
  return `${letters.slice(0, nameMax - 1 - end).join("")}…${letters.slice(-end).join("")}`;
}

/** Breaks a line at spaces; later lines are indented. */
function wrapped(text: string): string {
  const [first = "", ...words] = text.split(" ");
  const lines = [first];
  for (const word of words) {
    const line = lines.pop() ?? "";
    if (line.length + 1 + word.length > width) lines.push(line, `  ${word}`);
    else lines.push(`${line} ${word}`);
  }
  return lines.join("\n");
}

/** Text that Markdown shows as it stands, in a table cell too. */
function inMarkdown(text: string): string {
  return plainText(text)
    .replace(/[\\`*_~[\]#!|$]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

/** Our mark for "better" is a star, which Markdown would take for emphasis. */
function starSafe(text: string): string {
  return text.replace(/(?<!\\)\*/g, "\\*");
}

const latexCommands: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
};

/** Text that LaTeX shows as it stands. */
function inLatex(text: string): string {
  return (
    text
      .replace(/[\\~^<>{}$&#_%]/g, (letter) => latexCommands[letter] ?? `\\${letter}`)
      // After the line end of a tabular a bracket would open its optional argument.
      .replace(/^\s*\[/, "{[}")
      .replace(/(^|[ [])-(?=\d)/g, "$1$$-$$")
  );
}
