import { fold, remembered } from "../../../../harness/models/rule-based/kit.ts";
import { footnoteMarks } from "./cell-values.ts";
import { commonWords, type ReadQuestion, stopWords } from "./question.ts";
import { type SeenColumn, type SeenTable, tablesKept } from "./table.ts";
import { stem, words } from "./text.ts";

/** A span of the question that stands in cells of one column. */
export interface Mention extends Place {
  /** First word and the one after the last. */
  readonly from: number;
  readonly to: number;
  /** Whether the span is all that the cells say. */
  readonly whole: boolean;
  /** Cells of other columns where the span stands as well, best first. */
  readonly others: readonly Place[];
}

/** A column, and rows of it in which something named stands. */
export interface Place {
  readonly column: number;
  readonly rows: readonly number[];
}

/** A cell as the stems of its words. */
interface CellText {
  readonly row: number;
  readonly column: number;
  /** With a space before and after each stem. */
  readonly text: string;
  /** How many stems, and how many without what stands in brackets at the end. */
  readonly lengths: readonly [number, number];
}

function cellTexts(table: SeenTable, key: string): CellText[] {
  const read = () =>
    table.columns.flatMap(({ index: column, cells }) =>
      cells.flatMap((cell, row): CellText[] => {
        const plain = cell.replace(footnoteMarks, " ");
        const stems = words(fold(plain)).map(stem);
        const core = words(fold(plain.replace(/\s*\([^)]*\)\s*$/, "")));
        if (stems.length === 0 || stems.length > 60) return [];
        return [
          { row, column, text: ` ${stems.join(" ")} `, lengths: [stems.length, core.length] },
        ];
      }),
    );
  return remembered("cells", key, read, tablesKept);
}

/** A part of the question, and the cells in which it stands. */
interface Span {
  readonly from: number;
  readonly to: number;
  readonly cells: readonly CellText[];
}

/**
 * The parts of the question that name cells, longest first, none overlapping another.
 *
 * @param key of the table, for its cells.
 */
export function mentionsOf(question: ReadQuestion, table: SeenTable, key: string): Mention[] {
  const found = spansOf(question, cellTexts(table, key))
    .map((span) => ({ span, weight: weightOf(question, span) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || a.span.from - b.span.from);
  const mentions: Mention[] = [];
  for (const { span } of found) {
    if (mentions.some(({ from, to }) => span.from < to && from < span.to)) continue;
    const mention = mentionOf(span, question, table);
    if (mention) mentions.push(mention);
  }
  return mentions.sort((a, b) => a.from - b.from);
}

function spansOf({ stems }: ReadQuestion, all: readonly CellText[]): Span[] {
  const spans: Span[] = [];
  for (let from = 0; from < stems.length; from++) {
    let cells = all;
    for (let to = from + 1; to <= Math.min(stems.length, from + 14); to++) {
      const phrase = ` ${stems.slice(from, to).join(" ")} `;
      cells = cells.filter(({ text }) => text.includes(phrase));
      if (cells.length === 0) break;
      spans.push({ from, to, cells });
    }
  }
  return spans;
}

/** How much a span says; 0 where it is too little to be meant. */
function weightOf(question: ReadQuestion, { from, to, cells }: Span): number {
  const length = to - from;
  const isStop = (at: number) => stopWords.has(question.words[at] ?? "");
  let content = 0;
  for (let at = from; at < to; at++) {
    const word = question.stems[at] ?? "";
    content += isStop(at) ? 0.15 : commonWords.has(word) ? 0.5 : /^\d{1,3}$/.test(word) ? 0.7 : 1;
  }
  const whole = cells.some(({ lengths }) => lengths.includes(length));
  if (content < (whole ? (length > 1 ? 0.3 : 0.5) : 0.9)) return 0;
  if ((isStop(from) || isStop(to - 1)) && !whole) return 0;
  return content + (whole ? 0.6 : 0) + length * 0.01;
}

function mentionOf(span: Span, question: ReadQuestion, table: SeenTable): Mention | undefined {
  const { from, to } = span;
  const word = to - from === 1 ? (question.stems[from] ?? "") : "";
  const isYear = /^(?:1\d{3}|20\d{2})$/.test(word);
  const choices = table.columns.flatMap((column) => {
    const cells = span.cells.filter((cell) => cell.column === column.index);
    if (cells.length === 0) return [];
    const wholes = cells.filter(({ lengths }) => lengths.includes(to - from));
    const whole = wholes.length > 0;
    const near = headerNear(column, question, span);
    // A common word, a word of the header or a number alone seldom points at a cell.
    const isHeader = column.stems.includes(word);
    const isCommon = commonWords.has(word);
    if (whole ? isCommon && isHeader : isCommon || isHeader) return [];
    const isText = column.kind === "text" && !column.bare;
    if (/^\d+(?:\.\d+)?$/.test(word) && !isYear && !(whole && (near || isText))) return [];
    const score =
      (whole ? 2 : 0) + (near ? 1.5 : 0) + (column.kind === "text" ? 0.3 : 0) - column.index * 0.05;
    const rows = (whole && !isYear ? wholes : cells).map(({ row }) => row);
    return [{ column: column.index, rows, whole, score }];
  });
  const [best, ...others] = choices.sort((a, b) => b.score - a.score);
  return best && { from, to, ...best, others };
}

/** Whether a word of the column's header stands close to the span. */
function headerNear({ stems }: SeenColumn, question: ReadQuestion, { from, to }: Span): boolean {
  return question.stems.some(
    (word, at) =>
      ((at >= from - 3 && at < from) || (at >= to && at < to + 2)) &&
      !stopWords.has(question.words[at] ?? "") &&
      stems.includes(word),
  );
}

/** The last two things named that stand in one column. */
export function pairIn(mentions: readonly Mention[]): readonly [Place, Place] | undefined {
  for (const [second, b] of [...mentions.entries()].reverse())
    for (const a of mentions.slice(0, second).reverse())
      for (const left of [a, ...a.others])
        for (const right of [b, ...b.others])
          if (left.column === right.column) return [left, right];
  return undefined;
}
