import { groupedBy } from "../grouped-by.ts";
import { assembleFile, assembleNew, type TaggedLine, textOfLines } from "./assemble.ts";
import type { LineOrigin, LineRange } from "./edit-outcome.ts";
import type { FrozenParent } from "./frozen-parent.ts";
import type { Placement } from "./placement.ts";
import { isMarkdown } from "./skill-path.ts";

/** What the parent would become with some of its edits. */
export interface Candidate {
  readonly files: ReadonlyMap<string, string>;
  /** Lines of the files that edits touched. */
  readonly touched: ReadonlyMap<string, readonly TaggedLine[]>;
  readonly removedAt: ReadonlyMap<string, number>;
}

/** Applies placements to the frozen parent, whatever comes of it; the parent stays as it is. */
export function candidateOf(parent: FrozenParent, placements: readonly Placement[]): Candidate {
  const files = new Map(parent.skill.files);
  const touched = new Map<string, readonly TaggedLine[]>();
  const removedAt = new Map<string, number>();
  for (const [file, group] of groupedBy(placements, (placement) => placement.file)) {
    const only = group[0];
    if (only.kind === "delete-file") {
      files.delete(file);
      removedAt.set(only.edit.id, 1);
      continue;
    }
    const assembled =
      only.kind === "create"
        ? assembleNew(only.edit.id, only.content)
        : assembleFile(parent.outline(file), group, isMarkdown(file));
    for (const [edit, line] of assembled.removedAt) removedAt.set(edit, line);
    touched.set(file, assembled.lines);
    files.set(file, textOfLines(assembled.lines));
  }
  return { files, touched, removedAt };
}

/** Ids of the edits that had a part in a line, from 1. */
export function editsAt(candidate: Candidate, file: string, line: number): readonly string[] {
  return candidate.touched.get(file)?.[line - 1]?.edits ?? [];
}

/** Every line of a candidate that an edit wrote or changed, by file and line. */
export function lineOriginsOf(candidate: Candidate): readonly LineOrigin[] {
  return [...candidate.touched]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([file, lines]) =>
      lines.flatMap(({ edits }, i) => edits.map((edit) => ({ file, line: i + 1, edit }))),
    );
}

/** Where the text of every applied edit is, by edit id. */
export function rangesOf(
  candidate: Candidate,
  placements: readonly Placement[],
): ReadonlyMap<string, LineRange> {
  const ranges = new Map<string, LineRange>();
  for (const { edit, file } of placements) {
    const from = candidate.removedAt.get(edit.id) ?? 1;
    ranges.set(edit.id, { file, from, to: from - 1 });
  }
  for (const [file, lines] of candidate.touched)
    lines.forEach(({ text, edits }, i) => {
      for (const edit of edits) {
        const range = ranges.get(edit);
        if (range === undefined || (range.to < range.from && text.trim() === "")) continue;
        const from = range.to < range.from ? i + 1 : range.from;
        if (text.trim() !== "") ranges.set(edit, { file, from, to: i + 1 });
      }
    });
  return ranges;
}
