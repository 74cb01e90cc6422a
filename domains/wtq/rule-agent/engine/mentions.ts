import { fold, remembered } from "../../../../harness/models/rule-based/kit.ts";
import { footnoteMarks } from "./cell-values.ts";
import { commonWords, type Question, stopWords } from "./question.ts";
import { type Column, type Table, tablesKept } from "./table.ts";
import { stem, words } from "./text.ts";

/** A span of the question that stands in cells of one column. */
export interface Mention {
  /** First word and the one after the last. */
  readonly from: number;
  readonly to: number;
  readonly column: number;
  readonly rows: readonly number[];
  /** Whether the span is all that the cells say. */
  readonly whole: boolean;
  /** Cells of other columns where the span stands as well, best first. */
  readonly others: readonly {
    readonly column: number;
    readonly rows: readonly number[];
    readonly whole: boolean;
  }[];
}

interface CellWords {
  readonly row: number;
  readonly column: number;
  readonly stems: readonly string[];
  /** Length without what stands in brackets at the end. */
  readonly core: number;
}

interface Index {
  readonly cells: readonly CellWords[];
  readonly postings: ReadonlyMap<string, readonly number[]>;
}

function indexOf(table: Table, key: string): Index {
  return remembered(
    "index",
    key,
    () => {
      const cells: CellWords[] = [];
      const postings = new Map<string, number[]>();
      for (const column of table.columns) {
        for (const [row, cell] of column.cells.entries()) {
          const text = cell.replace(footnoteMarks, " ");
          const found = words(fold(text)).map(stem);
          if (found.length === 0 || found.length > 60) continue;
          const core = words(fold(text.replace(/\s*\([^)]*\)\s*$/, ""))).length;
          const id = cells.push({ row, column: column.index, stems: found, core }) - 1;
          for (const word of new Set(found)) {
            const list = postings.get(word);
            if (list) list.push(id);
            else postings.set(word, [id]);
          }
        }
      }
      return { cells, postings };
    },
    tablesKept,
  );
}

interface Found {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
  readonly ids: readonly number[];
}

/**
 * The parts of the question that name cells, longest first, none overlapping another.
 *
 * @param key of the table, for its word index.
 */
export function mentionsOf(question: Question, table: Table, key: string): Mention[] {
  const index = indexOf(table, key);
  const found: Found[] = [];
  for (let from = 0; from < question.stems.length; from++)
    found.push(...spansAt(question, index, from));
  found.sort((a, b) => b.weight - a.weight || a.from - b.from);
  const taken = new Set<number>();
  const mentions: Mention[] = [];
  for (const span of found) {
    let free = true;
    for (let at = span.from; at < span.to; at++) if (taken.has(at)) free = false;
    if (!free) continue;
    const mention = mentionOf(span, question, table, index);
    if (!mention) continue;
    for (let at = span.from; at < span.to; at++) taken.add(at);
    mentions.push(mention);
  }
  return mentions.sort((a, b) => a.from - b.from);
}

function spansAt(question: Question, index: Index, from: number): Found[] {
  const first = question.stems[from] ?? "";
  let alive = (index.postings.get(first) ?? []).map((id) => ({
    id,
    starts: startsOf(index.cells[id], first),
  }));
  const spans: Found[] = [];
  for (
    let to = from + 1;
    alive.length > 0 && to <= question.stems.length && to - from <= 14;
    to++
  ) {
    spans.push({ from, to, weight: 0, ids: alive.map((entry) => entry.id) });
    const next = question.stems[to];
    if (next === undefined) break;
    const offset = to - from;
    alive = alive
      .map((entry) => ({
        id: entry.id,
        starts: entry.starts.filter(
          (start) => index.cells[entry.id]?.stems[start + offset] === next,
        ),
      }))
      .filter((entry) => entry.starts.length > 0);
  }
  return spans
    .map((span) => ({ ...span, weight: weightOf(question, span, index) }))
    .filter((span) => span.weight > 0);
}

