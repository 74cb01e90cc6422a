import { fold } from "../../../../../harness/models/rule-based/kit.ts";
import { type Answer, cellsOf } from "../answer.ts";
import { answerColumn } from "../answer-column.ts";
import { type Selected, select } from "../conditions.ts";
import { headersIn } from "../headers.ts";
import { asksForSeveral } from "../question.ts";
import type { SeenColumn } from "../table.ts";
import { keysOf, measureByName, type Reading, type Thought } from "../thought.ts";

const greatest =
  /^(?:most|highest|largest|biggest|greatest|maximum|longest|tallest|latest|newest|oldest|heaviest|top|farthest|furthest|deepest|widest|recent|slowest)$/;
const least =
  /^(?:least|lowest|smallest|fewest|minimum|shortest|earliest|youngest|fastest|lightest|closest|quickest)$/;
const ofTime = /^(?:earliest|latest|oldest|youngest|newest|recent)$/;
/** Questions for the row with the greatest or least value of a column, or for the commonest cell. */
export const superlative: Reading = (thought) => {
  const { words } = thought.question;
  const at = words.findIndex(
    (word, nth) => words[nth - 1] !== "at" && (greatest.test(word) || least.test(word)),
  );
  if (at < 0) return undefined;
  const sign = greatest.test(words[at] ?? "") ? 1 : -1;
  const selected = select(thought);
  const compared = comparedColumn(thought, at, selected);
  if (!compared) return commonest(thought, sign, selected);
  const column = measureByName(thought, compared);
  // The best place has the least number, and who is oldest was born first.
  const isTurned =
    column.kind === "rank" ||
    (/^(?:oldest|youngest)$/.test(words[at] ?? "") && /^(?:date|year)$/.test(column.kind));
  const found = extremes(
    thought,
    { rows: selected.rows, keys: keysOf(thought, column, selected.rows) },
    isTurned ? -sign : sign,
  );
  const taken = new Set([...selected.columns, ...(asksValue(thought) ? [] : [column.index])]);
  const answer = answerColumn(thought, taken);
  return answer && found.length > 0 ? cellsOf(found, answer.column.index, answer.form) : undefined;
};

function asksValue(thought: Thought): boolean {
  return /^(?:what (?:is|was|were|are)|whats|how) (?:the )?(?:total )?(?:most|highest|largest|greatest|lowest|least|smallest|longest|shortest|fewest|biggest|top|maximum|minimum|latest|earliest|fastest)/.test(
    thought.question.text,
  );
}

/** Rows with the extreme key, and those that share it where the question asks for several. */
export function extremes(
  thought: Thought,
  { rows, keys }: { rows: readonly number[]; keys: readonly (number | undefined)[] },
  sign: number,
  limit = 1,
): number[] {
  const ranked = rows
    .flatMap((row, nth) => {
      const key = keys[nth];
      return key === undefined ? [] : [{ row, key: sign * key }];
    })
    .sort((a, b) => b.key - a.key || a.row - b.row);
  const worst = (ranked[limit - 1] ?? ranked.at(-1))?.key ?? 0;
  const tied = ranked.filter(({ key }) => key >= worst).map(({ row }) => row);
  return asksForSeveral(thought.question) ? tied : tied.slice(0, limit);
}

/** The column that the superlative compares: the one named after it, else one of its kind. */
function comparedColumn(
  thought: Thought,
  at: number,
  { columns }: Selected,
): SeenColumn | undefined {
  const { table, question } = thought;
  const word = question.words[at] ?? "";
  const ordered = table.columns.filter(({ kind }) => kind !== "text");
  const [named] = headersIn(question, table, at + 1, Math.min(question.words.length, at + 5))
    .map(({ column, score, at: place }) => ({ column, score: score - (place - at) * 0.04 }))
    .filter(({ column, score }) => score > 0.3 && !columns.has(column))
    .sort((a, b) => b.score - a.score)
    .flatMap(({ column }) => ordered.find(({ index }) => index === column) ?? []);
  if (named && !ofTime.test(word)) return named;
  const dated = ordered.find(({ kind }) => kind === "date" || kind === "year");
  if (dated && ofTime.test(word)) return dated;
  if (named) return named;
  const before = headersIn(question, table, 0, at).find(
    ({ column, score }) => table.columns[column]?.kind === "number" && score >= 0.55,
  );
  const isLast = at >= question.words.length - 2;
  return before && isLast ? table.columns[before.column] : undefined;
}

/** The cell that stands in most (or fewest) rows: `which team won the most times`. */
function commonest(thought: Thought, sign: number, selected: Selected): Answer | undefined {
  const answer = answerColumn(thought, selected.columns);
  if (!answer || answer.column.distinct === thought.table.rowCount) return undefined;
  const { column, form } = answer;
  if (!thought.on("count-groups")) return cellsOf(selected.rows.slice(0, 1), column.index, form);
  const groups = new Map<string, number[]>();
  for (const row of selected.rows) {
    const cell = fold(column.cells[row] ?? "");
    if (cell !== "") groups.set(cell, [...(groups.get(cell) ?? []), row]);
  }
  const firsts = [...groups.values()].map(([first = 0]) => first);
  const sizes = [...groups.values()].map((group) => group.length);
  return cellsOf(extremes(thought, { rows: firsts, keys: sizes }, sign), column.index, form);
}
