import { pick } from "../../../../harness/models/rule-based/kit.ts";
import { type Book, type Cell, letters, withCell } from "./book.ts";
import { amounts, type Kind, position, rounded, sum } from "./kinds.ts";
import { addedColumn, type Field, isoDate, type Ledger } from "./ledger.ts";
import type { Theme } from "./themes.ts";

/** A task that fills a new column, one cell an entry. */
interface Filling {
  readonly name: string;
  readonly fields?: readonly Field[];
  readonly names?: true;
  /** The new column; its words are in the theme or fixed. */
  readonly heading: (theme: Theme) => string;
  readonly wordings: (theme: Theme, ledger: Ledger) => readonly string[];
  /** One cell for every entry. */
  readonly cells: (ledger: Ledger, wording: number) => readonly Cell[];
}

const FINAL_DAY = 45_657;

const fillings: readonly Filling[] = [
  {
    name: "product",
    fields: ["price"],
    heading: ({ product }) => product,
    wordings: (theme) => [
      `Fill the column ${theme.product} with ${theme.count.name} times ${theme.price.name} for all ${theme.noun}, rounded to 2 decimals. Leave it empty where the ${theme.count.name} is missing.`,
      `For each row, multiply ${theme.count.name} by ${theme.price.name} and put the product into ${theme.product}, to two decimal places; rows without a ${theme.count.name} stay empty.`,
      `Compute ${theme.product} as ${theme.count.name} × ${theme.price.name} with 2 decimals in every row that has a ${theme.count.name}.`,
    ],
    cells: ({ entries }) =>
      entries.map(({ facts: { count, price } }) =>
        count === null ? null : rounded((count * Math.round(price * 100)) / 100, 2),
      ),
  },
  {
    name: "flag",
    heading: () => "Check",
    wordings: (theme, { plan }) => [
      `In the column Check, write Yes where the ${theme.count.name} is at least ${plan.bound} and No otherwise. Leave it empty where there is no ${theme.count.name}.`,
      `Mark every row in Check with Yes if its ${theme.count.name} is ${plan.bound} or more, else with No; rows without a ${theme.count.name} stay empty.`,
      `Fill Check: Yes for a ${theme.count.name} of ${plan.bound} or higher, No for anything lower, nothing where the ${theme.count.name} is missing.`,
    ],
    cells: ({ entries, plan }) =>
      entries.map(({ facts: { count } }) => {
        if (count === null) return null;
        return count >= plan.bound ? "Yes" : "No";
      }),
  },
  {
    name: "rank",
    heading: () => "Rank",
    wordings: (theme) => [
      `Fill the column Rank: the highest ${theme.count.name} is 1, and equal values share a rank. Rows without a ${theme.count.name} stay empty.`,
      `Rank the ${theme.noun} by ${theme.count.name} in the column Rank, largest first; ties get the same rank, and the next rank is skipped. Leave Rank empty where the ${theme.count.name} is missing.`,
      `Write into Rank which place each row takes by ${theme.count.name} (1 is the largest, equal amounts get equal places), nothing where it has no ${theme.count.name}.`,
    ],
    cells: (ledger) => {
      const all = amounts(ledger);
      return ledger.entries.map(({ facts: { count } }) =>
        count === null ? null : 1 + all.filter((amount) => amount > count).length,
      );
    },
  },
  {
    name: "running",
    heading: () => "Running Total",
    wordings: (theme) => [
      `Fill the column Running Total with the sum of ${theme.count.name} from the first row down to each row. A missing ${theme.count.name} counts as 0.`,
      `Put the cumulative ${theme.count.name} of every row into Running Total; where a ${theme.count.name} is missing the total stays as it was.`,
      `In Running Total, add up ${theme.count.name} row by row (a blank adds nothing).`,
    ],
    cells: ({ entries }) => {
      let total = 0;
      return entries.map(({ facts }) => {
        total += facts.count ?? 0;
        return total;
      });
    },
  },
  {
    name: "share",
    heading: () => "Share",
    wordings: (theme) => [
      `Fill the column Share with each row's percentage of the total ${theme.count.name}, rounded to one decimal (12.5 for 12.5%). Rows without a ${theme.count.name} stay empty.`,
      `How much of the whole ${theme.count.name} is each row, in percent? Write it to Share with 1 decimal as a plain number such as 12.5, and nothing where the ${theme.count.name} is missing.`,
      `Compute Share = ${theme.count.name} / total ${theme.count.name} × 100 to one decimal place in every row that has a ${theme.count.name}.`,
    ],
    cells: (ledger) => {
      const total = sum(amounts(ledger));
      return ledger.entries.map(({ facts: { count } }) =>
        count === null ? null : rounded((count * 100) / total, 1),
      );
    },
  },
  {
    name: "clean",
    names: true,
    heading: ({ who }) => `Clean ${who.name}`,
    wordings: ({ who }) => [
      `Fill the column Clean ${who.name} with the ${who.name} of each row, without extra spaces and with every word capitalised.`,
      `Put a tidy version of ${who.name} into Clean ${who.name}: no leading, trailing or double spaces, each word beginning with a capital and the rest in small letters.`,
      `In Clean ${who.name}, repeat the ${who.name} in proper case with single spaces between the words.`,
    ],
    cells: ({ entries }) => entries.map(({ facts }) => facts.who),
  },
  {
    name: "calendar",
    fields: ["date"],
    heading: () => "Period",
    wordings: (theme) => [
      `Fill the column Period with the number of the month (1 to 12) of each ${theme.date}.`,
      `Put the year of the ${theme.date} into the column Period for all ${theme.noun}.`,
      `In Period, write how many days there are from the ${theme.date} to ${isoDate(FINAL_DAY)}.`,
    ],
    cells: ({ entries }, wording) =>
      entries.map(({ facts }) => {
        const iso = isoDate(facts.date);
        if (wording === 0) return Number(iso.slice(5, 7));
        return wording === 1 ? Number(iso.slice(0, 4)) : FINAL_DAY - facts.date;
      }),
  },
];

