import { cellsOf } from "../answer.ts";
import { headersIn } from "../headers.ts";
import { pairIn } from "../mentions.ts";
import type { SeenColumn } from "../table.ts";
import { keysOf, measureByName, type Reading, type Thought } from "../thought.ts";

const lesser =
  /\b(?:less|fewer|least|fewest|lower|lowest|earlier|earliest|first|before|older|oldest|smaller|smallest|shorter|shortest|faster|fastest|youngest|worst)\b/;
const inTime =
  /\b(?:earlier|later|earliest|latest|first|last|before|after|recent|recently|older|oldest|newer|newest|younger|youngest)\b/;
const better = /\b(?:better|higher|top|above|ahead)\b/;

/** Questions that offer two things: `who was older, A or B?`. */
export const eitherOr: Reading = (thought) => {
  const { words, text } = thought.question;
  const or = words.lastIndexOf("or");
  if (or < 0 || /\bhow many\b/.test(text)) return undefined;
  const right = thought.mentions.find(({ from }) => from > or && from <= or + 3);
  const left = thought.mentions.findLast(({ to }) => to <= or && to >= or - 3);
  const pair = left && right && pairIn([left, right]);
  if (!pair || !thought.on("either-or")) return undefined;
  const sides = pair.map(({ rows }) => rows.filter((row) => thought.rows.includes(row)));
  const [[a], [b]] = sides as [number[], number[]];
  if (a === undefined || b === undefined) return undefined;
  const home = pair[0].column;
  const column = comparedColumn(thought, [left.column, right.column, home], or);
  const sign = lesser.test(text) ? -1 : 1;
  if (!column) {
    const [left = [], right = []] = sides;
    const isFirst =
      left.length === right.length
        ? a < b === (sign < 0 || better.test(text))
        : left.length > right.length === sign > 0;
    return cellsOf([isFirst ? a : b], home);
  }
  const [x, y] = sides.map((rows) => sideValue(thought, column, rows, sign)) as [number?, number?];
  if (x === undefined || y === undefined || x === y)
    return cellsOf([x === undefined && y !== undefined ? b : a], home);
  // The best place has the least number; who is older has the greater age.
  const isAge = /\b(?:older|oldest|younger|youngest)\b/.test(text) && column.kind === "number";
  const turned = column.kind === "rank" || isAge ? -1 : 1;
  return cellsOf([sign * turned * (x - y) > 0 ? a : b], home);
};

/** The value of one side: the sum of its numbers, or the extreme of its dates or places. */
function sideValue(
  thought: Thought,
  column: SeenColumn,
  rows: readonly number[],
  sign: number,
): number | undefined {
  const keys = keysOf(thought, column, rows).filter((key) => key !== undefined);
  if (keys.length === 0) return undefined;
  if (column.kind === "number") return keys.reduce((sum, key) => sum + key, 0);
  return sign < 0 ? Math.min(...keys) : Math.max(...keys);
}

function comparedColumn(
  thought: Thought,
  taken: readonly number[],
  or: number,
): SeenColumn | undefined {
  const { table, question } = thought;
  const ordered = table.columns.filter(
    ({ kind, index }) => kind !== "text" && !taken.includes(index),
  );
  const dated = ordered.find(({ kind }) => kind === "date" || kind === "year");
  const age = table.columns.find(({ stems }) => stems.includes("age"));
  if (inTime.test(question.text) && (dated || age)) return dated ?? age;
  const [named] = headersIn(question, table, 0, or)
    .filter(({ score }) => score >= 0.5)
    .flatMap(({ column }) => ordered.find(({ index }) => index === column) ?? []);
  if (named) return measureByName(thought, named);
  const numeric = ordered.filter(({ kind }) => kind === "number");
  return numeric.length === 1 ? numeric[0] : undefined;
}
