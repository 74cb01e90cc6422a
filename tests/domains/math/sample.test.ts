import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { math } from "../../../domains/math/domain.ts";
import { byMeaning } from "../../../domains/math/grading/default/equivalent.ts";
import { buildSample } from "../../../domains/math/rule-agent/generate/build.ts";

const root = fileURLToPath(new URL("../../../domains/math/sample", import.meta.url));

interface Row {
  readonly id: string;
  readonly problem: string;
  readonly answer: string;
}

describe("the sample", () => {
  const built = buildSample();
  const rows: readonly Row[] = [...built.values()].flatMap((text) =>
    text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line)),
  );

  test("is what its script builds, byte for byte", () => {
    expect(readdirSync(root).sort()).toEqual([...built.keys()].sort());
    for (const [name, text] of built)
      expect(readFileSync(join(root, name), "utf8"), name).toBe(text);
  });

  test("has at least 60 problems, none of them twice", () => {
    expect(rows.length).toBeGreaterThanOrEqual(60);
    expect(new Set(rows.map(({ problem }) => problem)).size).toBe(rows.length);
  });

  test("has problems of every kind", () => {
    for (const word of [
      "Compute",
      "remainder",
      "sequence",
      "probability",
      "triangle",
      "orders",
      "crowns",
    ])
      expect(
        rows.some(({ problem }) => problem.includes(word)),
        word,
      ).toBe(true);
  });

  test("answers that other arithmetic confirms", () => {
    const computed = rows.flatMap(({ problem, answer }) => {
      const formula =
        /^(?:Compute|Simplify|Expand|Write) \$(.+?)\$(?: as a fraction in lowest terms)?\.$/.exec(
          problem,
        );
      return formula?.[1] === undefined ? [] : [[formula[1], answer] as const];
    });
    expect(computed.length).toBeGreaterThan(10);
    for (const [formula, answer] of computed)
      expect(byMeaning.equivalent(answer, formula).kind, formula).toBe("equal");
  });
});

describe("the skills", () => {
  const read = (directory: string) => readFileSync(join(directory, "SKILL.md"), "utf8");

  test.each(Object.entries(math.skills))("%s follows the Agent Skills rules", (_, directory) => {
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
    const written = read(math.skills["human-written"]);
    const placebo = read(math.skills.placebo);
    expect(Math.abs(words(placebo) / words(written) - 1)).toBeLessThan(0.05);
    expect(placebo).not.toMatch(
      /\b(mathematics|number|fraction|equation|problem|answer|prove|sum|count)\b/i,
    );
  });
});
