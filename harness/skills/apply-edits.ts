import type { Edit, Skill } from "../contracts/index.ts";
import { lineOriginsOf } from "./candidate.ts";
import { conflictsOf } from "./edit-conflicts.ts";
import { guarded } from "./edit-guard.ts";
import type { AppliedEdits, EditOutcome, WithheldReason } from "./edit-outcome.ts";
import { FrozenParent } from "./frozen-parent.ts";
import { placeEdit } from "./place-edit.ts";
import { type Placement, WithheldEdit } from "./placement.ts";
import { skillOf } from "./read-skill.ts";

/**
 * Applies edits to a skill, each where the frozen parent says, all at once.
 *
 * Places are found on the parent's Markdown tree and do not move while edits are applied, so the order of
 * edits does not matter; only inserts at one point keep it. An edit that cannot be applied, that
 * conflicts with another (both are withheld), or that would make the result a worse skill than its parent, is
 * withheld with a reason, and the others are applied without it. What keeps each other alive goes
 * together: a new file and its link, a deleted file and the removal of its link.
 *
 * `insert_after` and `insert_before` without `target_text` take the named section itself as their anchor.
 * In `replace_in_section` an empty `content` removes the text. The front matter is never changed.
 *
 * @param edits with ids that are unique among them.
 * @returns the new skill, one outcome an edit in the order given, and the edits behind each line.
 * @see paper section 2.4 (patch application with guardrails)
 */
export function applyEdits(parent: Skill, edits: readonly Edit[]): AppliedEdits {
  const frozen = new FrozenParent(parent);
  const withheld = new Map<Edit, { reason: WithheldReason; detail: string }>();
  const placements: Placement[] = [];
  const seen = new Map<string, string>();
  for (const edit of edits) {
    try {
      const placement = placeEdit(frozen, edit);
      const twin = seen.get(wishOf(edit));
      if (twin !== undefined) throw new WithheldEdit("no-change", `Edit ${twin} says the same.`);
      seen.set(wishOf(edit), edit.id);
      placements.push(placement);
    } catch (error) {
      if (!(error instanceof WithheldEdit)) throw error;
      withheld.set(edit, { reason: error.reason, detail: error.message });
    }
  }
  const conflicts = conflictsOf(placements, (file) => frozen.outline(file));
  for (const [{ edit }, other] of conflicts)
    withheld.set(edit, {
      reason: "overlap",
      detail: `It wants the same text as edit ${other}; neither is applied.`,
    });
  const { kept, candidate, objections } = guarded(
    frozen,
    placements.filter((placement) => !conflicts.has(placement)),
  );
  for (const { placement, reason, detail } of objections)
    withheld.set(placement.edit, { reason, detail });

  const outcomes = edits.map((edit): EditOutcome => {
    const reason = withheld.get(edit);
    return reason === undefined ? { kind: "applied", edit } : { kind: "withheld", edit, ...reason };
  });
  const skill = kept.length === 0 ? parent : skillOf(candidate.files);
  return { skill, outcomes, lineOrigins: lineOriginsOf(candidate) };
}

/** What an edit asks for, whoever asks it. */
function wishOf(edit: Edit): string {
  const { file, op, target_section, target_text, old_text, after_section, content } = edit;
  return JSON.stringify([file, op, target_section, target_text, old_text, after_section, content]);
}
