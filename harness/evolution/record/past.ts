import { canonicalJson } from "../../canonical.ts";
import type { Edit } from "../../contracts/index.ts";
import type { Provenance } from "../../skills/provenance.ts";
import { fencedJson } from "../listing.ts";
import { foldedText } from "../reply.ts";
import type { Lesson, LessonWords } from "../stages/analyse/lesson.ts";
import { unionOf } from "../stages/merge/dedupe.ts";

/** A trajectory that taught a lesson, named like a patch, such as `r1.p3`. */
export type TaughtBy = Provenance["edits"][number]["patches"][number];

/** A lesson of earlier rounds with the trajectories behind it; it outlives the rejection of its edits. */
export interface LessonPattern {
  readonly lesson: LessonWords;
  /** One a task. */
  readonly evidence: readonly TaughtBy[];
}

/** What earlier rounds leave to later ones: for analysts and authors, never for the agent of a rollout. */
export interface Past {
  readonly patterns: readonly LessonPattern[];
  /** Edits of candidates that were rejected. */
  readonly rejected: readonly Pick<Edit, "file" | "op" | "content" | "target_section">[];
}

/** Before the first round. */
export const noPast: Past = { patterns: [], rejected: [] };

/** Whether there is anything to tell. */
export function hasPast(past: Past): boolean {
  return past.patterns.length + past.rejected.length > 0;
}

/** A past with the lessons of one more round; a lesson known already gains the new tasks. */
export function withLessons(
  past: Past,
  lessons: readonly { readonly lesson: Lesson; readonly taughtBy: TaughtBy }[],
): Past {
  const patterns = new Map(past.patterns.map((pattern) => [keyOf(pattern.lesson), pattern]));
  for (const { lesson, taughtBy } of lessons) {
    const { steps: _, ...words } = lesson;
    const key = keyOf(words);
    const known = patterns.get(key) ?? { lesson: words, evidence: [] };
    if (known.evidence.some(({ task }) => task === taughtBy.task)) continue;
    patterns.set(key, { ...known, evidence: [...known.evidence, taughtBy] });
  }
  return { ...past, patterns: [...patterns.values()] };
}

/** A past in which these edits were rejected. */
export function withRejected(past: Past, edits: readonly Edit[]): Past {
  const known = new Set(past.rejected.map(rejectionKey));
  const fresh = edits
    .filter((edit) => !known.has(rejectionKey(edit)))
    .map(({ file, op, content, target_section }) => ({
      file,
      op,
      ...(content === undefined ? {} : { content }),
      ...(target_section === undefined ? {} : { target_section }),
    }));
  return { ...past, rejected: [...past.rejected, ...fresh] };
}

/** Whether an edit says what a rejected one said; where it says it makes no difference. */
export function wasRejected(past: Past, edit: Pick<Edit, "file" | "op" | "content">): boolean {
  const key = rejectionKey(edit);
  return past.rejected.some((one) => rejectionKey(one) === key);
}

/** Places in `past.patterns` of the patterns that one of these lessons repeats. */
export function patternsOf(past: Past, lessons: readonly LessonWords[]): number[] {
  const keys = new Set(lessons.map(keyOf));
  return past.patterns.flatMap(({ lesson }, i) => (keys.has(keyOf(lesson)) ? [i] : []));
}

/** Tasks behind patterns, sorted. */
export function tasksBehind(past: Past, patterns: readonly number[]): string[] {
  return unionOf(trajectoriesBehind(past, patterns).map(({ task }) => [task]));
}

/** Trajectories behind patterns. */
export function trajectoriesBehind(past: Past, patterns: readonly number[]): TaughtBy[] {
  return patterns.flatMap((i) => past.patterns[i]?.evidence ?? []);
}

/** Patterns and rejected edits that a prompt lists at most: the best supported and the latest. */
const LISTED = 40;

/** What the prompt of a proposal says of earlier rounds; empty where there were none. */
export function pastListing(past: Past): string {
  const patterns = past.patterns
    .map(({ lesson, evidence }, i) => ({ pattern: i + 1, ...lesson, tasks: evidence.length }))
    .sort((a, b) => b.tasks - a.tasks)
    .slice(0, LISTED);
  return [
    ...section(
      "## Lessons of earlier rounds",
      'Each with the number of tasks that taught it. An edit that carries one of these names it: `"patterns": [number]`.',
      patterns,
    ),
    ...section(
      "## Edits that were tried and rejected",
      "A skill with these edits did no better on other tasks. Do not propose them again, in these or other words.",
      past.rejected.slice(-LISTED),
    ),
  ].join("\n\n");
}

/** What an analyst, who has a trajectory of its own to explain, is told of earlier rounds; empty where there were none. */
export function analystListing(past: Past): string {
  const lessons = [...past.patterns]
    .sort((a, b) => b.evidence.length - a.evidence.length)
    .slice(0, LISTED)
    .map(({ lesson, evidence }) => ({ ...lesson, tasks: evidence.length }));
  return [
    ...section(
      "## Lessons of earlier rounds",
      "Each with the number of tasks that taught it. Explain this trajectory by itself first. Where it really shows one of these again, give that lesson with the same words for `when` and `do`; a lesson that it does not show is none of yours.",
      lessons,
    ),
    ...section(
      "## Rules that were tried and rejected",
      "A skill with these rules did no better on other tasks. A lesson that comes down to one of them again is not wanted: look for what it missed.",
      past.rejected.slice(-LISTED).map(({ op, content }) => content ?? op),
    ),
  ].join("\n\n");
}

/** Paragraphs about items; none where there are no items. */
function section(heading: string, words: string, items: readonly unknown[]): string[] {
  return items.length === 0 ? [] : [heading, words, fencedJson(items)];
}

/** What makes two lessons the same: when it applies and what to do, but for case and white space. */
function keyOf({ when, do: doing }: Pick<Lesson, "when" | "do">): string {
  return canonicalJson([foldedText(when), foldedText(doing)]);
}

function rejectionKey({ file, op, content }: Pick<Edit, "file" | "op" | "content">): string {
  return content === undefined || content.trim() === ""
    ? canonicalJson([file, op])
    : foldedText(content);
}
