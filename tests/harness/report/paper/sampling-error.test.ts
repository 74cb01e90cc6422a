import { describe, expect, test } from "vitest";
import { paperAverage, paperEstimate } from "../../../../harness/report/paper/sampling-error.ts";
import { wilsonInterval } from "../../../../harness/stats/wilson.ts";
import { paperTables, published, smallPaperTable } from "../../../support/paper/figures.ts";

const table = smallPaperTable();
const [plain, delta] = table.rows;
if (plain === undefined || delta === undefined) throw new Error("two rows");
const width = ([low, high]: readonly [number, number]) => high - low;

describe("a figure of the paper", () => {
  test("has the interval of as many independent episodes as there were tasks and runs", () => {
    expect(paperEstimate(table, plain, "large", "sheets")).toEqual({
      value: 0.4,
      interval: wilsonInterval(40, 100),
    });
    expect(paperEstimate(table, plain, "large", "tables")).toEqual({
      value: 0.3,
      interval: wilsonInterval(120, 400),
    });
  });

  test("as a difference errs on both its sides", () => {
    const { value, interval } = paperEstimate(table, delta, "large", "sheets");
    const [before, after] = [wilsonInterval(40, 100), wilsonInterval(50, 100)];
    expect(value).toBe(0.1);
    expect(interval[0]).toBeCloseTo(0.1 - Math.hypot(0.5 - after[0], before[1] - 0.4), 12);
    expect(interval[1]).toBeCloseTo(0.1 + Math.hypot(after[1] - 0.5, 0.4 - before[0]), 12);
  });

  test("is inside its interval, which is never empty, for all that is published", () => {
    for (const name of paperTables) {
      const paper = published(name);
      for (const row of paper.rows) {
        for (const { name: user } of paper.users) {
          for (const { id } of paper.columns) {
            const { value, interval } = paperEstimate(paper, row, user, id);
            expect(interval[0]).toBeLessThanOrEqual(value);
            expect(interval[1]).toBeGreaterThanOrEqual(value);
            expect(width(interval)).toBeGreaterThan(0.001);
            expect(width(interval)).toBeLessThan(0.3);
          }
        }
      }
    }
  });
});

describe("an average of the paper", () => {
  test("is the printed one, with an interval between that of full dependence and of none", () => {
    const estimate = paperAverage(table, plain);
    expect(estimate?.value).toBe(0.3);
    const errors = (user: string) =>
      ["sheets", "shares"].map((id) => width(paperEstimate(table, plain, user, id).interval) / 8);
    const families = ["large", "small"].flatMap((user) => {
      const [a = 0, b = 0] = errors(user);
      return [a + b, width(paperEstimate(table, plain, user, "tables").interval) / 4];
    });
    const span = width(estimate?.interval ?? [0, 0]);
    expect(span).toBeGreaterThan(Math.hypot(...families) * 0.9);
    expect(span).toBeLessThan(Math.hypot(...families) * 1.1);
  });

  test("is missing where the paper prints none", () => {
    const { avg: _, ...row } = plain;
    expect(paperAverage(table, row)).toBeUndefined();
  });
});
