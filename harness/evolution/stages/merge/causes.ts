import type { Edit, Patch } from "../../../contracts/index.ts";
import { bundlesOf } from "../apply/edit-budget.ts";
import { bm25 } from "../replay/bm25.ts";

/**
 * Likeness from which two edits are shown as one cause. Of 23 edits that a strong language model proposed for
 * eight failures, those that it then merged are at 0.25 or more, or linked by such; few others are.
 */
const ALIKE = 0.25;

/**
 * Edits in groups of those that sound alike, by the words they have in common (BM25, scaled by what each
 * scores with itself); what replaces the same text always is alike, and a file goes with its link.
 *
 * @param most edits a group; a larger one is not made.
 */
export function causesOf(
  patches: readonly Pick<Patch, "edits">[],
  most = Number.POSITIVE_INFINITY,
): (readonly Edit[])[] {
  const bundles = patches.flatMap(({ edits }) => bundlesOf(edits));
  const texts = bundles.map((edits) => edits.map(wordsOf).join("\n"));
  const score = bm25(texts);
  const scores = texts.map((text) => score(text));
  const at = (i: number, k: number) => scores[i]?.[k] ?? 0;
  const pairs = bundles.flatMap((one, i) =>
    bundles.slice(i + 1).flatMap((other, after) => {
      const k = i + 1 + after;
      const likeness = replaceTheSame(one, other)
        ? 1
        : (at(i, k) + at(k, i)) / (at(i, i) + at(k, k) || 1);
      return likeness < ALIKE ? [] : [{ i, k, likeness }];
    }),
  );
  const groups = bundles.map((bundle) => [bundle]);
  for (const { i, k } of pairs.sort((a, b) => b.likeness - a.likeness)) {
    const [one, other] = [groups[i], groups[k]];
    if (one === undefined || other === undefined || one === other) continue;
    if ([...one, ...other].flat().length > most) continue;
    one.push(...other);
    groups.forEach((group, place) => {
      if (group === other) groups[place] = one;
    });
  }
  return [...new Set(groups)].map((group) => group.flat());
}

/** What goes into one merge of a level. */
export interface MergeGroup {
  readonly patches: readonly Patch[];
  /** Whether there is anything to ask: a group of edits that are all unlike goes up as it is. */
  readonly isAsked: boolean;
}

/**
 * The edits of a level in at most so many groups of about the same size, in which what sounds alike is
 * together; the last level asks in any case, since the same may be said in other words.
 */
export function groupsByCause(
  patches: readonly Patch[],
  count: number,
  level: number,
): MergeGroup[] {
  const total = patches.reduce((sum, { edits }) => sum + edits.length, 0);
  const groups = Array.from({ length: count }, (): (readonly Edit[])[] => []);
  const causes = causesOf(patches, Math.max(2, Math.ceil(total / count)));
  for (const cause of causes.sort((a, b) => b.length - a.length)) {
    const sizes = groups.map((group) => group.flat().length);
    groups[sizes.indexOf(Math.min(...sizes))]?.push(cause);
  }
  return groups
    .filter((group) => group.length > 0)
    .map((group, i) => ({
      patches: [{ id: `c${level}.${i + 1}`, reasoning: "", edits: group.flat(), changelog: [] }],
      isAsked: count === 1 || group.some((cause) => bundlesOf(cause).length > 1),
    }));
}

function wordsOf({ content = "", file, ...edit }: Edit): string {
  return content.trim() === "" ? (edit.old_text ?? edit.target_section ?? file) : content;
}

/** Whether two edits want to change the same text, so that only one of them could be applied. */
function replaceTheSame(one: readonly Edit[], other: readonly Edit[]): boolean {
  return one.some((a) =>
    other.some((b) => {
      const [x, y] = [replacedBy(a), replacedBy(b)];
      if (x === undefined || y === undefined || a.file !== b.file) return false;
      return x.includes(y) || y.includes(x);
    }),
  );
}

function replacedBy({ op, old_text, target_section }: Edit): string | undefined {
  if (op === "replace_in_section") return old_text?.trim();
  return op === "delete_section" ? target_section?.trim() : undefined;
}
