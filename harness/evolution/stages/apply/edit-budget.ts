import type { Edit } from "../../../contracts/index.ts";

/**
 * Chooses the edits that a budget allows (SkillOpt, arXiv:2605.23904: four): by support, then credit, then
 * order. A file and its link go together. Both lists keep the order given; a budget of null allows all.
 */
export function withinBudget(
  edits: readonly Edit[],
  budget: number | null,
  credit: (edit: Edit) => number,
): { readonly within: readonly Edit[]; readonly over: readonly Edit[] } {
  if (budget === null) return { within: edits, over: [] };
  const most = (bundle: readonly Edit[], of: (edit: Edit) => number) => Math.max(...bundle.map(of));
  const ranked = bundlesOf(edits).sort(
    (a, b) =>
      most(b, (edit) => edit.tasks.length) - most(a, (edit) => edit.tasks.length) ||
      most(b, credit) - most(a, credit),
  );
  const chosen = new Set<Edit>();
  for (const bundle of ranked)
    if (chosen.size + bundle.length <= budget) for (const edit of bundle) chosen.add(edit);
  return {
    within: edits.filter((edit) => chosen.has(edit)),
    over: edits.filter((edit) => !chosen.has(edit)),
  };
}

/** Edits alone, or with the file that they link or unlink; in order of their first edits. */
export function bundlesOf(edits: readonly Edit[]): Edit[][] {
  const files = edits.filter(({ op }) => op === "create" || op === "delete_file");
  const bundles = new Map<string, Edit[]>();
  for (const edit of edits) {
    const texts = `${edit.content ?? ""} ${edit.old_text ?? ""}`;
    const file = files.find((one) => one.file === edit.file || texts.includes(one.file));
    const key = file ? `file ${file.file}` : `edit ${edit.id}`;
    bundles.set(key, [...(bundles.get(key) ?? []), edit]);
  }
  return [...bundles.values()];
}
