import { type Answer, cellsOf } from "./answer.ts";
import { answerColumn } from "./answer-column.ts";
import { select } from "./conditions.ts";
import { asksForSeveral } from "./question.ts";
import { difference } from "./readings/difference.ts";
import { eitherOr } from "./readings/either-or.ts";
import { firstLast } from "./readings/first-last.ts";
import { quantity } from "./readings/how-many.ts";
import { neighbour } from "./readings/neighbour.ts";
import { superlative } from "./readings/superlative.ts";
import { yesNo } from "./readings/yes-no.ts";
import type { Reading, Thought } from "./thought.ts";

/** Every other question: the answer column of the rows that fulfil the conditions. */
const lookUp: Reading = (thought) => {
  const { rows, columns } = select(thought);
  const narrowed = columns.size > 0 || rows.length < thought.rows.length;
  const answer = answerColumn(thought, columns);
  const all = narrowed && asksForSeveral(thought.question);
  return answer && cellsOf(all ? rows : rows.slice(0, 1), answer.column.index, answer.form);
};

/** From the most particular kind of question to the most general. */
const readings = [yesNo, eitherOr, difference, neighbour, quantity, superlative, firstLast, lookUp];

/** The first reading that makes something of the question; the first cell where none does. */
export function understand(thought: Thought): Answer {
  for (const reading of readings) {
    const answer = reading(thought);
    if (answer) return answer;
  }
  return cellsOf([0], 0);
}
