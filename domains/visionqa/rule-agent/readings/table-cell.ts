import { mentions, plainWords } from "../likeness.ts";
import { type Cell, type Line, textOf } from "../page-text.ts";
import { asks, type Found, type Reading, type Thought } from "../thought.ts";
import { synonymsOf } from "./synonyms.ts";

/** The cell of a table where the named row and the named column meet, or the last number of a named row. */
export const tableCell: Reading = (thought) => {
  const row = rowNamed(thought);
  if (row === undefined) return undefined;
  const values = row.cells.slice(1).filter(({ text }) => /\d/.test(text));
  if (values.length === 0) return undefined;
  const found = (cell: Cell | undefined): Found | undefined =>
    cell && { text: cell.text, line: textOf(row) };
  const column = columnNamed(thought, row);
  if (column !== undefined && values.length > 1)
    return found(thought.on("row-and-column") ? nearest(values, column) : values[0]);
  const isPrice = asks(thought, /^(?:price|much|many|cost|quantity|amount)$/);
  return column !== undefined || isPrice ? found(values.at(-1)) : undefined;
};

/** The line whose first cell the question names, the longest name of several. */
function rowNamed({ page, question }: Thought): Line | undefined {
  let best: Line | undefined;
  let length = 0;
  for (const line of page) {
    const name = plainWords(line.cells[0]?.text ?? "");
    const size = name.join(" ").length;
    if (line.cells.length > 1 && size > Math.max(2, length) && mentions(question, name))
      [best, length] = [line, size];
  }
  return best;
}

/** The heading above a row that the question names, the longest of several. */
function columnNamed({ page, question, on }: Thought, row: Line): Cell | undefined {
  const headings = page
    .slice(0, row.number)
    .filter(({ cells }) => cells.length > 2)
    .flatMap(({ cells }) => cells);
  const named = headings.filter(({ text }) => mentions(question, plainWords(text)));
  const longest = [...named].sort((a, b) => b.text.length - a.text.length)[0];
  if (longest !== undefined) return longest;
  const short = headings.find(({ text }) =>
    question.some((word) => synonymsOf(word).includes(plainWords(text).join(" "))),
  );
  return short !== undefined && on("caption-words") ? short : undefined;
}

function nearest(cells: readonly Cell[], column: Cell): Cell | undefined {
  const distance = ({ start, end }: Cell) =>
    Math.min(Math.abs(end - column.end), Math.abs(start - column.start));
  return [...cells].sort((a, b) => distance(a) - distance(b))[0];
}
