import { structuredPatch } from "diff";
import type { Skill } from "../contracts/index.ts";

/** How one file differs. */
export interface FileDiff {
  readonly file: string;
  readonly status: "added" | "removed" | "changed";
  /** Lines. */
  readonly added: number;
  readonly removed: number;
  /** Unified diff with three lines of context, with `a/` and `b/` before the paths. */
  readonly patch: string;
}

/** How two skills differ; no files where they are the same. */
export interface SkillDiff {
  readonly files: readonly FileDiff[];
  readonly added: number;
  readonly removed: number;
}

/** Compares two skills file by file, in the order of their paths. */
export function diffSkills(before: Skill, after: Skill): SkillDiff {
  const paths = [...new Set([...before.files.keys(), ...after.files.keys()])].sort();
  const files = paths.flatMap((file) => {
    const [old, now] = [before.files.get(file), after.files.get(file)];
    return old === now ? [] : [diffFile(file, old, now)];
  });
  const total = (count: (file: FileDiff) => number): number =>
    files.reduce((sum, file) => sum + count(file), 0);
  return { files, added: total(({ added }) => added), removed: total(({ removed }) => removed) };
}

function diffFile(file: string, old: string | undefined, now: string | undefined): FileDiff {
  const from = old === undefined ? "/dev/null" : `a/${file}`;
  const to = now === undefined ? "/dev/null" : `b/${file}`;
  const { hunks } = structuredPatch(from, to, old ?? "", now ?? "", "", "", { context: 3 });
  const lines = hunks.flatMap((hunk) => hunk.lines);
  const body = hunks.flatMap((hunk) => {
    const [oldFrom, newFrom] = [hunk.oldStart, hunk.newStart];
    return [`@@ -${oldFrom},${hunk.oldLines} +${newFrom},${hunk.newLines} @@`, ...hunk.lines];
  });
  return {
    file,
    status: old === undefined ? "added" : now === undefined ? "removed" : "changed",
    added: lines.filter((line) => line.startsWith("+")).length,
    removed: lines.filter((line) => line.startsWith("-")).length,
    patch: [`--- ${from}`, `+++ ${to}`, ...body, ""].join("\n"),
  };
}
