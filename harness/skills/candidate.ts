import { groupedBy } from "../grouped-by.ts";
import { assembleFile, type TaggedLine, textOfLines } from "./assemble.ts";
import type { LineOrigin } from "./edit-outcome.ts";
import type { FrozenParent } from "./frozen-parent.ts";
import type { Placement } from "./placement.ts";
import { isMarkdown } from "./skill-path.ts";

/** What the parent would become with some of its edits. */
export interface Candidate {
  readonly files: ReadonlyMap<string, string>;
  /** Lines of the files that edits touched. */
  readonly touched: ReadonlyMap<string, readonly TaggedLine[]>;
}

/** Applies placements to the frozen parent, whatever comes of it; the parent stays as it is. */
export function candidateOf(parent: FrozenParent, placements: readonly Placement[]): Candidate {
  const files = new Map(parent.skill.files);
  const touched = new Map<string, readonly TaggedLine[]>();
  for (const [file, group] of groupedBy(placements, (placement) => placement.file)) {
    const only = group[0];
    if (only.kind === "delete-file") {
      files.delete(file);
      continue;
    }
    const lines =
      only.kind === "create"
        ? only.content.map((text) => ({ text, edits: [only.edit.id] }))
        : assembleFile(parent.outline(file), group, isMarkdown(file));
    touched.set(file, lines);
    files.set(file, textOfLines(lines));
  }
  return { files, touched };
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
