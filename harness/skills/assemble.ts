import { groupedBy } from "../grouped-by.ts";
import type { Placement } from "./placement.ts";
import { lineAt, lineStart, type Outline } from "./section.ts";

/** A line of a result, without its line end, and the edits that wrote or changed it. */
export interface TaggedLine {
  readonly text: string;
  readonly edits: readonly string[];
}

/** Lines that stay together; where two chunks meet, blank lines are put right. */
interface Chunk {
  readonly lines: readonly TaggedLine[];
  /** The edit that brought it; the parent's lines have none. */
  readonly edit?: string;
  /** Meets the chunk before it as it is. */
  readonly verbatim?: boolean;
}

/**
 * Applies the placements of one file at once, so that their order does not matter.
 *
 * @param blocks true for Markdown, where blocks are kept one blank line apart; a script's lines are not.
 */
export function assembleFile(
  outline: Outline,
  placements: readonly Placement[],
  blocks: boolean,
): readonly TaggedLine[] {
  return joined(chunksOf(outline, placements), blocks, outline.text.includes("\r\n"));
}

/** The text of lines: each ends with a line end, and an empty file has none. */
export function textOfLines(lines: readonly TaggedLine[]): string {
  return lines.map(({ text }) => `${text}\n`).join("");
}

function chunksOf(outline: Outline, placements: readonly Placement[]): readonly Chunk[] {
  const cells = changedLines(outline, placements);
  const inserts = placements.filter((placement) => placement.kind === "insert");
  const replaced = placements.filter((placement) => placement.kind === "lines");
  const ranges = new Map(replaced.map((placement) => [placement.from, placement]));
  const insertsAt = groupedBy(inserts, ({ at }) => at);
  const chunks: Chunk[] = [];
  let current: TaggedLine[] = [];
  let verbatim = false;
  const close = (): void => {
    if (current.length > 0) chunks.push({ lines: current, verbatim });
    current = [];
    verbatim = false;
  };
  for (let line = 0; line <= outline.lineCount; ) {
    const here = insertsAt.get(line);
    if (here !== undefined) {
      close();
      chunks.push(...insertedChunks(here));
    }
    const range = ranges.get(line);
    if (range !== undefined) {
      close();
      const edit = range.edit.id;
      const lines = range.content.map((text) => ({ text, edits: [edit] }));
      chunks.push({ lines, edit, verbatim: range.verbatim });
      verbatim = range.verbatim;
      line = range.to;
      continue;
    }
    current.push(...(cells[line] ?? []));
    line++;
  }
  close();
  return chunks;
}

type Insert = Extract<Placement, { kind: "insert" }>;

/** Inserts of one place in their order; edits that add the same section share one heading. */
function insertedChunks(inserts: readonly Insert[]): readonly Chunk[] {
  const groupOf = (insert: Insert): number =>
    insert.heading === undefined
      ? inserts.indexOf(insert)
      : inserts.findIndex(({ heading }) => heading === insert.heading);
  const ordered = [...inserts].sort((a, b) => a.rank - b.rank || groupOf(a) - groupOf(b));
  const chunks: Chunk[] = [];
  const headed = new Set<string>();
  for (const { edit, heading, content } of ordered) {
    const tagged = (text: string): TaggedLine => ({ text, edits: [edit.id] });
    if (heading !== undefined && !headed.has(heading)) {
      headed.add(heading);
      chunks.push({ lines: [tagged(heading)], edit: edit.id });
    }
    chunks.push({ lines: content.map(tagged), edit: edit.id });
  }
  return chunks;
}

/** The parent's lines after replacements within lines: by parent line, what became of it. */
function changedLines(outline: Outline, placements: readonly Placement[]): TaggedLine[][] {
  const { text, lineCount } = outline;
  const lineEnd = (line: number): number => {
    const next = lineStart(outline, line + 1);
    return text[next - 1] === "\n" ? next - 1 : next;
  };
  const cells: TaggedLine[][] = [];
  for (let line = 0; line < lineCount; line++)
    cells.push([{ text: text.slice(lineStart(outline, line), lineEnd(line)), edits: [] }]);

  const splices = placements
    .filter((placement) => placement.kind === "text")
    .sort((a, b) => a.start - b.start);
  for (let i = 0; i < splices.length; ) {
    const first = lineAt(outline, splices[i]?.start ?? 0);
    let last = first;
    const writer = new LineWriter();
    let position = lineStart(outline, first);
    for (let splice = splices[i]; splice !== undefined; splice = splices[++i]) {
      if (lineAt(outline, splice.start) > last) break;
      writer.write(text.slice(position, splice.start));
      writer.write(splice.content, splice.edit.id);
      position = splice.end;
      last = Math.max(last, lineAt(outline, splice.end - 1));
    }
    writer.write(text.slice(position, lineEnd(last)));
    cells.splice(first, last - first + 1, writer.lines(), ...emptyCells(last - first));
  }
  return cells;
}

