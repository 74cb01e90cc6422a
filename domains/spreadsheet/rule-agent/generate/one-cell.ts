import { pick } from "../../../../harness/models/rule-based/kit.ts";
import { letters, withCell } from "./book.ts";
import { amounts, type Kind, type Posed, position, rounded, sum } from "./kinds.ts";
import { type Ledger, labelledCell } from "./ledger.ts";
import type { Theme } from "./themes.ts";

/** A question whose answer is one cell: beside a label at the ledger, or on a sheet for reports. */
interface Question {
  readonly name: string;
  readonly label: string;
  readonly onReport: boolean;
  readonly fields?: readonly ("price" | "status")[];
  readonly names?: true;
  readonly wordings: (theme: Theme, ledger: Ledger, cell: string) => readonly string[];
  readonly answer: (ledger: Ledger) => number | string;
}

const questions: readonly Question[] = [
  {
    name: "total",
    label: "Total",
    onReport: false,
    wordings: (theme, { plan }, cell) => [
      `Add up the ${theme.count.name} of all ${theme.noun} whose ${theme.kind.name} is ${plan.kind} and put the result into ${cell}.`,
      `I need the total ${theme.count.name} for the ${theme.kind.name} "${plan.kind}". Please write it to ${cell}.`,
      `What is the sum of ${theme.count.name} where ${theme.kind.name} is ${plan.kind}? The result belongs in ${cell}.`,
    ],
    answer: (ledger) => sum(amounts(ledger, ledger.plan.kind)),
  },
  {
    name: "count",
    label: "Number",
    onReport: true,
    wordings: (theme, { plan }, cell) => [
      `How many ${theme.noun} have the ${theme.kind.name} ${plan.kind}? Write the number to ${cell}.`,
      `Count the ${theme.noun} whose ${theme.kind.name} is "${plan.kind}"; the count goes into ${cell}.`,
      `In ${cell}, enter the number of ${theme.noun} with ${theme.kind.name} ${plan.kind}.`,
    ],
    answer: ({ entries, plan }) => entries.filter(({ facts }) => facts.kind === plan.kind).length,
  },
  {
    name: "count-from",
    label: "Enough",
    onReport: false,
    wordings: (theme, { plan }, cell) => [
      `Count the ${theme.noun} with a ${theme.count.name} of at least ${plan.bound} and write the number to ${cell}.`,
      `How many ${theme.noun} have a ${theme.count.name} of ${plan.bound} or more? The number belongs in ${cell}.`,
      `In ${cell}, enter how many ${theme.noun} reach a ${theme.count.name} of ${plan.bound}, that is ${plan.bound} or higher.`,
    ],
    answer: (ledger) => amounts(ledger).filter((amount) => amount >= ledger.plan.bound).length,
  },
  {
    name: "distinct",
    label: "Different",
    onReport: true,
    names: true,
    wordings: (theme, _, cell) => [
      `How many different values of ${theme.who.name} are there? Write the number to ${cell}.`,
      `Count each ${theme.who.name} once, however often it occurs, and put the count into ${cell}.`,
      `In ${cell}, enter the number of distinct entries under ${theme.who.name}.`,
    ],
    answer: ({ entries }) => new Set(entries.map(({ facts }) => facts.who)).size,
  },
  {
    name: "highest",
    label: "Highest",
    onReport: true,
    wordings: (theme, _, cell) => [
      `Which of the ${theme.noun} has the largest ${theme.count.name}? Write its ${theme.code.name} to ${cell}.`,
      `Put the ${theme.code.name} with the highest ${theme.count.name} into ${cell}.`,
      `Find the biggest ${theme.count.name} and enter the ${theme.code.name} of that row in ${cell}.`,
    ],
    answer: ({ entries }) =>
      entries.reduce((best, entry) =>
        (entry.facts.count ?? -1) > (best.facts.count ?? -1) ? entry : best,
      ).facts.code,
  },
  {
    name: "average",
    label: "Average",
    onReport: false,
    wordings: (theme, { plan }, cell) => [
      `What is the average ${theme.count.name} where ${theme.kind.name} is ${plan.kind}, rounded to 2 decimals? Write it to ${cell}.`,
      `Put the mean ${theme.count.name} of the ${theme.noun} whose ${theme.kind.name} is "${plan.kind}" into ${cell}, to two decimal places.`,
      `In ${cell}, enter the average ${theme.count.name} for ${theme.kind.name} ${plan.kind} with 2 decimals.`,
    ],
    answer: (ledger) => {
      const values = amounts(ledger, ledger.plan.kind);
      return rounded(sum(values) / values.length, 2);
    },
  },
  {
    name: "look-up",
    label: "Found",
    onReport: false,
    fields: ["price"],
    wordings: (theme, { plan }, cell) => [
      `What is the ${theme.price.name} of ${codeAt(theme, plan)}? Write it to ${cell}.`,
      `Look up ${theme.code.name} ${codeAt(theme, plan)} and put its ${theme.price.name} into ${cell}.`,
      `In ${cell}, enter the ${theme.price.name} that belongs to the ${theme.code.name} ${codeAt(theme, plan)}.`,
    ],
    answer: ({ entries, plan }) => {
      const code = codeAt(plan.theme, plan);
      const found = entries.find(({ facts }) => facts.code === code);
      if (found === undefined) throw new Error(`there is no ${code}`);
      return found.facts.price;
    },
  },
];

const REPORT = "Report";

/** The kinds of tasks with one cell as the answer, by name. */
export const oneCellKinds: Readonly<Record<string, Kind>> = Object.fromEntries(
  questions.map((question) => [question.name, kindOf(question)]),
);

function kindOf(question: Question): Kind {
  return {
    name: question.name,
    needs: () => ({
      ...(question.fields === undefined ? {} : { fields: question.fields }),
      ...(question.names ? { names: true } : {}),
      ...(question.onReport
        ? { sheets: [{ name: REPORT, rows: [["Figure", "Value"], [question.label]] }] }
        : { labels: [question.label] }),
    }),
    pose(ledger, rng): Posed {
      const { plan, book } = ledger;
      const { row, column } = question.onReport
        ? { row: 2, column: 2 }
        : labelledCell(plan, question.label);
      const sheet = question.onReport ? REPORT : ledger.sheet;
      const place = `${letters(column)}${row}`;
      const cell = question.onReport ? `cell ${place} of the sheet ${REPORT}` : `cell ${place}`;
      return {
        instruction: pick(rng, question.wordings(plan.theme, ledger, cell)),
        type: "Cell-Level Manipulation",
        answerPosition: position(book, sheet, place),
        golden: withCell(book, sheet, row, column, question.answer(ledger)),
      };
    },
  };
}

/** The third entry's, whatever its values are. */
function codeAt(theme: Theme, { firstCode }: { readonly firstCode: number }): string {
  return `${theme.code.prefix}-${firstCode + 2}`;
}
