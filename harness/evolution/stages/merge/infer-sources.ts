import type { Edit } from "../../../contracts/index.ts";

/** What of an edit has words. */
type Words = Pick<Edit, "file" | "content" | "old_text" | "target_section">;

/** Share of the shorter text's words that have to stand in the other one, and how far below the best it may be. */
const ENOUGH = 0.6;
const CLOSE = 0.05;

/** The inputs that an edit of a merge most likely came from: those that share most of its words, otherwise all. */
export function inferSources(
  output: Words,
  inputs: readonly Edit[],
): { readonly sources: readonly string[]; readonly how: "matched" | "group" } {
  const words = wordsOf(output);
  const shares = inputs.map((input) => overlap(words, wordsOf(input)));
  const least = Math.max(ENOUGH, Math.max(...shares) - CLOSE);
  const matched = inputs.filter((_, i) => (shares[i] ?? 0) >= least);
  if (matched.length > 0) return { sources: matched.map((edit) => edit.id), how: "matched" };
  return { sources: inputs.map((edit) => edit.id), how: "group" };
}

function wordsOf(edit: Words): Set<string> {
  // An edit that removes has no content; what it removes is what it says.
  const text = edit.content ?? edit.old_text ?? `${edit.file} ${edit.target_section ?? ""}`;
  return new Set(text.toLowerCase().match(/\p{L}{3,}|\p{N}+/gu) ?? []);
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const smaller = Math.min(a.size, b.size);
  if (smaller === 0) return 0;
  return [...a].filter((word) => b.has(word)).length / smaller;
}
