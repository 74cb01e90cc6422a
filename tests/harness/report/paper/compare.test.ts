import { describe, expect, test } from "vitest";
import { InputError } from "../../../../harness/errors.ts";
import {
  compareWithPaper,
  type PaperComparison,
} from "../../../../harness/report/paper/compare.ts";
import type { PaperTable } from "../../../../harness/report/paper/figures.ts";
import { buildTable } from "../../../../harness/report/table.ts";
import type { ArmFacts, TableInput } from "../../../../harness/report/table-input.ts";
import { smallPaperTable } from "../../../support/paper/figures.ts";
import { paperStudy, tried } from "../../../support/paper/study.ts";

function compared(input: TableInput = paperStudy(), paper: PaperTable = smallPaperTable()) {
  return compareWithPaper(paper, input, buildTable(input), "rows.json");
}

const rowOf = (comparison: PaperComparison, condition: string, author: string | null = "large") => {
  const row = comparison.rows.find(
    (each) => each.condition === condition && each.author === author,
  );
  if (row === undefined) throw new Error(`no row ${condition} by ${author}`);
  return row;
};
const cellOf = (comparison: PaperComparison, condition: string, user: string, column: string) => {
  const cell = rowOf(comparison, condition).cells.find(
    (each) => each.user === user && each.column === column,
  );
  if (cell === undefined) throw new Error("no cell");
  return cell;
};
const without = (input: TableInput, drop: (arm: ArmFacts) => boolean): TableInput => ({
  ...input,
  arms: input.arms.filter((arm) => !drop(arm)),
});

describe("a cell", () => {
  test("has the figure and interval of the main table, as a mean or as the same paired difference", () => {
    const input = paperStudy();
    const table = buildTable(input);
    const comparison = compared(input);
    for (const row of table.rows.filter(({ condition }) => condition !== "no-skill")) {
      const isPlain = row.condition === "parametric";
      const cell = cellOf(comparison, isPlain ? "draft" : "+error", row.user, row.split);
      expect([cell.ours, cell.oursCi95, cell.metric, cell.episodes]).toEqual(
        isPlain
          ? [row.mean, row.ci95, row.metric, row.graded]
          : [row.delta, row.deltaCi95, row.metric, row.pairs],
      );
    }
  });

  test("says how far ours is from the paper's, and whether that may be chance", () => {
    const cell = cellOf(compared(), "+error", "large", "sheets");
    expect(cell.paper).toBe(0.1);
    expect(cell.difference).toBeCloseTo((cell.ours ?? Number.NaN) - 0.1, 6);
    const [low, high] = cell.differenceCi95 ?? [1, -1];
    expect(cell.compatible).toBe(low <= 0 && high >= 0);
    expect(low).toBeLessThanOrEqual(cell.difference ?? 0);
    expect(high).toBeGreaterThanOrEqual(cell.difference ?? 0);
  });

  test("of all passes beside a paper's 40% is not compatible, of about 40% is", () => {
    const shares = (share: number) => {
      const input = paperStudy();
      const arms = input.arms.map((arm) =>
        arm.condition === "parametric" ? { ...arm, observations: tried(share, "one") } : arm,
      );
      return cellOf(compared({ ...input, arms }), "draft", "large", "sheets").compatible;
    };
    expect([shares(1), shares(0.4)]).toEqual([false, true]);
  });

  test("of several samples is their mean, not whether one of them passed", () => {
    const input = paperStudy();
    const arms = input.arms.flatMap((arm) =>
      arm.split === "tables"
        ? [
            { ...arm, metric: "pass@8", observations: tried(1, "pass") },
            { ...arm, metric: "avg@8" },
          ]
        : [arm],
    );
    const cell = cellOf(compared({ ...input, arms }), "draft", "small", "tables");
    expect([cell.metric, cell.ours]).toEqual([
      "avg@8",
      cellOf(compared(input), "draft", "small", "tables").ours,
    ]);
  });

  test("that was not run says so, and keeps the paper's figure", () => {
    const input = without(
      paperStudy(),
      ({ condition, user }) => condition === "creation+error" && user === "small",
    );
    expect(cellOf(compared(input), "+error", "small", "sheets")).toMatchObject({
      ...{ ours: null, absent: "not run", difference: null, compatible: null },
      paper: 0.05,
    });
  });

  test("without its baseline is no figure", () => {
    const input = without(paperStudy(), ({ condition }) => condition === "parametric");
    expect(cellOf(compared(input), "+error", "large", "sheets")).toMatchObject({
      ours: null,
      absent: "baseline not run",
    });
  });

  test("is withheld where the graded shares are too far apart, as in the main table", () => {
    const input = paperStudy();
    const arms = input.arms.map((arm) =>
      arm.condition === "creation+error"
        ? {
            ...arm,
            observations: arm.observations.map((item, i) =>
              i < 4 ? { ...item, score: undefined } : item,
            ),
          }
        : arm,
    );
    expect(cellOf(compared({ ...input, arms }), "+error", "large", "sheets").absent).toBe(
      "graded 90% against 100%",
    );
  });
});

