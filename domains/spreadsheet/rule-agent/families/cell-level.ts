import type { Family } from "../family.ts";
import { sum } from "../worker.ts";

/** Jobs with one cell as the answer, or a column with one cell an entry. */
export const cellLevel: readonly Family[] = [
  {
    name: "total",
    place: "report",
    label: "Total",
    says: [
      "Add up the <amount> of all <noun> whose <key> is <value> and put the result into <cell>.",
      'I need the total <amount> for the <key> "<value>". Please write it to <cell>.',
      "What is the sum of <amount> where <key> is <value>? The result belongs in <cell>.",
    ],
    work: ({ chosen, amounts, shown }) => [[shown(sum(amounts(chosen())))]],
    awk: "for (r = 1; r <= n; r++) if (is(r)) s += num(v[r, amount]); put(shown(s))",
    formula: 'SUMIF(<key>,"<value>",<amount>)',
  },
  {
    name: "average",
    place: "report",
    label: "Average",
    says: [
      "What is the average <amount> where <key> is <value>, rounded to <digits> decimal place? Write it to <cell>.",
      'Put the mean <amount> of the <noun> whose <key> is "<value>" into <cell>, to <digits> decimal place.',
      "In <cell>, enter the average <amount> for <key> <value> with <digits> decimal place.",
    ],
    work({ chosen, amounts, shown, slots }) {
      const found = amounts(chosen());
      return [[found.length === 0 ? "" : shown(sum(found) / found.length, slots["digits"])]];
    },
    awk: `for (r = 1; r <= n; r++) if (is(r) && has(v[r, amount])) { s += num(v[r, amount]); c++ }
put(c ? shown(s / c) : "")`,
    formula: 'AVERAGEIF(<key>,"<value>",<amount>)',
  },
  {
    name: "product",
    place: "column",
    says: [
      "Fill the column <column> with <amount> times <factor> for all <noun>. Leave it empty where the <amount> is missing.",
      "For each row, multiply <amount> by <factor> and put the product into <column>; rows without a <amount> stay empty.",
      "Compute <column> as <amount> × <factor> in every row that has a <amount>, and nothing where it is missing.",
    ],
    work: ({ each, at, number, shown }) =>
      each((amount, row) => shown(amount * (number(at(row, "factor")) ?? 0))),
    awk: 'for (r = 1; r <= n; r++) put(gap(r) ? "" : shown(num(v[r, amount]) * num(v[r, factor])))',
  },
  {
    name: "flag",
    place: "column",
    label: "Check",
    says: [
      "In the column <column>, write Yes where the <amount> is at least <bound> and No otherwise. Leave it empty where there is no <amount>.",
      "Mark every row in <column> with Yes if its <amount> is <bound> or more, else with No; rows without a <amount> stay empty.",
      "Fill <column>: Yes for a <amount> of <bound> or higher, No for anything lower, nothing where the <amount> is missing.",
    ],
    work: ({ each, reaches }) => each((amount) => (reaches(amount) ? "Yes" : "No")),
    awk: 'for (r = 1; r <= n; r++) put(gap(r) ? "" : reaches(num(v[r, amount])) ? "Yes" : "No")',
  },
];
