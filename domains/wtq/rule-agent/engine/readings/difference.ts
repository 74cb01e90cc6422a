import { sumOf, type Tally } from "../answer.ts";
import { pairIn } from "../mentions.ts";
import { measureByName, measureOf, numbersNamed, type Reading } from "../thought.ts";

const asks =
  /\bhow (?:many|much) (?:\w+ ){0,3}?(?:more|less|fewer|longer|higher|taller|larger|older|greater|bigger|faster|further|deeper|heavier)\b|\bdifference\b/;

/** Questions for the difference of two things: of their values, or of how often they stand there. */
export const difference: Reading = (thought) => {
  const { table, question, mentions } = thought;
  const pair = asks.test(question.text) ? pairIn(mentions) : undefined;
  if (!pair) return undefined;
  const taken = new Set(pair.map(({ column }) => column));
  const numeric = table.columns.filter(({ kind, index }) => kind === "number" && !taken.has(index));
  const named = numbersNamed(thought, 0, question.words.length, taken);
  const value = named
    ? measureByName(thought, named)
    : numeric.length === 1
      ? numeric[0]
      : undefined;
  const measured = value && measureOf(thought, value) ? value : undefined;
  const [left, right] = pair.map(({ rows: all, column }): Tally => {
    const rows = all.filter((row) => thought.rows.includes(row));
    return measured ? sumOf(rows.slice(0, 1), measured) : { of: "rows", rows, column };
  }) as [Tally, Tally];
  return { kind: "amount", amount: { of: "gap", left, right } };
};
