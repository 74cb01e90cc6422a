import { describe, expect, test } from "vitest";
import { InputError } from "../../../../harness/errors.ts";
import { averageShares, recomputedAverage } from "../../../../harness/report/paper/average.ts";
import { figureOf, readPaperTable } from "../../../../harness/report/paper/figures.ts";
import {
  figuresText,
  paperTables,
  published,
  smallPaperTable,
} from "../../../support/paper/figures.ts";

describe("reading", () => {
  test("every table has a figure for every user, row and column", () => {
    for (const table of paperTables) {
      const { rows, users, columns } = published(table);
      expect(rows.length).toBeGreaterThan(1);
      for (const { cells } of rows)
        for (const { name } of users) expect(cells[name]).toHaveLength(columns.length);
    }
  });

  test.each(["table9", "toString", ""])(
    "a table called %j is refused, with those there are",
    (name) => {
      const read = () => readPaperTable(figuresText, "figures.json", name);
      expect(read).toThrow(InputError);
      expect(read).toThrow(/Name one of table1, table2, table3, table4, table5, table6\./);
    },
  );

  test.each([
    ["{", /not JSON/],
    ["{}", /source/],
    [
      figuresText.replace('"columns": ["vrf", "soft"', '"columns": ["vrf", "hard2"'),
      /no benchmark hard2/,
    ],
    [
      figuresText.replace("[27.67, 28.9, 17.57, 21.5]", "[27.67, 28.9, 17.57]"),
      /no-skill has not a figure/,
    ],
  ])("a damaged file is refused, not printed (%#)", (text, problem) => {
    expect(() => readPaperTable(text, "figures.json", "table1")).toThrow(problem);
  });

  test("figures are fractions, whatever they are printed in", () => {
    const [row] = published("table3").rows;
    if (row === undefined) throw new Error("no row");
    expect(figureOf(published("table3"), row, "122B", "anls")).toBe(0.6424);
    expect(figureOf(published("table3"), row, "122B", "acc")).toBeCloseTo(0.712, 12);
  });
});

describe("the Avg rule", () => {
  test("families weigh the same, however many columns they have", () => {
    const shares = averageShares(smallPaperTable());
    expect(shares.map(({ user, column, weight }) => [user, column, weight])).toEqual([
      ["large", "sheets", 1 / 8],
      ["large", "shares", 1 / 8],
      ["large", "tables", 1 / 4],
      ["small", "sheets", 1 / 8],
      ["small", "shares", 1 / 8],
      ["small", "tables", 1 / 4],
    ]);
  });

  test("plain figures and differences are averaged alike", () => {
    const table = smallPaperTable();
    expect(table.rows.map((row) => recomputedAverage(table, row))).toEqual([
      (40 + 60 + 20 + 40) / 8 + (30 + 10) / 4,
      (10 + 20 + 5 + 5) / 8 + (-10 + 0) / 4,
    ]);
  });
});
