import { boundsOf } from "./bounds.ts";
import type { Mention } from "./mentions.ts";
import type { Thought } from "./thought.ts";

/** Rows that fulfil all that the question asks for, and the columns that said so. */
export interface Selected {
  readonly rows: readonly number[];
  readonly columns: ReadonlySet<number>;
  readonly mentions: readonly Mention[];
}

/** Whether the question leaves a mention out: `other than X`, `besides X`, `not X`. */
function isExcluded(thought: Thought, mention: Mention): boolean {
  const { words } = thought.question;
  for (let at = Math.max(0, mention.from - 3); at < mention.from; at++) {
    const word = words[at] ?? "";
    if (/^(?:besides|except|excluding)$/.test(word)) return true;
    if (word === "than" && /^(?:other|rather)$/.test(words[at - 1] ?? "")) return true;
    if (word === "from" && /^(?:aside|apart)$/.test(words[at - 1] ?? "")) return true;
    if (word === "to" && words[at - 1] === "addition") return true;
    if (word === "not" && mention.from - at <= 2) return true;
  }
  return false;
}

/**
 * Rows that all conditions of the question hold for: mentions of one column are alternatives, those
 * of different columns must all hold. What would leave no row is dropped, the weakest first.
 */
export function select(
  thought: Thought,
  options: { skip?: (mention: Mention) => boolean; within?: readonly number[] } = {},
): Selected {
  const bounds = boundsOf(thought).filter((bound) => bound.rows.length > 0);
  const free = (mention: Mention) =>
    !bounds.some((bound) => mention.from < bound.to && bound.from < mention.to);
  const mentions = thought.mentions.filter(
    (mention) => free(mention) && !(options.skip?.(mention) ?? false),
  );
  const included = mentions.filter((mention) => !isExcluded(thought, mention));
  const excluded = mentions.filter((mention) => isExcluded(thought, mention));
  let rows = options.within ?? thought.rows;
  const columns = new Set<number>();
  const used: Mention[] = [];
  const byColumn = new Map<number, Mention[]>();
  for (const mention of included)
    byColumn.set(mention.column, [...(byColumn.get(mention.column) ?? []), mention]);
  const groups = [...byColumn.values()].sort((a, b) => strength(b) - strength(a));
  for (const [nth, group] of groups.entries()) {
    if (nth > 0 && !thought.on("every-condition")) break;
    const kept = narrowed(rows, group);
    if (kept.length === 0) continue;
    rows = kept;
    for (const mention of group) {
      columns.add(mention.column);
      used.push(mention);
    }
  }
  for (const bound of bounds) {
    if (used.length > 0 && !thought.on("every-condition")) break;
    const set = new Set(bound.rows);
    const kept = rows.filter((row) => set.has(row));
    if (kept.length === 0) continue;
    rows = kept;
    columns.add(bound.column);
  }
  for (const mention of excluded) {
    if (!thought.on("exclude-named")) {
      if (used.length === 0) rows = mention.rows;
      continue;
    }
    const set = new Set(mention.rows);
    rows = rows.filter((row) => !set.has(row));
  }
  return { rows, columns, mentions: used };
}

function strength(group: readonly Mention[]): number {
  return Math.max(...group.map((mention) => (mention.whole ? 1 : 0) + (mention.to - mention.from)));
}

/** Rows of a group of mentions of one column: those with all of them if there are any, else with one of them. */
function narrowed(rows: readonly number[], group: readonly Mention[]): number[] {
  const sets = group.map(
    (mention) =>
      new Set(
        [mention, ...mention.others].flatMap((place) =>
          place === mention || place.column === mention.column ? place.rows : [],
        ),
      ),
  );
  const all = rows.filter((row) => sets.every((set) => set.has(row)));
  if (all.length > 0) return all;
  return rows.filter((row) => sets.some((set) => set.has(row)));
}
