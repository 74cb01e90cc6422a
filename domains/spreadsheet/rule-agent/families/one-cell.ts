import type { Family } from "../family.ts";
import { sum } from "../worker.ts";

/** Jobs with one cell as the answer. */
export const oneCell: readonly Family[] = [
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
    name: "count",
    place: "report",
    label: "Number",
    says: [
      "How many <noun> have the <key> <value>? Write the number to <cell>.",
      'Count the <noun> whose <key> is "<value>"; the count goes into <cell>.',
      "In <cell>, enter the number of <noun> with <key> <value>.",
    ],
    work: ({ chosen }) => [[String(chosen().length)]],
    awk: "for (r = 1; r <= n; r++) if (is(r)) c++; put(c + 0)",
    formula: 'COUNTIF(<key>,"<value>")',
  },
  {
    name: "count-from",
    place: "report",
    label: "Enough",
    says: [
      "Count the <noun> with a <amount> of at least <bound> and write the number to <cell>.",
      "How many <noun> have a <amount> of <bound> or more? The number belongs in <cell>.",
      "In <cell>, enter how many <noun> reach a <amount> of <bound>, that is <bound> or higher.",
    ],
    work: ({ entries, amounts, reaches }) => [[String(amounts(entries).filter(reaches).length)]],
    awk: "for (r = 1; r <= n; r++) if (has(v[r, amount]) && reaches(num(v[r, amount]))) c++; put(c + 0)",
    formula: 'COUNTIF(<amount>,">=<bound>")',
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
    choices: { digits: ["1"] },
    work({ chosen, amounts, shown }) {
      const found = amounts(chosen());
      return [[found.length === 0 ? "" : shown(sum(found) / found.length)]];
    },
    awk: `for (r = 1; r <= n; r++) if (is(r) && has(v[r, amount])) { s += num(v[r, amount]); c++ }
put(c ? shown(s / c) : "")`,
    formula: 'AVERAGEIF(<key>,"<value>",<amount>)',
  },
];