function startsOf(cell: CellWords | undefined, word: string): number[] {
  const starts: number[] = [];
  for (const [at, other] of (cell?.stems ?? []).entries()) if (other === word) starts.push(at);
  return starts;
}

function isWhole(cell: CellWords | undefined, length: number): boolean {
  return cell !== undefined && (cell.stems.length === length || cell.core === length);
}

function weightOf(
  question: Question,
  span: { from: number; to: number; ids: readonly number[] },
  index: Index,
): number {
  const length = span.to - span.from;
  let content = 0;
  for (let at = span.from; at < span.to; at++) {
    const word = question.stems[at] ?? "";
    const plain = stopWords.has(question.words[at] ?? "")
      ? 0.15
      : commonWords.has(word)
        ? 0.5
        : /^\d{1,3}$/.test(word)
          ? 0.7
          : 1;
    content += plain;
  }
  const whole = span.ids.some((id) => isWhole(index.cells[id], length));
  if (content < 0.9 && !(whole && content >= 0.3 && length > 1) && !(whole && content >= 0.5))
    return 0;
  const edge =
    stopWords.has(question.words[span.from] ?? "") ||
    stopWords.has(question.words[span.to - 1] ?? "");
  if (edge && !whole) return 0;
  return content + (whole ? 0.6 : 0) + length * 0.01;
}

function mentionOf(
  span: Found,
  question: Question,
  table: Table,
  index: Index,
): Mention | undefined {
  const length = span.to - span.from;
  const byColumn = new Map<number, { rows: number[]; wholeRows: number[] }>();
  for (const id of span.ids) {
    const cell = index.cells[id];
    if (!cell) continue;
    const entry = byColumn.get(cell.column) ?? { rows: [], wholeRows: [] };
    entry.rows.push(cell.row);
    if (isWhole(cell, length)) entry.wholeRows.push(cell.row);
    byColumn.set(cell.column, entry);
  }
  const word = question.stems[span.from] ?? "";
  const lone = length === 1;
  const year = lone && /^(?:1\d{3}|20\d{2})$/.test(word);
  const choices = [...byColumn].flatMap(([at, { rows, wholeRows }]) => {
    const column = table.columns[at];
    if (!column) return [];
    const whole = wholeRows.length > 0;
    const near = headerNear(column, question, span);
    if (lone && !whole && (commonWords.has(word) || column.stems.includes(word))) return [];
    if (lone && commonWords.has(word) && column.stems.includes(word)) return [];
    if (lone && /^\d+(?:\.\d+)?$/.test(word) && !year && !(whole && near)) {
      if (!(whole && column.kind === "text" && !column.bare)) return [];
    }
    let score = (whole ? 2 : 0) + (near ? 1.5 : 0) - at * 0.05;
    if (column.kind === "text") score += 0.3;
    return [{ column: at, rows: whole && !year ? wholeRows : rows, whole, score }];
  });
  choices.sort((a, b) => b.score - a.score);
  const [best, ...others] = choices;
  return (
    best && {
      from: span.from,
      to: span.to,
      column: best.column,
      rows: best.rows,
      whole: best.whole,
      others,
    }
  );
}

/** Whether a word of the column's header stands close to the span. */
function headerNear(
  column: Column,
  question: Question,
  span: { from: number; to: number },
): boolean {
  for (
    let at = Math.max(0, span.from - 3);
    at < Math.min(question.stems.length, span.to + 2);
    at++
  ) {
    if (at >= span.from && at < span.to) continue;
    const word = question.stems[at] ?? "";
    if (!stopWords.has(question.words[at] ?? "") && column.stems.includes(word)) return true;
  }
  return false;
}

/** A column, and rows of it in which something named stands. */
export type Place = Pick<Mention, "column" | "rows">;

/** The last two things named that stand in one column. */
export function pairIn(mentions: readonly Mention[]): readonly [Place, Place] | undefined {
  for (const [second, b] of [...mentions.entries()].reverse())
    for (const a of mentions.slice(0, second).reverse())
      for (const left of [a, ...a.others])
        for (const right of [b, ...b.others])
          if (left.column === right.column) return [left, right];
  return undefined;
}
