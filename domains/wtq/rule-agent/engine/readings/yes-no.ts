import type { Amount, Answer } from "../answer.ts";
import { select } from "../conditions.ts";
import { headersIn } from "../headers.ts";
import { measureOf, type Reading, type Thought } from "../thought.ts";

/** Questions to be answered with yes or no. */
export const yesNo: Reading = (thought) => {
  const { words } = thought.question;
  if (!/^(?:is|was|were|are|did|does|do|has|have|had|can|will)$/.test(words[0] ?? ""))
    return undefined;
  if (words.includes("or") || !thought.on("yes-or-no")) return undefined;
  return comparison(thought) ?? existence(thought);
};

/** Yes where the first of two things has more, or less, than the second. */
function comparison({ question, table, mentions, ...thought }: Thought): Answer | undefined {
  const way =
    /\b(more|higher|longer|larger|greater|older|better|bigger|later|less|fewer|lower|shorter|smaller|earlier)\b.*\bthan\b/.exec(
      question.text,
    )?.[1];
  const [a, b] = mentions;
  if (!way || !a || !b) return undefined;
  const header = headersIn(question, table, 0, question.words.length).find(
    ({ column }) => table.columns[column]?.kind === "number" && column !== a.column,
  );
  const column = table.columns[header?.column ?? -1];
  const isMeasured = column && measureOf({ ...thought, question, table, mentions }, column);
  const [left, right] = [a, b].map(
    ({ rows, column: home }): Amount =>
      column && isMeasured
        ? { of: "sum", rows: rows.slice(0, 1), column: column.index, loose: true }
        : { of: "rows", rows, column: home },
  ) as [Amount, Amount];
  return /^(?:less|fewer|lower|shorter|smaller|earlier)$/.test(way)
    ? { kind: "choice", left: right, right: left }
    : { kind: "choice", left, right };
}

/** Yes where a row fulfils all that is said. */
function existence(thought: Thought): Answer {
  const { mentions } = thought;
  const rows = select(thought).rows.filter((row) =>
    mentions.every((mention) =>
      [mention, ...mention.others].some(({ rows }) => rows.includes(row)),
    ),
  );
  return {
    kind: "choice",
    left: { of: "rows", rows: mentions.length === 0 ? [] : rows, column: 0 },
    right: { of: "constant", value: 0 },
  };
}
