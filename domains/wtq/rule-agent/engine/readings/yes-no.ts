import type { Amount, Answer } from "../answer.ts";
import { select } from "../conditions.ts";
import { headersIn } from "../headers.ts";
import { measureOf, type Reading, type Thought } from "../thought.ts";

/** Questions to be answered with yes or no. */
export const yesNo: Reading = (thought) => {
  const { words, text } = thought.question;
  if (
    !/^(?:is|was|were|are|did|does|do|has|have|had|can|will)$/.test(words[0] ?? "") ||
    words.includes("or")
  )
    return undefined;
  if (!thought.on("yes-or-no")) return undefined;
  return comparison(thought, text) ?? existence(thought);
};

function comparison(thought: Thought, text: string): Answer | undefined {
  const way =
    /\b(more|higher|longer|larger|greater|older|better|bigger|later|less|fewer|lower|shorter|smaller|earlier)\b.*\bthan\b/.exec(
      text,
    )?.[1];
  const [a, b] = thought.mentions;
  if (!way || !a || !b) return undefined;
  const header = headersIn(thought.question, thought.table, 0, thought.question.words.length).find(
    (found) => thought.table.columns[found.column]?.kind === "number" && found.column !== a.column,
  );
  const column = thought.table.columns[header?.column ?? -1];
  const measure = column && measureOf(thought, column);
  const amount = (rows: readonly number[], home: number): Amount =>
    column && measure
      ? { of: "sum", rows: rows.slice(0, 1), column: column.index, measure }
      : { of: "rows", rows, column: home };
  const op = /^(?:less|fewer|lower|shorter|smaller|earlier)$/.test(way) ? "<" : ">";
  return {
    kind: "choice",
    left: amount(a.rows, a.column),
    right: amount(b.rows, b.column),
    op,
    yes: "yes",
    no: "no",
  };
}

/** Yes when a row fulfils all that is said. */
function existence(thought: Thought): Answer {
  const selected = select(thought);
  const rows =
    thought.mentions.length === 0
      ? []
      : selected.rows.filter((row) =>
          thought.mentions.every((mention) =>
            [mention, ...mention.others].some((place) => place.rows.includes(row)),
          ),
        );
  return {
    kind: "choice",
    left: { of: "rows", rows, column: 0 },
    right: { of: "constant", value: 0 },
    op: ">",
    yes: "yes",
    no: "no",
  };
}
