import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const folder = new URL("../../../harness/evolution/prompts/", import.meta.url);
const files = readdirSync(folder);

test("there is a prompt for every role of the evolution", () => {
  for (const file of [
    "draft.md",
    "error-analyst.md",
    "error-single-call.md",
    "merge-faithful.md",
    "merge.md",
    "propose-faithful.md",
    "propose.md",
    "repair.md",
    "success-analyst.md",
  ])
    expect(files).toContain(file);
});

test.each(files)("%s begins with its role and names no domain", (file) => {
  const text = readFileSync(new URL(file, folder), "utf8");
  expect(text.split("\n")[0]).toBe(
    `# Role: ${file.replace(/(-faithful|-advice)?\.md$/, "").replace(/^sequential$/, "propose")}`,
  );
  expect(text).not.toMatch(/spreadsheet|wikitable|\bwtq\b|\bcsv\b/i);
});
