import type { Amount } from "../answer.ts";
import { headersIn } from "../headers.ts";
import { measureOf, type Reading, type Thought } from "../thought.ts";

const asks =
  /\bhow (?:many|much) (?:\w+ ){0,3}?(?:more|less|fewer|longer|higher|taller|larger|older|greater)\b|\bhow many (?:more|less|fewer)\b|\bdifference\b|\bhow much (?:longer|taller|higher|larger|more|older|bigger|faster|greater|further|deeper|heavier|less)\b/;

/** Questions for the difference of two things: of their values, or of how often they stand there. */
export const difference: Reading = (thought) => {
  const { question } = thought;
  if (!asks.test(question.text)) return undefined;
  const pair = pairOf(thought);
  if (!pair) return undefined;
  const [a, b] = pair;
  const absolute = thought.on("absolute-difference");
  const column = valueColumn(thought, [a.column, b.column]);
  const amount = (rows: readonly number[], home: number): Amount => {
    if (column === undefined) return { of: "rows", rows, column: home };
    return { of: "sum", rows: rows.slice(0, 1), column: column.index, measure: column.measure };
  };
  const rows = (list: readonly number[]) => list.filter((row) => thought.rows.includes(row));
  return {
    kind: "amount",
    amount: {
      of: "minus",
      left: amount(rows(b.rows), b.column),
      right: amount(rows(a.rows), a.column),
      absolute,
    },
    unit: thought.on("bare-number") ? "" : (column?.noun ?? "more"),
  };
};

interface Side {
  readonly column: number;
  readonly rows: readonly number[];
}

/** The two things compared: mentions of one column, the last two of the question. */
function pairOf(thought: Thought): [Side, Side] | undefined {
  const { mentions } = thought;
  for (let second = mentions.length - 1; second > 0; second--) {
    for (let first = second - 1; first >= 0; first--) {
      const [a, b] = [mentions[first], mentions[second]];
      if (!a || !b) continue;
      for (const left of [a, ...a.others]) {
        for (const right of [b, ...b.others])
          if (left.column === right.column) return [left, right];
      }
    }
  }
  return undefined;
}

function valueColumn(
  thought: Thought,
  taken: readonly number[],
): { index: number; measure: "loose" | "bare"; noun: string } | undefined {
  const { table, question } = thought;
  for (const header of headersIn(question, table, 0, question.words.length)) {
    const column = table.columns[header.column];
    if (!column || taken.includes(header.column) || header.score < 0.5 || column.kind !== "number")
      continue;
    const first = table.columns.find(
      (other) => other.kind === "number" && !taken.includes(other.index),
    );
    if (first && first !== column && !thought.on("named-measure"))
      return { index: first.index, measure: "loose", noun: question.words[header.at] ?? "" };
    const measure = measureOf(thought, column);
    if (measure === undefined)
      return { index: column.index, measure: "bare", noun: column.stems[0] ?? "" };
    return { index: column.index, measure: "loose", noun: question.words[header.at] ?? "" };
  }
  const numeric = table.columns.filter(
    (column) => column.kind === "number" && !taken.includes(column.index),
  );
  const [only] = numeric;
  if (only && numeric.length === 1 && measureOf(thought, only))
    return { index: only.index, measure: "loose", noun: "" };
  return undefined;
}
