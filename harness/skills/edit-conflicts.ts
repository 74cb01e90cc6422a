import { groupedBy } from "../grouped-by.ts";
import type { Placement } from "./placement.ts";
import { lineStart, type Outline, readHeading } from "./section.ts";

/**
 * Placements that cannot all be applied, each with the id of one it conflicts with.
 *
 * Both sides of a conflict are named, so that which edit came first decides nothing.
 *
 * @param outlineOfFile the parent's outline, by path.
 */
export function conflictsOf(
  placements: readonly Placement[],
  outlineOfFile: (file: string) => Outline,
): ReadonlyMap<Placement, string> {
  const conflicts = new Map<Placement, string>();
  for (const [file, group] of groupedBy(placements, (placement) => placement.file)) {
    const outline = outlineOfFile(file);
    group.forEach((a, i) => {
      for (const b of group.slice(i + 1)) {
        if (!collide(a, b, outline)) continue;
        if (!conflicts.has(a)) conflicts.set(a, b.edit.id);
        if (!conflicts.has(b)) conflicts.set(b, a.edit.id);
      }
    });
  }
  const created = placements.filter(({ kind }) => kind === "create");
  for (const a of created)
    for (const b of created) {
      const folder = b.file.startsWith(`${a.file}/`);
      const twin = a.file !== b.file && a.file.toLowerCase() === b.file.toLowerCase();
      if (!folder && !twin) continue;
      conflicts.set(a, b.edit.id);
      conflicts.set(b, a.edit.id);
    }
  return conflicts;
}

/** Whether two placements of one file want the same text. */
function collide(a: Placement, b: Placement, outline: Outline): boolean {
  if (a.kind === "delete-file" || b.kind === "delete-file") return true;
  if (a.kind === "create" || b.kind === "create") return true;
  if (a.kind === "insert") return b.kind === "insert" ? sameHeading(a, b) : cut(a, b, outline);
  if (b.kind === "insert") return cut(b, a, outline);
  const [one, other] = [rangeOf(a, outline), rangeOf(b, outline)];
  return one.start < other.end && other.start < one.end;
}

type Insert = Extract<Placement, { kind: "insert" }>;
type Change = Extract<Placement, { kind: "lines" | "text" }>;

/** One new section, wanted in two places or at two levels. */
function sameHeading(a: Insert, b: Insert): boolean {
  if (a.heading === undefined || b.heading === undefined) return false;
  if (readHeading(a.heading).title !== readHeading(b.heading).title) return false;
  return a.heading !== b.heading || a.at !== b.at;
}

/** An insert in the middle of what is replaced, or beside what is deleted with its section. */
function cut(insert: Insert, change: Change, outline: Outline): boolean {
  const { start, end } = rangeOf(change, outline);
  const at = lineStart(outline, insert.at);
  if (start < at && at < end) return true;
  if (change.kind !== "lines" || !change.section) return false;
  const anchored = change.from <= insert.anchor && insert.anchor < change.to;
  return anchored && !(insert.at <= change.from);
}

function rangeOf(
  change: Change,
  outline: Outline,
): { readonly start: number; readonly end: number } {
  if (change.kind === "text") return change;
  return { start: lineStart(outline, change.from), end: lineStart(outline, change.to) };
}
