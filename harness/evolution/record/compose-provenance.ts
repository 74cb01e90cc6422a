import type { Skill } from "../../contracts/index.ts";
import type { Provenance } from "../../skills/provenance.ts";
import { afterStep, type LineHistory, untouched } from "./line-history.ts";

/** A skill with what is known of its lines. */
export interface Known {
  readonly skill: Skill;
  readonly provenance: Provenance;
}

/** Provenance of a skill that no round has changed yet. */
export function unchanged(skill: Skill): Known {
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
export function composeProvenance(before: Known, after: Known): Provenance {
  const known = new Set(before.provenance.edits.map(({ id }) => id));
  for (const { id } of after.provenance.edits)
    if (known.has(id)) throw new Error(`two rounds have an edit ${id}`);
  const history = afterStep(
    { skill: before.skill, history: historyOf(before) },
    { skill: after.skill, outcomes: [], lineOrigins: after.provenance.lines },
  );
  return {
    skill: after.skill.digest,
    parent: before.provenance.parent,
    lines: [...history].flatMap(([file, lines]) =>
      lines.flatMap((edits, i) => edits.map((edit) => ({ file, line: i + 1, edit }))),
    ),
    edits: [...before.provenance.edits, ...after.provenance.edits],
  };
}

function historyOf({ skill, provenance }: Known): LineHistory {
  const edits = new Map<string, string[]>();
  for (const { file, line, edit } of provenance.lines) {
    const place = `${line} ${file}`;
    edits.set(place, [...(edits.get(place) ?? []), edit]);
  }
  return new Map(
    [...untouched(skill)].map(([file, lines]) => [
      file,
      lines.map((_, i) => edits.get(`${i + 1} ${file}`) ?? []),
    ]),
  );
}
