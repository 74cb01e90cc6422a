import { footer, type GridLine, gridOf, heading, legend, plainText } from "./grid.ts";
import type { Table } from "./table.ts";

/**
 * The table as a LaTeX float, ending in a line end; needs the package booktabs and nothing else.
 *
 * A cell's texts are lines of the tabular, one below the other.
 */
export function renderLatex(table: Table): string {
  const grid = gridOf(table, plainText);
  const notes = [...legend(table, plainText), ...footer(table)];
  return `${[
    "\\begin{table}",
    "\\centering",
    `\\caption{${escapeLatex(heading(table, plainText))}}`,
    `\\begin{tabular}{ll${"l".repeat(grid.columns.length)}}`,
    "\\toprule",
    tabularLine(["condition", "author", ...grid.columns]),
    "\\midrule",
    ...grid.lines.flatMap(tabularLines),
    "\\bottomrule",
    "\\end{tabular}",
    ...notes.map((note) => `\\par\\smallskip{\\footnotesize ${escapeLatex(note)}}`),
    "\\end{table}",
  ].join("\n")}\n`;
}

function tabularLines({ condition, author, cells }: GridLine): string[] {
  const below = (text: "delta" | "counts") => ["", "", ...cells.map((cell) => cell?.[text] ?? "")];
  return [
    [condition, author, ...cells.map((cell) => cell?.mean ?? "not run")],
    below("delta"),
    below("counts"),
  ]
    .filter((texts) => texts.some((text) => text !== ""))
    .map(tabularLine);
}

function tabularLine(texts: readonly string[]): string {
  return `${texts.map(escapeLatex).join(" & ")} \\\\`;
}

const commands: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
};

/** Text that LaTeX shows as it stands. */
export function escapeLatex(text: string): string {
  return (
    text
      .replace(/[\\~^<>{}$&#_%]/g, (letter) => commands[letter] ?? `\\${letter}`)
      // After the line end of a tabular a bracket would open its optional argument.
      .replace(/^\s*\[/, "{[}")
      .replace(/(^|[ [])-(?=\d)/g, "$1$$-$$")
  );
}
