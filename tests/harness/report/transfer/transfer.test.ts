import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { InputError } from "../../../../harness/errors.ts";
import { formats } from "../../../../harness/report/formats.ts";
import { buildTable } from "../../../../harness/report/table.ts";
import type { ArmFacts, TableInput } from "../../../../harness/report/table-input.ts";
import { buildTransfer, hasTransfer } from "../../../../harness/report/transfer/transfer.ts";
import { renderTransfer } from "../../../../harness/report/transfer/transfer-text.ts";
import { paperStudy } from "../../../support/paper/study.ts";
import { armOf, episodes, smallStudy } from "../../../support/table-facts.ts";

const source = (input: TableInput, where = "rows.json") => ({
  input,
  table: buildTable(input),
  where,
});
const transferOf = (...inputs: TableInput[]) => buildTransfer(inputs.map((input) => source(input)));

/** 40 tasks in 20 groups, of which the first so many pass. */
const passing = (count: number) =>
  episodes({
    41: "1".repeat(count) + "0".repeat(40 - count),
    42: "1".repeat(count) + "0".repeat(40 - count),
  });
/** One skill by `large` for both users beside no skill; the main table compares it with a draft. */
function study(figures: { readonly small: number; readonly large: number }): TableInput {
  const user = (name: "small" | "large"): ArmFacts[] => [
    armOf("no-skill", passing(20), { user: name }),
    armOf("parametric", passing(0), { user: name, author: "large" }),
    armOf("creation+error", passing(figures[name]), {
      ...{ user: name, author: "large", mode: "creation" },
      baseline: { condition: "parametric", author: "large" },
    }),
  ];
  return smallStudy({
    conditions: ["no-skill", "parametric", "creation+error"],
    arms: [...user("small"), ...user("large")],
  });
}
const cellsOf = (input: TableInput) =>
  transferOf(input).rows.filter(({ condition }) => condition === "creation+error");

describe("a cell", () => {
  test("is against the same user without a skill, whatever the main table's baseline", () => {
    const [small, large] = cellsOf(study({ small: 28, large: 16 }));
    expect(small).toMatchObject({
      ...{ user: "small", author: "large", own: false, mean: 0.7, without: 0.5, pairs: 80 },
    });
    expect(small?.delta).toBeCloseTo(0.2, 12);
    expect(large).toMatchObject({ user: "large", own: true, mean: 0.4, without: 0.5 });
    expect(large?.delta).toBeCloseTo(-0.1, 12);
  });

  test.each([
    [8, "harms"],
    [18, "lower"],
    [20, null],
    [22, null],
    [34, "helps"],
  ])("%i of 40 tasks against 20 without: %s", (count, verdict) => {
    const [cell] = cellsOf(study({ small: count, large: 20 }));
    expect(cell?.verdict).toBe(verdict);
    const [low, high] = cell?.ci95 ?? [0, 0];
    if (verdict === "harms") expect(high).toBeLessThan(0);
    if (verdict === "lower") expect([low < 0, high >= 0]).toEqual([true, true]);
    if (verdict === "helps") expect(low).toBeGreaterThan(0);
  });

  test("has no delta where the user was not run without a skill on that split", () => {
    const input = study({ small: 30, large: 30 });
    const arms = input.arms.filter(
      ({ condition, user }) => condition !== "no-skill" || user !== "small",
    );
    const [small] = transferOf({ ...input, arms }).rows.filter(({ user }) => user === "small");
    expect(small).toMatchObject({ delta: null, verdict: null, absent: "baseline not run" });
  });
});

describe("the matrix", () => {
  test("has every author, user, domain and split, and no cell of training tasks", () => {
    const { rows } = transferOf(paperStudy());
    expect(rows).toHaveLength(2 * 2 * 3);
    expect(new Set(rows.map(({ domain, split }) => `${domain} ${split}`))).toEqual(
      new Set(["workbooks sheets", "workbooks shares", "questions tables"]),
    );
    const input = paperStudy();
    const trained = input.arms.map((arm) =>
      arm.split === "tables" ? { ...arm, train: true as const } : arm,
    );
    expect(transferOf({ ...input, arms: trained }).rows).toHaveLength(2 * 2 * 2);
  });

  test("joins several runs, and tells two runs of one study apart", () => {
    const [first, second] = [paperStudy(), study({ small: 30, large: 30 })];
    const joined = transferOf(first, { ...second, study: "other" });
    expect(joined.rows).toHaveLength(12 + 4);
    expect(new Set(joined.rows.map((row) => row.study))).toEqual(new Set(["toy", "other"]));
    const twice = buildTransfer([source(first, "a/rows.json"), source(second, "b/rows.json")]);
    expect(new Set(twice.rows.map((row) => row.study))).toEqual(
      new Set(["toy in a/rows.json", "toy in b/rows.json"]),
    );
    const text = renderTransfer(twice, "terminal");
    expect(text).toContain("study toy in a");
  });

  test.each([
    ["no-skill", /no no-skill arm/],
    ["creation+error", /no skill, so nothing/],
  ])("a run without %s is refused", (condition, problem) => {
    const input = study({ small: 30, large: 30 });
    const arms = input.arms.filter((arm) =>
      condition === "no-skill" ? arm.condition !== condition : arm.condition === "no-skill",
    );
    expect(() => transferOf({ ...input, arms })).toThrow(InputError);
    expect(() => transferOf({ ...input, arms })).toThrow(problem);
  });

  test("is written by itself only where a model's skill and no skill were run", () => {
    const input = study({ small: 30, large: 30 });
    const only = (keep: (arm: ArmFacts) => boolean) => ({
      ...input,
      arms: input.arms.filter(keep),
    });
    expect([
      hasTransfer(input),
      hasTransfer(only(({ condition }) => condition === "no-skill")),
      hasTransfer(only(({ condition }) => condition !== "no-skill")),
    ]).toEqual([true, false, false]);
  });
});

describe("for people", () => {
  const transfer = transferOf(study({ small: 8, large: 18 }));

  test("negative transfer is marked, harder where the whole interval is below 0", () => {
    const lines = renderTransfer(transfer, "terminal").split("\n");
    const line = lines.find((text) => text.includes("creation+error"));
    expect(line).toMatch(/-30\.0 \[[-0-9., ]+\] !! /);
    expect(line).toMatch(/-5\.0 \[[-0-9., ]+\] ! /);
  });

  test("what it counts is what it shows", () => {
    const text = renderTransfer(transfer, "md").replaceAll("\\", "");
    // Drafts pass nothing: both users are harmed by them, and small by the evolved skill.
    expect(text).toContain(
      "All cells: 3 of 4 cells have an interval below 0 (!!), 1 more a figure below 0",
    );
    expect(text).toContain("in the hands of another model: 2 of 2 cells have an interval below 0");
  });

  test("every format has every cell", () => {
    for (const format of formats) {
      const text = renderTransfer(transfer, format);
      expect(text.endsWith("\n")).toBe(true);
      expect(text).toContain("creation+error");
    }
    const rows = parse(renderTransfer(transfer, "csv"), { columns: true });
    expect(rows).toHaveLength(4);
    expect(rows).toContainEqual(
      expect.objectContaining({
        user: "small",
        condition: "creation+error",
        verdict: "harms",
        own: "false",
      }),
    );
    expect(JSON.parse(renderTransfer(transfer, "json")).rows).toEqual(transfer.rows);
  });
});
