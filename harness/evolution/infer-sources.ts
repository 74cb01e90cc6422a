import type { Edit } from "../contracts.ts";

/** Share of the shorter text's words that have to stand in the other one. */
const ENOUGH = 0.6;

/**
 * Which input edits an edit of a merge most likely came from, for a merge that was not asked to say.
 *
 * Inputs that share most of their words with it; where none does, all of them: the merge wrote
 * something new out of the whole group.
 */
export function inferSources(
  output: Pick<Edit, "file" | "content" | "old_text" | "target_section">,
  inputs: readonly Edit[],
): { readonly sources: readonly string[]; readonly how: "matched" | "group" } {
  const words = wordsOf(output);
  const matched = inputs.filter((input) => overlap(words, wordsOf(input)) >= ENOUGH);
  if (matched.length > 0) return { sources: matched.map((edit) => edit.id), how: "matched" };
  return { sources: inputs.map((edit) => edit.id), how: "group" };
}

function wordsOf(
  edit: Pick<Edit, "file" | "content" | "old_text" | "target_section">,
): Set<string> {
  // An edit that removes has no content; what it removes is what it says.
  const text = edit.content ?? edit.old_text ?? `${edit.file} ${edit.target_section ?? ""}`;
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []);
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const smaller = Math.min(a.size, b.size);
  if (smaller === 0) return 0;
  return [...a].filter((word) => b.has(word)).length / smaller;
}