describe("the average", () => {
  test("weighs both families alike, and the columns and users of each", () => {
    const comparison = compared();
    for (const condition of ["draft", "+error"]) {
      const { cells, avg } = rowOf(comparison, condition);
      const expected = cells.reduce(
        (sum, { column, ours }) =>
          sum + (ours ?? Number.NaN) * (column === "tables" ? 1 / 4 : 1 / 8),
        0,
      );
      expect(avg?.ours).toBeCloseTo(expected, 5);
      const [low, high] = avg?.oursCi95 ?? [1, 0];
      expect(low).toBeLessThan(avg?.ours ?? 0);
      expect(high).toBeGreaterThan(avg?.ours ?? 1);
    }
  });

  test("stands beside the printed one", () => {
    expect(rowOf(compared(), "+error").avg?.paper).toBe(0.025);
  });

  test("columns that measure the same episodes are no more evidence than one", () => {
    const input = paperStudy();
    const same = (arm: ArmFacts) => ({
      ...arm,
      observations: tried(0.5, `${arm.condition} ${arm.user}`),
    });
    const arms = input.arms.map((arm) => (arm.split === "tables" ? arm : same(arm)));
    const twice = rowOf(compared({ ...input, arms }), "draft").avg?.oursCi95 ?? [0, 0];
    const independent = arms.map((arm) =>
      arm.split === "shares"
        ? {
            ...arm,
            observations: arm.observations.map((item) => ({
              ...item,
              group: `other ${item.group}`,
            })),
          }
        : arm,
    );
    const apart = rowOf(compared({ ...input, arms: independent }), "draft").avg?.oursCi95 ?? [0, 0];
    expect(apart[1] - apart[0]).toBeLessThan(twice[1] - twice[0]);
  });

  test("is none where a cell is missing, since a mean of the rest would be another one's", () => {
    const input = without(
      paperStudy(),
      ({ condition, user, split }) =>
        condition === "parametric" && user === "small" && split === "tables",
    );
    expect(rowOf(compared(input), "draft").avg).toMatchObject({
      ours: null,
      absent: "not all cells of the row",
      paper: 0.3,
    });
  });
});

describe("rows", () => {
  test("a draft whose author the paper does not name stands there once for every author of ours", () => {
    const input = paperStudy();
    const bySmall = input.arms
      .filter(({ condition }) => condition === "parametric")
      .map((arm) => ({ ...arm, author: "small", observations: tried(0.5, `small ${arm.split}`) }));
    const { rows } = compared({ ...input, arms: [...input.arms, ...bySmall] });
    expect(rows.map(({ condition, author }) => [condition, author])).toEqual([
      ["draft", "small"],
      ["draft", "large"],
      ["+error", "large"],
    ]);
  });

  test("where the author is the user, each user has its own skill", () => {
    const row = {
      ...{ condition: "seq", study: "creation+error", author: null, mode: "creation" },
      ...{ against: null, cells: { large: [50, 50, 50], small: [50, 50, 50] }, minutes: 15 },
    };
    const paper = smallPaperTable({ authorIsUser: true, rows: [row] });
    const input = paperStudy();
    const made = (seconds: number) => ({
      skills: 2,
      rollouts: 3,
      spent: { calls: 1, inputTokens: 1, outputTokens: 1, unmetered: 0, costUsd: null },
      seconds,
    });
    const arms = input.arms
      .filter(({ condition }) => condition === "creation+error")
      .flatMap((arm) => [
        { ...arm, making: made(90) },
        { ...arm, author: "small", observations: tried(0.9, "small"), making: made(30) },
      ]);
    const comparison = compared(
      { ...input, arms: arms.map((arm) => ({ ...arm, baseline: null })) },
      paper,
    );
    expect(comparison.rows).toHaveLength(1);
    const [only] = comparison.rows;
    const observed = tried(0.9, "small");
    const mean = observed.reduce((sum, { score }) => sum + (score ?? 0), 0) / observed.length;
    expect(only?.cells.find(({ user }) => user === "small")?.ours).toBe(mean);
    expect(only?.minutes).toEqual({ paper: 15, ours: { large: 1.5, small: 0.5 } });
    expect(only?.avg).toBeNull();
  });

  test("training tasks are no result", () => {
    const input = paperStudy();
    const arms = input.arms.map((arm) =>
      arm.condition === "creation+error" ? { ...arm, train: true as const } : arm,
    );
    expect(cellOf(compared({ ...input, arms }), "+error", "large", "sheets").absent).toBe(
      "not run",
    );
  });

  test("a study that has nothing of the table is refused, with the names it would take", () => {
    const input = paperStudy();
    const renamed = {
      ...input,
      splits: ["test"],
      asked: [],
      arms: input.arms
        .filter(({ split }) => split === "sheets")
        .map((arm) => ({ ...arm, split: "test" })),
    };
    expect(() => compared(renamed)).toThrow(InputError);
    expect(() => compared(renamed)).toThrow(
      /rows\.json: no arm of this study belongs to the paper's table1\. Call users large and small, splits sheets, shares, tables and conditions parametric, creation\+error/,
    );
  });
});
