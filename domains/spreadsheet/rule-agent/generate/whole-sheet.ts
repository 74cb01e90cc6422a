import { pick } from "../../../../harness/models/rule-based/kit.ts";
import { type Book, type Cell, letters, type Sheet } from "./book.ts";
import { amounts, type Kind, type Posed, position, sum } from "./kinds.ts";
import { type Entry, heading, type Ledger } from "./ledger.ts";

const SELECTION = "Selection";
const LIST = "List";
const SUMMARY = "Summary";

const sort: Kind = {
  name: "sort",
  needs: () => ({ fields: ["date"], without: ["text-dates"] }),
  pose(ledger, rng) {
    const { theme } = ledger.plan;
    const by = pick(rng, ["count", "count", "date"] as const);
    const down = by === "count" && rng.next() < 0.6;
    const name = heading(theme, by);
    const order = by === "date" ? "oldest first" : down ? "largest first" : "smallest first";
    const instruction = pick(rng, [
      `Sort the ${theme.noun} on the sheet ${theme.sheet} by ${name}, ${order}.`,
      `Put the rows of ${theme.sheet} in order of ${name} (${order}).`,
      `Please rearrange all ${theme.noun} so that they are sorted by ${name}, ${order}.`,
    ]);
    const keyOf = ({ facts }: Entry) => facts[by];
    const sorted = ledger.entries.toSorted((a, b) => {
      const [left, right] = [keyOf(a), keyOf(b)];
      // Rows without a value come last, whichever way the others go.
      if (left === null || right === null) return Number(left === null) - Number(right === null);
      return down ? right - left : left - right;
    });
    return posed(ledger, instruction, sorted, ledger.columnCount);
  },
};

const removeDuplicates: Kind = {
  name: "remove-duplicates",
  needs: () => ({ duplicates: true, without: ["totals", "text-dates"] }),
  pose(ledger, rng) {
    const { theme } = ledger.plan;
    const instruction = pick(rng, [
      `Remove the duplicate rows from the sheet ${theme.sheet}: keep the first of each and close the gaps.`,
      `Some ${theme.noun} were entered twice. Delete the repeated rows, keep the first one each time, and leave no empty rows in between.`,
      `Make every row of ${theme.sheet} unique; later copies are to be dropped and the rows below move up.`,
    ]);
    return posed(ledger, instruction, [...new Set(ledger.entries)], ledger.columnCount);
  },
};

const deleteRows: Kind = {
  name: "delete-rows",
  needs: () => ({ fields: ["status"], without: ["totals", "text-dates"] }),
  pose(ledger, rng) {
    const { theme, status } = ledger.plan;
    const instruction = pick(rng, [
      `Delete the ${theme.noun} whose ${theme.status.name} is ${status}; the rows below move up.`,
      `Remove all rows with the ${theme.status.name} "${status}" from the sheet ${theme.sheet} and close the gaps.`,
      `Please drop every row where ${theme.status.name} is ${status}, without leaving empty rows.`,
    ]);
    const kept = ledger.entries.filter(({ facts }) => facts.status !== status);
    return posed(ledger, instruction, kept, ledger.columnCount);
  },
};

const copyRows: Kind = {
  name: "copy-rows",
  needs: (theme) => ({
    fields: ["status"],
    without: ["text-dates"],
    sheets: [{ name: SELECTION, rows: [[`${theme.sheet} selected`]] }],
  }),
  pose(ledger, rng) {
    const { theme, status } = ledger.plan;
    const instruction = pick(rng, [
      `Copy the ${theme.noun} whose ${theme.status.name} is ${status} to the sheet ${SELECTION}, all columns from ${columnsOf(ledger)}, from row 2 on, in the same order.`,
      `List all rows with the ${theme.status.name} "${status}" on the sheet ${SELECTION} from row 2 down, with the columns from ${columnsOf(ledger)} and in the order they have now.`,
      `The sheet ${SELECTION} should hold every row where ${theme.status.name} is ${status}, columns ${columnsOf(ledger)}, beginning in row 2.`,
    ]);
    const chosen = ledger.entries.filter(({ facts }) => facts.status === status);
    const range = `A2:${letters(ledger.columnCount)}${ledger.entries.length + 1}`;
    return {
      instruction,
      type: "Sheet-Level Manipulation",
      answerPosition: position(ledger.book, SELECTION, range),
      golden: filled(
        ledger.book,
        SELECTION,
        chosen.map(({ cells }) => cells),
      ),
    };
  },
};

const listKinds: Kind = {
  name: "list-kinds",
  needs: (theme) => ({ sheets: [{ name: LIST, rows: [[theme.kind.name]] }] }),
  pose(ledger, rng) {
    const { theme } = ledger.plan;
    const instruction = pick(rng, [
      `List every ${theme.kind.name} once on the sheet ${LIST}, in alphabetical order, from A2 down.`,
      `On the sheet ${LIST}, write the different values of ${theme.kind.name} in column A from row 2, sorted from A to Z.`,
      `Put each ${theme.kind.name} that occurs into column A of ${LIST}, one a row from A2, alphabetically and without repeats.`,
    ]);
    return {
      instruction,
      type: "Sheet-Level Manipulation",
      answerPosition: position(ledger.book, LIST, `A2:A${1 + theme.kind.values.length}`),
      golden: filled(
        ledger.book,
        LIST,
        kindsOf(ledger).map((kind) => [kind]),
      ),
    };
  },
};