function emptyCells(count: number): TaggedLine[][] {
  return Array.from({ length: count }, () => []);
}

/** Collects text into lines and remembers which edits had a part in each. */
class LineWriter {
  readonly #done: TaggedLine[] = [];
  #text = "";
  #edits = new Set<string>();

  /** @param edit who writes; the parent's text has none. A removal writes "" and still touches its line. */
  write(text: string, edit?: string): void {
    text.split("\n").forEach((part, i) => {
      if (i > 0) this.#end();
      if (edit !== undefined) this.#edits.add(edit);
      this.#text += part;
    });
  }

  lines(): TaggedLine[] {
    this.#end();
    return this.#done;
  }

  #end(): void {
    this.#done.push({ text: this.#text, edits: [...this.#edits] });
    this.#text = "";
    this.#edits = new Set();
  }
}

function joined(
  chunks: readonly Chunk[],
  blocks: boolean,
  carriageReturns: boolean,
): readonly TaggedLine[] {
  const out: TaggedLine[] = [];
  const end = carriageReturns ? "\r" : "";
  const cutTail = (): boolean => {
    const before = out.length;
    while (out.length > 0 && isBlank(out.at(-1))) out.pop();
    return out.length < before;
  };
  let blankBefore = false;
  let previousEdit: string | undefined;
  chunks.forEach((chunk, i) => {
    const brought = chunk.edit === undefined ? chunk.lines : withEnds(chunk.lines, end);
    if (!blocks || chunk.verbatim || i === 0) {
      out.push(...brought);
    } else {
      blankBefore = cutTail() || blankBefore;
      const first = brought.findIndex((line) => !isBlank(line));
      blankBefore = blankBefore || first > 0 || (first === -1 && brought.length > 0);
      if (first !== -1) {
        const lines = brought.slice(first);
        const seam = chunk.edit ?? previousEdit;
        const parents = chunk.edit === undefined && previousEdit === undefined;
        const gap = parents ? blankBefore : !continues(out, lines);
        // A blank line that was there already is not the edit's.
        const edits = seam === undefined || blankBefore ? [] : [seam];
        if (out.length > 0 && gap) out.push({ text: end, edits });
        out.push(...lines);
        blankBefore = false;
      }
    }
    if (chunk.lines.some((line) => !isBlank(line))) previousEdit = chunk.edit;
  });
  if (blocks) cutTail();
  return out;
}

function withEnds(lines: readonly TaggedLine[], end: string): readonly TaggedLine[] {
  return end === "" ? lines : lines.map(({ text, edits }) => ({ text: text + end, edits }));
}

function isBlank(line: TaggedLine | undefined): boolean {
  return line !== undefined && line.text.trim() === "";
}

/** Whether lines carry on a list or table that ends what is there, so that no blank line goes between. */
function continues(out: readonly TaggedLine[], lines: readonly TaggedLine[]): boolean {
  const next = lines[0]?.text ?? "";
  if (/^\s*\|/.test(next)) return /^\s*\|/.test(out.at(-1)?.text ?? "");
  const item = listItem(next);
  if (item === undefined) return false;
  for (let i = out.length - 1; i >= 0; i--) {
    const text = out[i]?.text ?? "";
    if (text.trim() === "" || /^\s*(#{1,6}\s|```|~~~)/.test(text)) return false;
    const before = listItem(text);
    if (before !== undefined && before.indent <= item.indent)
      return before.indent < item.indent || before.ordered === item.ordered;
  }
  return false;
}

function listItem(
  line: string,
): { readonly indent: number; readonly ordered: boolean } | undefined {
  if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) return undefined;
  const match = /^(\s*)([-*+]|\d{1,9}[.)])\s+\S/.exec(line);
  if (match === null) return undefined;
  return { indent: match[1]?.length ?? 0, ordered: /\d/.test(match[2] ?? "") };
}
