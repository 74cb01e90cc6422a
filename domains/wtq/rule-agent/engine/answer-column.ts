import type { Form } from "./answer.ts";
import { affinity, headersIn } from "./headers.ts";
import type { SeenColumn } from "./table.ts";
import type { Thought } from "./thought.ts";

/** The column an answer is read from, and what of its cells. */
export interface AnswerColumn {
  readonly column: SeenColumn;
  readonly form: Form;
  /** How well the question names it: 0 when it was only a guess. */
  readonly score: number;
}

const verbs =
  /^(?:is|was|were|are|did|does|do|has|have|had|will|can|could|would|came|come|won|win|got|get|finish|finished|scored|played|took|made|that|which|who|whose|with|in|on|for|to|from|by|at|after|before|when)$/;

/**
 * Chooses the column the question asks for: the one that the words after `which`, `what`, `who`,
 * `where` or `when` name, else the table's leading text column.
 *
 * @param taken columns that state conditions; an answer from them would repeat the question.
 */
export function answerColumn(
  thought: Thought,
  taken: ReadonlySet<number>,
): AnswerColumn | undefined {
  const { words } = thought.question;
  const asked = words.findIndex((word) => /^(?:wh(?:ich|at|om?|ere|en|ose)|whats)$/.test(word));
  const other = words.findIndex((word, at) => at < 6 && /^(?:name|list|me|identify)$/.test(word));
  const wh = asked >= 0 ? asked : other;
  const word = words[wh] ?? "";
  const end = wh < 0 ? 0 : endOfNouns(words, wh);
  const nouns = words.slice(wh + 1, end);
  const form = nouns.some((noun) => /^years?$/.test(noun)) ? "year" : "cell";
  const named = namedColumns(thought, wh, end);
  const [best] = thought.table.columns
    .map((column) => {
      const score = Math.max(named.get(column.index) ?? 0, suits(column, word, nouns));
      const penalty = (taken.has(column.index) ? 1.6 : 0) + column.index * 0.01;
      return { column, score: score > 0 ? score - penalty : 0 };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  const guess = leading(thought, taken, word);
  if (best && (best.column === guess || thought.on("asked-column"))) return { ...best, form };
  return guess && { column: guess, form, score: 0 };
}

/** Where the nouns after a word such as `which` end. */
function endOfNouns(words: readonly string[], wh: number): number {
  const end = words.findIndex(
    (word, at) => at > wh && (at >= wh + 6 || verbs.test(word) || (word === "the" && at > wh + 1)),
  );
  return end < 0 ? words.length : end;
}

/** How well the question names columns: in the nouns after `which`, or soon after the verb, or anywhere. */
function namedColumns({ table, question }: Thought, wh: number, end: number): Map<number, number> {
  const scores = new Map<number, number>();
  const add = (from: number, to: number, weight: number, loss: (at: number) => number) => {
    for (const { column, score, at } of headersIn(question, table, from, to))
      scores.set(column, Math.max(scores.get(column) ?? 0, score * weight - loss(at)));
  };
  const { words } = question;
  if (wh < 0) add(0, words.length, 1.5, (at) => at * 0.1);
  else add(wh + 1, end, 3, (at) => (end - 1 - at) * 0.35);
  if (wh >= 0 && (end === wh + 1 || end >= words.length))
    add(end, end + 5, words[wh] === "what" ? 2 : 1.1, (at) => Math.max(0, at - end) * 0.25);
  return scores;
}

/** How well the cells of a column are what a word such as `who` and the nouns after it ask for. */
function suits(column: SeenColumn, word: string, nouns: readonly string[]): number {
  const isDated = column.kind === "date" || column.kind === "year";
  const scores = [0];
  if (/^who(?:m|se)?$/.test(word)) scores.push(affinity("who", column) * 2.6);
  if (word === "where") scores.push(affinity("where", column) * 3);
  if (word === "when") scores.push(affinity("when", column) * 3, isDated ? 2.2 : 0);
  if (isDated && nouns.some((noun) => /^years?$/.test(noun)))
    scores.push(column.kind === "year" ? 2.6 : 2.2);
  if (column.kind === "date" && nouns.some((noun) => /^(?:date|day)$/.test(noun))) scores.push(2.4);
  return Math.max(...scores);
}

/** The first column that names things: text, many different cells, no condition on it. */
function leading(
  thought: Thought,
  taken: ReadonlySet<number>,
  word: string,
): SeenColumn | undefined {
  const free = thought.table.columns.filter((column) => !taken.has(column.index));
  const texts = free.filter(
    (column) => column.kind === "text" && column.header !== "" && column.distinct > 1,
  );
  const distinct = texts.find(
    (column) => column.distinct > thought.table.rowCount * (word === "who" ? 0.5 : 0.6),
  );
  return (
    distinct ??
    texts[0] ??
    free.find((column) => column.kind !== "rank") ??
    free[0] ??
    thought.table.columns[0]
  );
}
