import type { Edit, Patch, Skill } from "../../contracts/index.ts";
import type { Provenance } from "../../skills/provenance.ts";
import type { Account } from "./account.ts";
import { afterStep, historyOf, linesOfHistory } from "./line-history.ts";

/** An id of one round as it is called among several: `m1.e3` of round 2 is `r2.m1.e3`; those of other rounds stay. */
export function qualified(id: string, round: number): string {
  return /^r\d+\./.test(id) ? id : `r${round}.${id}`;
}

/** A provenance with ids that are unique over rounds. */
export function qualifiedProvenance(provenance: Provenance, round: number): Provenance {
  return {
    ...provenance,
    lines: provenance.lines.map((line) => ({ ...line, edit: qualified(line.edit, round) })),
    edits: provenance.edits.map((edit) => ({
      ...edit,
      id: qualified(edit.id, round),
      patches: edit.patches.map((patch) => ({ ...patch, id: qualified(patch.id, round) })),
    })),
  };
}

/** A patch with ids that are unique over rounds. */
export function qualifiedPatch(patch: Patch, round: number): Patch {
  const edits = patch.edits.map(
    (edit): Edit => ({
      ...edit,
      id: qualified(edit.id, round),
      sources: edit.sources.map((id) => qualified(id, round)),
    }),
  );
  return { ...patch, id: qualified(patch.id, round), edits };
}

/** A skill with what is known of its lines. */
export interface TracedSkill {
  readonly skill: Skill;
  readonly provenance: Provenance;
}

/** Provenance of a skill that no round has changed yet. */
export function unchanged(skill: Skill): TracedSkill {
  return {
    skill,
    provenance: { skill: skill.digest, parent: skill.digest, lines: [], edits: [] },
  };
}

/**
 * Provenance over one more round: lines that the round wrote are the round's, and every other line
 * keeps what was known of it, found by the order of unchanged lines.
 *
 * @param before the skill that the round began with, and its provenance since the first parent.
 * @param after the round's result with the round's own provenance, whose ids must be unlike those before.
 * @throws when a line is neither the round's nor of the skill before it, or two edits share an id.
 */
export function composeProvenance(before: TracedSkill, after: TracedSkill): Provenance {
  const known = new Set(before.provenance.edits.map(({ id }) => id));
  for (const { id } of after.provenance.edits)
    if (known.has(id)) throw new Error(`two rounds have an edit ${id}`);
  const history = afterStep(
    { skill: before.skill, history: historyOf(before.skill, before.provenance.lines) },
    { skill: after.skill, outcomes: [], lineOrigins: after.provenance.lines },
  );
  return {
    skill: after.skill.digest,
    parent: before.provenance.parent,
    lines: linesOfHistory(history),
    edits: [...before.provenance.edits, ...after.provenance.edits],
  };
}

/** The account of several rounds, in order: counts are sums, the lines go from the first parent to the last skill. */
export function totalAccount(
  rounds: readonly Account[],
  whole: Pick<Account, "lines" | "identical">,
): Account {
  const [first, ...others] = rounds.map(({ gate: _, ...counts }) => counts);
  if (first === undefined) throw new Error("an evolution without a round");
  const sums = others.reduce((total, one) => added(total, one) as typeof total, first);
  return {
    ...sums,
    merge: { ...sums.merge, fanIn: Math.max(...rounds.map(({ merge }) => merge.fanIn)) },
    ...whole,
    rounds,
  };
}

/** Two trees of counts as one: numbers are added, lists joined, what only one has is kept. */
function added(a: unknown, b: unknown): unknown {
  if (a === undefined || b === undefined) return a ?? b;
  if (typeof a === "number" && typeof b === "number") return a + b;
  if (Array.isArray(a) && Array.isArray(b)) return [...a, ...b];
  if (isTree(a) && isTree(b)) {
    const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    return Object.fromEntries(names.map((name) => [name, added(a[name], b[name])]));
  }
  return b;
}

function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
