import type { Family } from "../family.ts";
import { sum } from "../worker.ts";

/** Jobs that move rows or make a table. */
export const sheetLevel: readonly Family[] = [
  {
    name: "delete-rows",
    place: "ledger",
    says: [
      "Delete the <noun> whose <key> is <value>; the rows below move up.",
      'Remove all rows with the <key> "<value>" from the sheet <sheet> and close the gaps.',
      "Please drop every row where <key> is <value>, without leaving empty rows.",
    ],
    work({ entries, chosen, has }) {
      const gone = new Set(chosen());
      const left =
        gone.size > 0 && has("clear-leftovers") ? Array.from(gone, (row) => row.map(() => "")) : [];
      return [...entries.filter((row) => !gone.has(row)), ...left];
    },
    awk: `for (r = 1; r <= n; r++) if (!is(r)) { putrow(r); c++ }
if (clear_leftovers) for (; c < n; c++) putrow(0)`,
  },
  {
    name: "group-totals",
    place: "summary",
    says: [
      "On the sheet <target>, write one row for each <key> that occurs, in alphabetical order from row 2: its name in column A and its total <amount> in column B.",
      "Summarise the <noun> on the sheet <target>: column A the <key> (A to Z, from row 2), column B the sum of <amount>.",
      "Build a table on <target> from row 2 on with every <key> once, sorted alphabetically, and the total of its <amount> beside it.",
    ],
    work({ entries, at, fold, chosen, amounts, shown }) {
      const names = [...new Set(entries.map((row) => fold(at(row, "key"))))].sort();
      return names.map((name) => [name, shown(sum(amounts(chosen(name))))]);
    },
    awk: `for (r = 1; r <= n; r++) {
  k = fold(v[r, key])
  if (!(k in total)) {
    for (j = g++; j > 0 && names[j] > k; j--) names[j + 1] = names[j]
    names[j + 1] = k
  }
  total[k] += num(v[r, amount])
}
for (i = 1; i <= g; i++) put(names[i] "," shown(total[names[i]]))`,
  },
];
