import { canonicalJson } from "../../../canonical.ts";
import type { Edit, Patch } from "../../../contracts/index.ts";
import { onOneLine } from "../../reply.ts";
import { linksFile } from "../propose/rule.ts";

/**
 * Makes edits that say the same but for white space, in the same place, into one that carries all their
 * tasks; a file and its links only as a whole. Patches without edits are left out.
 *
 * @param prefix of the ids of edits that stand for several.
 */
export function dedupe(patches: readonly Patch[], prefix: string): Patch[] {
  const classes = new Map<string, Edit[]>();
  const keys = new Map<Edit, string>();
  for (const patch of patches) {
    const pair = patch.edits.filter(isOfPair).map(plainKey).sort();
    for (const edit of patch.edits) {
      const key = isOfPair(edit) ? canonicalJson([plainKey(edit), pair]) : plainKey(edit);
      keys.set(edit, key);
      classes.set(key, [...(classes.get(key) ?? []), edit]);
    }
  }
  let made = 0;
  const kept = patches.map((patch) => ({
    ...patch,
    edits: patch.edits.flatMap((edit) => {
      const same = classes.get(keys.get(edit) ?? "") ?? [];
      if (same[0] !== edit) return [];
      if (same.length === 1) return [edit];
      made++;
      return [
        {
          ...edit,
          id: `${prefix}.e${made}`,
          sources: [...new Set(same.map((one) => one.id))],
          tasks: unionOf(same.map((one) => one.tasks)),
        },
      ];
    }),
  }));
  return kept.filter((patch) => patch.edits.length > 0);
}

/** Sets as one sorted list without repeats. */
export function unionOf(sets: readonly (readonly string[])[]): string[] {
  return [...new Set(sets.flat())].sort();
}

function isOfPair(edit: Edit): boolean {
  return edit.op === "create" || edit.op === "delete_file" || linksFile(edit.content ?? "");
}

function plainKey({ id: _, sources: __, tasks: ___, ...fields }: Edit): string {
  const texts = Object.entries(fields).map(([name, text]) => [name, onOneLine(text)]);
  return canonicalJson(Object.fromEntries(texts));
}
