import type { Form } from "./answer.ts";
import { affinity, headersIn } from "./headers.ts";
import type { Column } from "./table.ts";
import type { Thought } from "./thought.ts";

/** The column an answer is read from, and what of its cells. */
export interface AnswerColumn {
  readonly column: Column;
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
  const { table, question } = thought;
  const { words } = question;
  const asked = words.findIndex((word) =>
    /^(?:which|what|who|whom|where|when|whose|whats)$/.test(word),
  );
  const wh =
    asked >= 0
      ? asked
      : words.findIndex((word, at) => at < 6 && /^(?:name|list|me|identify)$/.test(word));
  const scores = table.columns.map(() => 0);
  const add = (column: number, score: number) => {
    scores[column] = Math.max(scores[column] ?? 0, score);
  };
  let form: Form = "cell";
  const word = wh >= 0 ? (words[wh] ?? "") : "";
  if (wh >= 0) {
    let end = wh + 1;
    while (end < words.length && end < wh + 6 && !verbs.test(words[end] ?? "")) {
      if (words[end] === "the" && end > wh + 1) break;
      end++;
    }
    for (const header of headersIn(question, table, wh + 1, end)) {
      add(header.column, header.score * 3 - (end - 1 - header.at) * 0.35);
    }
    if (word === "who" || word === "whom" || word === "whose")
      for (const column of table.columns) add(column.index, affinity("who", column) * 2.6);
    if (word === "where")
      for (const column of table.columns) add(column.index, affinity("where", column) * 3);
    if (word === "when")
      for (const column of table.columns) {
        add(
          column.index,
          Math.max(
            affinity("when", column) * 3,
            column.kind === "date" || column.kind === "year" ? 2.2 : 0,
          ),
        );
      }
    const nouns = words.slice(wh + 1, end);
    if (nouns.some((noun) => noun === "year" || noun === "years")) {
      for (const column of table.columns)
        if (column.kind === "year" || column.kind === "date")
          add(column.index, column.kind === "year" ? 2.6 : 2.2);
      form = "year";
    }
    if (nouns.some((noun) => /^(?:date|day)$/.test(noun)))
      for (const column of table.columns) if (column.kind === "date") add(column.index, 2.4);
    if (end === wh + 1 || end >= words.length) {
      const what = headersIn(question, table, end, Math.min(words.length, end + 5));
      for (const header of what)
        add(
          header.column,
          header.score * (word === "what" ? 2 : 1.1) - Math.max(0, header.at - end) * 0.25,
        );
    }
  } else {
    for (const header of headersIn(question, table, 0, words.length))
      add(header.column, header.score * 1.5 - header.at * 0.1);
  }
  let best: Column | undefined;
  let top = 0;
  for (const column of table.columns) {
    const score =
      (scores[column.index] ?? 0) - (taken.has(column.index) ? 1.6 : 0) - column.index * 0.01;
    if ((scores[column.index] ?? 0) > 0 && score > top) {
      best = column;
      top = score;
    }
  }
  const guess = leading(thought, taken, word);
  if (best && (best === guess || thought.on("asked-column")))
    return { column: best, form, score: top };
  return (
    guess && { column: guess, form: word === "when" || form === "year" ? form : "cell", score: 0 }
  );
}

/** The first column that names things: text, many different cells, no condition on it. */
function leading(thought: Thought, taken: ReadonlySet<number>, word: string): Column | undefined {
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
