import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { spreadsheet } from "../../../domains/spreadsheet/domain.ts";
import { openWorkbook } from "../../../domains/spreadsheet/grading/read/workbook.ts";
import { families, readInstruction } from "../../../domains/spreadsheet/rule-agent/families.ts";
import { buildSample } from "../../../domains/spreadsheet/rule-agent/generate/build.ts";

const root = fileURLToPath(new URL("../../../domains/spreadsheet/sample", import.meta.url));
const built = buildSample();

describe("the sample", () => {
  test("is what its script builds, byte for byte", () => {
    const shipped = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)));
    expect(shipped.sort()).toEqual([...built.keys()].sort());
    for (const [path, content] of built)
      expect(readFileSync(join(root, path)).equals(Buffer.from(content)), path).toBe(true);
  });

  test("is small", () => {
    const sizes = [...built.values()].map((content) => Buffer.byteLength(content));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_150_000);
  });

  test("has 132 tasks on 66 workbooks, and 5 tasks of three cases", async () => {
    const dataset = await spreadsheet.open(undefined);
    const tasks = await dataset.load("verified", {});
    expect(tasks).toHaveLength(132);
    expect(new Set(tasks.map(({ group }) => group)).size).toBe(66);
    const full = await dataset.load("full", {});
    expect(full.map(({ input }) => (input["workbooks"] as unknown[]).length)).toEqual(
      Array(5).fill(3),
    );
  });

  test.each([
    ["evolve", "test"],
    ["stratified-evolve", "stratified-test"],
  ])("no workbook of %s is in %s", async (left, right) => {
    const dataset = await spreadsheet.open(undefined);
    const [evolve, held] = await Promise.all([dataset.load(left, {}), dataset.load(right, {})]);
    const groups = new Set(evolve.map(({ group }) => group));
    expect(held.filter(({ group }) => groups.has(group))).toEqual([]);
    expect([evolve.length, held.length]).toEqual([66, 66]);
  });

  test("asks for everything that there is a family of, equally often", async () => {
    const tasks = await (await spreadsheet.open(undefined)).load("verified", {});
    const counts = new Map<string, number>();
    for (const { input } of tasks) {
      const name = readInstruction(String(input["instruction"]))?.family.name ?? "";
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual(families.map(({ name }) => name).sort());
    expect(new Set(counts.values())).toEqual(new Set([22]));
  });

  const inputs = [...built].flatMap(([path, content]) =>
    /_(?:init|input)\.xlsx$/.test(path) && typeof content !== "string"
      ? [openWorkbook(content)]
      : [],
  );
  const cells = inputs.flatMap(({ sheets }) =>
    sheets.flatMap((sheet) => {
      const found: { value: unknown; row: number; column: number; sheet: string }[] = [];
      const { maxRow, maxColumn, name } = sheet;
      const block = { firstRow: 1, lastRow: maxRow, firstColumn: 1, lastColumn: maxColumn };
      sheet.eachCell(block, (row, column) => {
        found.push({ value: sheet.value(row, column), row, column, sheet: name });
      });
      return found;
    }),
  );

  test.each<[string, (cell: (typeof cells)[number]) => boolean]>([
    ["numbers as text", ({ value }) => typeof value === "string" && /^\d+$/.test(value)],
    [
      "numbers as text with spaces",
      ({ value }) => typeof value === "string" && /^ \d+$|^\d+ $/.test(value),
    ],
    ["stray spaces", ({ value }) => typeof value === "string" && /^ [A-Z]\w+$/.test(value)],
    ["odd case", ({ value }) => typeof value === "string" && /^[A-Z]{5,}$/.test(value)],
    ["dates", ({ value }) => typeof value === "object" && value !== null && "kind" in value],
    ["totals", ({ value, row }) => value === "Total" && row > 5],
    [
      "titles above the headings",
      ({ value }) => typeof value === "string" && /first half/.test(value),
    ],
    ["sheets in front", ({ value }) => typeof value === "string" && /weekly review/.test(value)],
  ])("has the mess of real workbooks: %s", (_, isMessy) => {
    expect(cells.some(isMessy)).toBe(true);
  });
});

describe("the skills", () => {
  const read = (directory: string) => readFileSync(join(directory, "SKILL.md"), "utf8");

  test("the placebo is as long as the human-written one, to 5% of its words, and is about something else", () => {
    const words = (text: string) => text.split(/\s+/).filter((word) => word !== "").length;
    const written = read(spreadsheet.skills["human-written"]);
    const placebo = read(spreadsheet.skills.placebo);
    expect(Math.abs(words(placebo) / words(written) - 1)).toBeLessThan(0.05);
    expect(placebo).not.toMatch(
      /\b(?:workbook|sheet|row|column|cell|count|sum|formula|value)s?\b/i,
    );
  });
});
