import { diffArrays } from "diff";
import type { Skill } from "../../contracts/index.ts";
import type { AppliedEdits } from "../../skills/edit-outcome.ts";
import type { Provenance } from "../../skills/provenance.ts";
import { lineCount } from "../../skills/size-budget.ts";

/** Ids of the edits behind every line of a skill, by file, then line from 0; none for a line of the first parent. */
export type LineHistory = ReadonlyMap<string, Behind>;

/** The skill as it stands, with what is behind its lines. */
export interface EditedSkill {
  readonly skill: Skill;
  readonly history: LineHistory;
}

/** Ids of the edits behind each line of a file. */
type Behind = readonly (readonly string[])[];

/** The history of a skill by the edits that its lines are known to come from; none by default. */
export function historyOf(
  skill: Skill,
  lines: readonly Provenance["lines"][number][] = [],
): LineHistory {
  const edits = new Map<string, string[]>();
  for (const { file, line, edit } of lines) {
    const place = `${line} ${file}`;
    edits.set(place, [...(edits.get(place) ?? []), edit]);
  }
  const behind = (file: string, text: string) =>
    linesIn(text).map((_, i) => edits.get(`${i + 1} ${file}`) ?? []);
  return new Map([...skill.files].map(([file, text]) => [file, behind(file, text)]));
}

/**
 * The history after one more step of edits. A line that the step did not write takes the history it had; a
 * line that replaces others has what is behind them too.
 *
 * @throws when a line is neither the step's nor the skill's before it, which is our bug.
 */
export function afterStep(before: EditedSkill, applied: AppliedEdits): LineHistory {
  const fresh = historyOf(applied.skill, applied.lineOrigins);
  const replacing = new Set(
    applied.outcomes
      .filter(({ kind, edit }) => kind === "applied" && edit.op === "replace_in_section")
      .map(({ edit }) => edit.id),
  );
  const history = new Map<string, Behind>();
  for (const [file, text] of applied.skill.files) {
    const old = linesIn(before.skill.files.get(file) ?? "");
    const behind = before.history.get(file) ?? [];
    const now = linesIn(text);
    const written = fresh.get(file) ?? [];
    const replaced = aligned(old, now).map(({ instead }) =>
      instead.flatMap((k) => behind[k] ?? []),
    );
    const carried = carriedOver(old, now, behind, written);
    history.set(
      file,
      now.map((_, i) => {
        const edits = written[i] ?? [];
        const inherited = edits.some((id) => replacing.has(id)) ? (replaced[i] ?? []) : [];
        return [...new Set([...edits, ...inherited, ...(carried[i] ?? [])])];
      }),
    );
  }
  return history;
}

/** Every line that edits stand behind, once for each of them. */
export function linesOfHistory(history: LineHistory): Provenance["lines"] {
  return [...history].flatMap(([file, lines]) =>
    lines.flatMap((edits, i) => edits.map((edit) => ({ file, line: i + 1, edit }))),
  );
}

/** What is behind the lines that the step left as they were, found by their order. */
function carriedOver(
  old: readonly string[],
  now: readonly string[],
  behind: Behind,
  written: Behind,
): Behind {
  const kept = now.flatMap((line, i) => (written[i]?.length === 0 ? [{ line, i }] : []));
  const found = aligned(
    old,
    kept.map(({ line }) => line),
  );
  const carried: (readonly string[])[] = now.map(() => []);
  for (const [k, { line, i }] of kept.entries()) {
    const same = found[k]?.same;
    if (same !== undefined) carried[i] = behind[same] ?? [];
    else if (line !== "") throw new Error(`the line ${JSON.stringify(line)} comes from nowhere`);
  }
  return carried;
}

/** For each line of `now` the place of the same line in `old`, or the places of those that it replaces. */
function aligned(old: readonly string[], now: readonly string[]) {
  const found: { readonly same?: number; readonly instead: readonly number[] }[] = [];
  let from = 0;
  let gone: readonly number[] = [];
  for (const { value, added, removed } of diffArrays([...old], [...now])) {
    const places = value.map((_, i) => from + i);
    if (added) found.push(...value.map(() => ({ instead: gone })));
    else if (!removed) found.push(...places.map((same) => ({ same, instead: [] })));
    gone = removed ? places : [];
    if (!added) from += value.length;
  }
  return found;
}

/** Lines of a text without what is at their ends. */
function linesIn(text: string): string[] {
  return text
    .split("\n")
    .slice(0, lineCount(text))
    .map((line) => line.trimEnd());
}