/** Words for what is not found, by wording; the last leaves the cell empty. */
const notFound: readonly (string | null)[] = ["Not found", "unknown", null];

const lookUpColumn: Kind = {
  name: "look-up-column",
  needs: (theme, rng) => ({
    added: [theme.lookup.value],
    sheets: [
      {
        name: theme.lookup.sheet,
        rows: [
          [theme.kind.name, theme.lookup.value],
          ...known(theme).map((at) => [
            rng.next() < 0.4
              ? (theme.kind.values[at] ?? "").toUpperCase()
              : (theme.kind.values[at] ?? ""),
            theme.lookup.values[at] ?? "",
          ]),
        ],
      },
    ],
  }),
  pose(ledger, rng) {
    const { theme } = ledger.plan;
    const { lookup, kind } = theme;
    const wording = pick(rng, [0, 1, 2]);
    const wordings = [
      `Fill the column ${lookup.value} on the sheet ${theme.sheet} with the ${lookup.value} that the sheet ${lookup.sheet} gives for each ${kind.name}. Where there is none, write "${notFound[0]}".`,
      `For each row, look up the ${kind.name} on the sheet ${lookup.sheet} and put its ${lookup.value} into the column ${lookup.value}; if it is not listed, write "${notFound[1]}".`,
      `Bring the ${lookup.value} of every ${kind.name} over from the sheet ${lookup.sheet} into the column ${lookup.value}, and leave the cell empty where the ${kind.name} is not listed there.`,
    ];
    const cells = ledger.entries.map(({ facts }) => {
      const at = known(theme).find((index) => kind.values[index] === facts.kind);
      return at === undefined ? (notFound[wording] ?? null) : (lookup.values[at] ?? null);
    });
    return posed(ledger, lookup.value, wordings[wording] ?? "", cells);
  },
};

/** The first kind is on no look-up sheet. */
function known(theme: Theme): readonly number[] {
  return [...theme.kind.values.keys()].slice(1);
}

/** The kinds of tasks that fill a column, by name. */
export const oneColumnKinds: Readonly<Record<string, Kind>> = Object.fromEntries(
  [lookUpColumn, ...fillings.map(kindOf)].map((kind) => [kind.name, kind]),
);

function kindOf(filling: Filling): Kind {
  return {
    name: filling.name,
    needs: (theme) => ({
      added: [filling.heading(theme)],
      ...(filling.fields === undefined ? {} : { fields: filling.fields }),
      ...(filling.names ? { names: true } : {}),
    }),
    pose(ledger, rng) {
      const { theme } = ledger.plan;
      const wordings = filling.wordings(theme, ledger);
      const wording = pick(rng, [...wordings.keys()]);
      return posed(
        ledger,
        filling.heading(theme),
        wordings[wording] ?? "",
        filling.cells(ledger, wording),
      );
    },
  };
}

function posed(ledger: Ledger, heading: string, instruction: string, cells: readonly Cell[]) {
  const { book, sheet, first, last, totalsRow, plan } = ledger;
  const column = addedColumn(plan, heading);
  let golden: Book = book;
  for (const [index, cell] of cells.entries())
    if (cell !== null) golden = withCell(golden, sheet, first + index, column, cell);
  const letter = letters(column);
  return {
    instruction,
    type: "Cell-Level Manipulation" as const,
    answerPosition: position(book, sheet, `${letter}${first}:${letter}${totalsRow ?? last}`),
    golden,
  };
}
