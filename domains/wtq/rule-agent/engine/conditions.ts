import { boundsOf } from "./bounds.ts";
import type { Mention } from "./mentions.ts";
import type { Thought } from "./thought.ts";

/** Rows that fulfil all that the question asks for, and the columns that said so. */
export interface Selected {
  readonly rows: readonly number[];
  readonly columns: ReadonlySet<number>;
}

/** What stands before something that the question leaves out. */
const exception =
  /\b(?:besides|except|excluding|(?:other|rather) than|(?:aside|apart) from|addition to)\b|\bnot(?: \w+)?$/;

/**
 * Rows that all conditions of the question hold for: mentions of one column are alternatives, those
 * of different columns must all hold. A condition that would leave no row is dropped.
 *
 * @param counts tells which mentions are conditions.
 */
export function select(
  thought: Thought,
  counts: (mention: Mention) => boolean = () => true,
): Selected {
  const bounds = boundsOf(thought).filter(({ rows }) => rows.length > 0);
  const isFree = ({ from, to }: Mention) =>
    !bounds.some((bound) => from < bound.to && bound.from < to);
  const isExcluded = ({ from }: Mention) =>
    exception.test(thought.question.words.slice(Math.max(0, from - 3), from).join(" "));
  const mentions = thought.mentions.filter((mention) => isFree(mention) && counts(mention));
  const groups = new Map<number, Mention[]>();
  for (const mention of mentions.filter((one) => !isExcluded(one)))
    groups.set(mention.column, [...(groups.get(mention.column) ?? []), mention]);
  const conditions = [
    ...[...groups].sort(([, a], [, b]) => strength(b) - strength(a)),
    ...bounds.map((bound) => [bound.column, [bound]] as const),
  ];
  const excluded = new Set(mentions.filter(isExcluded).flatMap(({ rows }) => rows));
  let rows = thought.rows.filter((row) => !excluded.has(row));
  const columns = new Set<number>();
  for (const [column, places] of conditions) {
    if (columns.size > 0 && !thought.on("every-condition")) break;
    const kept = narrowed(rows, places);
    if (kept.length === 0) continue;
    rows = kept;
    columns.add(column);
  }
  return { rows, columns };
}

function strength(group: readonly Mention[]): number {
  return Math.max(...group.map(({ whole, from, to }) => (whole ? 1 : 0) + (to - from)));
}

/** Rows in all of some places if there are any, else those in one of them. */
function narrowed(
  rows: readonly number[],
  places: readonly { readonly rows: readonly number[] }[],
): number[] {
  const all = rows.filter((row) => places.every((place) => place.rows.includes(row)));
  if (all.length > 0) return all;
  return rows.filter((row) => places.some((place) => place.rows.includes(row)));
}