const groupTotals: Kind = {
  name: "group-totals",
  needs: (theme) => ({ sheets: [{ name: SUMMARY, rows: [[theme.kind.name, "Total"]] }] }),
  pose(ledger, rng) {
    const { theme } = ledger.plan;
    const instruction = pick(rng, [
      `On the sheet ${SUMMARY}, write one row for each ${theme.kind.name} that occurs, in alphabetical order from row 2: its name in column A and its total ${theme.count.name} in column B.`,
      `Summarise the ${theme.noun} on the sheet ${SUMMARY}: column A the ${theme.kind.name} (A to Z, from row 2), column B the sum of ${theme.count.name}.`,
      `Build a table on ${SUMMARY} from row 2 on with every ${theme.kind.name} once, sorted alphabetically, and the total of its ${theme.count.name} beside it.`,
    ]);
    const rows = kindsOf(ledger).map((kind) => [kind, sum(amounts(ledger, kind))]);
    return {
      instruction,
      type: "Sheet-Level Manipulation",
      answerPosition: position(ledger.book, SUMMARY, `A2:B${1 + theme.kind.values.length}`),
      golden: filled(ledger.book, SUMMARY, rows),
    };
  },
};

const fillSummary: Kind = {
  name: "fill-summary",
  needs: (theme) => ({
    sheets: [
      {
        name: SUMMARY,
        rows: [[theme.kind.name, "Result"], ...theme.kind.values.map((it) => [it])],
      },
    ],
  }),
  pose(ledger, rng) {
    const { theme } = ledger.plan;
    const counts = rng.next() < 0.4;
    const instruction = counts
      ? pick(rng, [
          `On the sheet ${SUMMARY}, fill column B with the number of ${theme.noun} of each ${theme.kind.name} in column A.`,
          `Count the ${theme.noun} for every ${theme.kind.name} that is listed on ${SUMMARY} and write the counts into its column B.`,
        ])
      : pick(rng, [
          `On the sheet ${SUMMARY}, fill column B with the total ${theme.count.name} of each ${theme.kind.name} in column A.`,
          `Add up ${theme.count.name} for every ${theme.kind.name} that is listed on ${SUMMARY} and write the sums into its column B.`,
        ]);
    const golden = ledger.book.map((sheet) =>
      sheet.name === SUMMARY
        ? {
            ...sheet,
            rows: sheet.rows.map((row, index) => {
              const [kind] = row;
              if (index === 0 || typeof kind !== "string") return row;
              const matching = ledger.entries.filter(({ facts }) => facts.kind === kind);
              return [kind, counts ? matching.length : sum(amounts(ledger, kind))];
            }),
          }
        : sheet,
    );
    return {
      instruction,
      type: "Sheet-Level Manipulation",
      answerPosition: position(ledger.book, SUMMARY, `B2:B${1 + theme.kind.values.length}`),
      golden,
    };
  },
};

/** The kinds of tasks that are about rows or whole sheets, by name. */
export const wholeSheetKinds: Readonly<Record<string, Kind>> = Object.fromEntries(
  [sort, removeDuplicates, deleteRows, copyRows, listKinds, groupTotals, fillSummary].map(
    (kind) => [kind.name, kind],
  ),
);

function columnsOf({ columnCount }: Ledger): string {
  return `A to ${letters(columnCount)}`;
}

function kindsOf({ entries }: Ledger): readonly string[] {
  return [...new Set(entries.map(({ facts }) => facts.kind))].sort();
}

/** A sheet that has headings, with rows below them. */
function filled(book: Book, name: string, rows: readonly (readonly Cell[])[]): Book {
  return book.map(
    (sheet): Sheet =>
      sheet.name === name ? { name, rows: [...sheet.rows.slice(0, 1), ...rows] } : sheet,
  );
}

/** The ledger with other entries; what they leave free is empty, and the totals stay where the entries end. */
function posed(
  ledger: Ledger,
  instruction: string,
  entries: readonly Entry[],
  width: number,
): Posed {
  const { book, sheet, first, last, totalsRow } = ledger;
  const golden = book.map((it): Sheet => {
    if (it.name !== sheet) return it;
    const rows = it.rows.map((row, index): readonly Cell[] => {
      const at = index + 1 - first;
      if (at < 0 || index + 1 > last) return row;
      const cells = entries[at]?.cells ?? Array.from({ length: width }, () => null);
      return [...cells, ...row.slice(width)];
    });
    return { name: it.name, rows };
  });
  return {
    instruction,
    type: "Sheet-Level Manipulation",
    answerPosition: position(book, sheet, `A${first}:${letters(width)}${totalsRow ?? last}`),
    golden,
  };
}
