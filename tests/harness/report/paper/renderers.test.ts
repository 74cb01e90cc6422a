import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { formats } from "../../../../harness/report/formats.ts";
import { compareWithPaper } from "../../../../harness/report/paper/compare.ts";
import { renderCompared } from "../../../../harness/report/paper/compared-text.ts";
import { renderPrinted } from "../../../../harness/report/paper/printed.ts";
import { buildTable } from "../../../../harness/report/table.ts";
import { paperTables, published, smallPaperTable } from "../../../support/paper/figures.ts";
import { paperStudy } from "../../../support/paper/study.ts";

describe("a table as the paper has it", () => {
  test("table 1 in one piece, signed where figures are differences", () => {
    const text = renderPrinted(published("table1"), "terminal");
    expect(Math.max(...text.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(120);
    expect(text.match(/┌/g)).toHaveLength(1);
    const row = (name: string) =>
      text
        .split("\n")
        .find((line) => line.includes(name))
        ?.split("│")
        .map((cell) => cell.trim())
        .filter(Boolean);
    expect(row("no-skill")?.join(" ")).toBe(
      "no-skill 27.67 28.90 17.57 21.50 19.00 18.00 4.60 13.33 18.35 18.35",
    );
    expect(row("creation +combined, 35B")?.join(" ")).toBe(
      "creation +combined, 35B -0.84 -9.17 -1.63 +30.82 -0.17 +4.40 +1.26 +18.00 +11.69 +11.69",
    );
  });

  test("ANLS has its four decimals, editing its minutes", () => {
    expect(renderPrinted(published("table3"), "md")).toContain(
      "| creation +error, 35B | +0.0093 |",
    );
    expect(renderPrinted(published("table4"), "md")).toMatch(
      /\| deepening seq-b1, the user \|.*\| 60 \|\n/,
    );
  });

  test("as JSON it has the keys that scripts rely on", () => {
    const { rows } = JSON.parse(renderPrinted(published("table6"), "json"));
    expect(rows).toHaveLength(8);
    expect(rows[1]).toMatchObject({
      ...{ condition: "single-call", author: "122B", mode: "deepening", avg: 28.58 },
    });
    expect(rows[1].recomputedAvg).toBeCloseTo(28.58, 2);
  });

  test("every table in every format names its source", () => {
    for (const table of paperTables) {
      for (const format of formats.filter((each) => each !== "csv"))
        expect(renderPrinted(published(table), format)).toContain("2603.25158v3");
      const rows = parse(renderPrinted(published(table), "csv"), { columns: true });
      expect(rows).toHaveLength(published(table).rows.length);
    }
  });
});

describe("a study beside the paper", () => {
  const input = paperStudy();
  const comparison = compareWithPaper(smallPaperTable(), input, buildTable(input), "rows.json");

  test("a cell has ours, the paper's and the difference, marked where it may be chance", () => {
    const text = renderCompared(comparison, "md");
    const line = text.split("\n").find((each) => each.startsWith("| +error"));
    const cells = line?.split(" | ").slice(1, 7) ?? [];
    expect(cells).toHaveLength(6);
    const figures = comparison.rows.find(({ condition }) => condition === "+error")?.cells ?? [];
    for (const [i, cell] of cells.entries()) {
      expect(cell).toMatch(
        /^ours [+-]?\d+\.\d \[[-0-9., ]+\]<br>paper [+-]?\d+\.\d<br>diff [+-]?\d+\.\d( =)?$/,
      );
      expect(cell.endsWith(" =")).toBe(figures[i]?.compatible);
    }
  });

  test("the caption says what was measured, on what data, and how the paper's error was approximated", () => {
    for (const format of ["terminal", "md", "tex"] as const) {
      const text = renderCompared(comparison, format).replaceAll(/\s+/g, " ");
      expect(text).toContain("sample data");
      expect(text).toContain("rule-based, not a language model");
      expect(text).toContain("The paper gives no intervals. Its sampling error is approximated");
      expect(text).toContain("tables 100 x 4");
    }
  });

  test("CSV and JSON have every cell and every average, with both intervals", () => {
    const lines: readonly Record<string, string>[] = parse(renderCompared(comparison, "csv"), {
      columns: true,
    });
    expect(lines).toHaveLength(2 * (6 + 1));
    expect(lines.filter(({ column }) => column === "avg")).toHaveLength(2);
    for (const line of lines)
      expect(Number(line["difference"])).toBeCloseTo(
        Number(line["ours"]) - Number(line["paper"]),
        5,
      );
    const json = JSON.parse(renderCompared(comparison, "json"));
    expect(json.rows).toEqual(comparison.rows);
    expect(json.paper).toEqual({ source: "A paper, v1", table: "table1" });
  });

  test("what was not run is no zero", () => {
    const { arms } = input;
    const some = { ...input, arms: arms.filter(({ condition }) => condition !== "creation+error") };
    const partial = compareWithPaper(smallPaperTable(), some, buildTable(some), "rows.json");
    const line = renderCompared(partial, "md")
      .split("\n")
      .find((each) => each.startsWith("| +error"));
    expect(line).toContain("no figure: not run<br>paper +10.0");
    expect(line).not.toContain("ours");
  });
});
