import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { wtq } from "../../../domains/wtq/domain.ts";
import { buildSample } from "../../../domains/wtq/rule-agent/generate/build.ts";
import { askAbout } from "../../../domains/wtq/rule-agent/generate/questions.ts";
import { kinds } from "../../../domains/wtq/rule-agent/generate/tables.ts";
import { seededRng } from "../../../harness/rng.ts";

const root = fileURLToPath(new URL("../../../domains/wtq/sample", import.meta.url));

function filesBelow(directory: string): string[] {
  return readdirSync(directory).flatMap((name) => {
    const path = join(directory, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [relative(root, path)];
  });
}

describe("the sample", () => {
  const built = buildSample();

  test("is what its script builds, byte for byte", () => {
    const shipped = new Map(
      filesBelow(root).map((path) => [path, readFileSync(join(root, path), "utf8")]),
    );
    expect([...shipped.keys()].sort()).toEqual([...built.keys()].sort());
    for (const [path, text] of built) expect(shipped.get(path), path).toBe(text);
  });

  test("has at least 40 tables and 300 questions", async () => {
    const dataset = await wtq.open(undefined);
    const splits = ["training", "pristine-seen", "pristine-unseen"];
    const tasks = (await Promise.all(splits.map((split) => dataset.load(split, {})))).flat();
    expect(new Set(tasks.map(({ group }) => group)).size).toBeGreaterThanOrEqual(40);
    expect(tasks.length).toBeGreaterThanOrEqual(300);
  });

  test("120 training tasks for evolution and the next 60 for selection share no table", async () => {
    const training = await (await wtq.open(undefined)).load("training", {});
    const evolve = new Set(training.slice(0, 120).map(({ group }) => group));
    const select = training.slice(120, 180).map(({ group }) => group);
    expect(select).toHaveLength(60);
    expect(select.filter((group) => evolve.has(group))).toEqual([]);
  });

  test("asks questions of every kind", () => {
    const rng = seededRng("kinds");
    const asked = kinds.flatMap((make) => askAbout(make(rng), 12, rng).map(({ kind }) => kind));
    expect([...new Set(asked)].sort()).toEqual([
      "comparison",
      "count",
      "countAbove",
      "difference",
      "distinct",
      "firstInTime",
      "lookUp",
      "neighbour",
      "several",
      "sum",
      "superlative",
      "whichCategory",
    ]);
  });

  test.each<[string, RegExp]>([
    ["footnote marks", /†|\[\d\]/],
    ["units", /\d km²"/],
    ["rows with totals", /^"Totals?",/m],
    ["dates, month first", /"[A-Z][a-z]+ \d+, \d{4}"/],
    ["dates, day first", /"\d+ [A-Z][a-z]+ \d{4}"/],
    ["dates, ISO", /"\d{4}-\d\d-\d\d"/],
    ["ranks", /^"1st",/m],
    ["ties in ranks", /^"(\d+\w*)",.*\n"\1",/m],
    ["blanks", /,""/],
    ["dashes for blanks", /"—"/],
    ["parentheses", /\([A-Z]{3}\)"/],
    ["quoted cells", /"\\"[^"]+\\"/],
    ["thousands separators", /"\d{1,3},\d{3}"/],
    ["line breaks in cells", /"Population\n\(2011\)"/],
  ])("has the mess of tables on the web: %s", (_, pattern) => {
    const tables = [...built].filter(([path]) => path.startsWith("csv/"));
    expect(tables.some(([, text]) => pattern.test(text))).toBe(true);
  });
});

describe("the skills", () => {
  const read = (directory: string) => readFileSync(join(directory, "SKILL.md"), "utf8");

  test.each(Object.entries(wtq.skills))("%s follows the Agent Skills rules", (_, directory) => {
    const text = read(directory);
    const [, front = ""] = /^---\n([\s\S]*?)\n---\n/.exec(text) ?? [];
    const fields = front.split("\n").map((line) => /^(\w+): (.+)$/.exec(line)?.slice(1) ?? []);
    expect(fields.map(([name]) => name)).toEqual(["name", "description"]);
    expect(directory.endsWith(`/${fields[0]?.[1]}`)).toBe(true);
    expect(fields[1]?.[1]?.length).toBeLessThanOrEqual(1024);
    expect(text.split("\n").length).toBeLessThan(500);
  });

  test("the placebo is as long as the human-written one, to 5% of its words, and is about something else", () => {
    const words = (text: string) => text.split(/\s+/).filter((word) => word !== "").length;
    const written = read(wtq.skills["human-written"]);
    const placebo = read(wtq.skills.placebo);
    expect(Math.abs(words(placebo) / words(written) - 1)).toBeLessThan(0.05);
    expect(placebo).not.toMatch(/\b(table|row|column|cell|question|answer|count|sum|csv)\b/i);
  });
});
