import type { Edit, Skill } from "../../../contracts/index.ts";
import { applyEdits } from "../../../skills/apply-edits.ts";
import { isAdditive, linksFile } from "../propose/rule.ts";
import type { Demotion } from "./demote.ts";
import { type ReferenceFile, referenceEdits } from "./reference-file.ts";

/** Where rules go that do not fit. */
const overflow: ReferenceFile = {
  id: "overflow",
  stem: "more-rules",
  title: "More rules",
  introduction: "These rules are as good as those of SKILL.md; there was no room for them there.",
  link: (links) => `Read ${links} before the first step of a task that the rules above leave open.`,
};

/**
 * Moves rules that would break the size budget to a linked reference, the least supported first, until
 * what is left fits with the link. What cannot stand elsewhere stays: replacements, removals, files, links.
 *
 * @returns the split with those rules among the demoted, and the edits that write their reference.
 */
export function compacted(split: Demotion, parent: Skill): Demotion {
  let moved: readonly Edit[] = [];
  for (;;) {
    const added = referenceEdits(moved, parent, overflow);
    const kept = split.kept.filter((edit) => !moved.includes(edit));
    const { outcomes } = applyEdits(parent, [...kept, ...split.added, ...added]);
    const over = new Set(
      outcomes.flatMap((outcome) =>
        outcome.kind === "withheld" && outcome.reason === "size-budget" ? [outcome.edit] : [],
      ),
    );
    const more = kept.filter((edit) => over.has(edit) && isMovable(edit));
    if (more.length === 0) {
      if (moved.length === 0) return split;
      const demoted = [...split.demoted, ...moved];
      return { ...split, kept, demoted, compacted: moved, added: [...split.added, ...added] };
    }
    moved = split.kept.filter((edit) => moved.includes(edit) || more.includes(edit));
  }
}

function isMovable(edit: Edit): boolean {
  return edit.op !== "create" && isAdditive(edit) && !linksFile(edit.content ?? "");
}
