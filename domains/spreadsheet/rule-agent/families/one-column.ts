import type { Family } from "../family.ts";

/** Jobs that fill a column, one cell an entry. */
export const oneColumn: readonly Family[] = [
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
  {
    name: "rank",
    place: "column",
    label: "Rank",
    says: [
      "Fill the column <column>: the highest <amount> is 1, and equal values share a rank. Rows without a <amount> stay empty.",
      "Rank the <noun> by <amount> in the column <column>, largest first; ties get the same rank, and the next rank is skipped. Leave <column> empty where the <amount> is missing.",
      "Write into <column> the rank of each row by <amount> (1 is the largest, equal amounts get equal ranks), nothing where it has no <amount>.",
    ],
    work({ allAmounts, has }) {
      const amounts = allAmounts();
      return amounts.map((amount, place) => {
        if (amount === undefined) return [""];
        const above = amounts.filter((other) => other !== undefined && other > amount).length;
        const before = amounts.slice(0, place).filter((other) => other === amount).length;
        return [String(1 + above + (before > 0 && !has("ties-share") ? before : 0))];
      });
    },
    awk: `for (r = 1; r <= n; r++) if (!gap(r)) have[r] = num(v[r, amount])
for (r = 1; r <= n; r++) {
  if (!(r in have)) { put(""); continue }
  p = 1
  for (o in have) if (have[o] > have[r] || (!ties_share && o + 0 < r && have[o] == have[r])) p++
  put(p)
}`,
  },
];
