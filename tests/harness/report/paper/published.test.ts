import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { printedRows } from "../../../../harness/report/paper/printed.ts";
import { paperTables, published } from "../../../support/paper/figures.ts";
import { copiedTables } from "../../../support/paper/places.ts";

describe("the published Avg follows from the published cells", () => {
  test.each([
    ["table1", 15],
    ["table6", 8],
  ] as const)("%s: %i rows, to 0.02 each", (table, count) => {
    const { rows } = printedRows(published(table));
    expect(rows).toHaveLength(count);
    for (const { avg, recomputedAvg } of rows)
      expect(Math.abs((recomputedAvg ?? Number.NaN) - (avg ?? Number.NaN))).toBeLessThanOrEqual(
        0.02,
      );
  });

  test("tables of other kinds have none", () => {
    for (const table of ["table2", "table3", "table4", "table5"] as const) {
      for (const row of printedRows(published(table)).rows)
        expect([row.avg, row.recomputedAvg]).toEqual([null, null]);
    }
  });
});

test("what a table of differences is against stands in the same table", () => {
  for (const table of paperTables) {
    const { rows } = published(table);
    for (const { against } of rows)
      if (against !== null) expect(rows.map(({ study }) => study)).toContain(against);
  }
});

test("table 6 is table 1 in absolute figures, where both have the condition", () => {
  const absolute = printedRows(published("table6")).rows.filter(
    ({ condition }) => condition === "agentic",
  );
  const main = printedRows(published("table1")).rows;
  expect(absolute).toHaveLength(4);
  for (const { author, mode, cells } of absolute) {
    const delta = main.find(
      (row) => row.condition === "+error" && row.author === author && row.mode === mode,
    );
    const start = main.find((row) => row.condition === delta?.against);
    for (const [user, figures] of Object.entries(cells)) {
      for (const [column, figure] of Object.entries(figures)) {
        const sum = (start?.cells[user]?.[column] ?? 0) + (delta?.cells[user]?.[column] ?? 0);
        expect(Math.abs(sum - figure)).toBeLessThan(0.02);
      }
    }
  }
});

const file = copiedTables();

describe.skipIf(file === undefined)(
  `the paper's tables, copied independently${file === undefined ? " (skipped: none at T2S_PAPER_DIR or ../shared/paper)" : ""}`,
  () => {
    const copied = file === undefined ? {} : JSON.parse(readFileSync(file, "utf8"));
    /** Every row of a table there, named as ours are. */
    const rowsThere = (table: string): readonly CopiedRow[] => {
      const { reference, evolved_deltas: deltas, rows } = copied[table];
      if (rows !== undefined) return rows;
      if (Array.isArray(reference)) return [...reference, ...deltas];
      return [
        { condition: "no-skill", user: reference["no-skill"] },
        ...Object.entries<CopiedRow["user"]>(deltas).map(([name, user]) => ({
          condition: "+error",
          author: name.replace("-authored +error", ""),
          user,
        })),
      ];
    };

    test.each(paperTables)("%s: every figure agrees, and none is missing", (table) => {
      const ours = printedRows(published(table)).rows;
      const theirs = rowsThere(table);
      expect(theirs.length).toBeGreaterThan(1);
      expect(ours.map(({ cells }) => cells)).toEqual(theirs.map(({ user }) => user));
      expect(ours.map(({ condition }) => condition)).toEqual(
        theirs.map((row) => row.condition ?? row.analysis),
      );
      expect(ours.map(({ author }) => author)).toEqual(theirs.map((row) => row.author ?? null));
      expect(ours.map(({ avg }) => avg)).toEqual(theirs.map((row) => row.avg ?? null));
      expect(ours.map(({ minutes }) => minutes)).toEqual(
        theirs.map((row) => row.time_minutes ?? null),
      );
      for (const [i, { mode }] of theirs.entries())
        if (mode !== undefined) expect(ours[i]?.mode).toBe(mode);
    });

    test("the source and the models are the same", () => {
      const { source, users } = published("table1");
      expect(source).toContain(copied.source);
      expect(Object.fromEntries(users.map(({ name, label }) => [name, label]))).toEqual(
        copied.models,
      );
    });
  },
);

interface CopiedRow {
  readonly condition?: string;
  readonly analysis?: string;
  readonly author?: string | null;
  readonly mode?: string | null;
  readonly user: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly avg?: number;
  readonly time_minutes?: number;
}
