import { describe, expect, test } from "vitest";
import { sourcesBelow } from "./support/sources.ts";

/** Words of single domains, none of which the harness may know. */
const domainWords: readonly RegExp[] = [
  /workbooks?|spreadsheets?|worksheets?|\bsheets?\b|xlsx|openpyxl|exceljs|pandas|libreoffice|soffice/i,
  /wikitable|\bwtq\b|wikitq|(?:questions?|asked) (?:about|on) (?:a|one|the) tables?|table questions?/i,
  /docvqa|visionqa|document pages?|page images?|\banls\b|\bocr\b|tesseract/i,
  /mathematics|mathematical|\\boxed|\bbox(?:ed|es)?\b|gsm8k|\baime\b|dapo/i,
];

/** The report writes LaTeX tables, which has nothing to do with answers in it. */
const latex = /latex/i;

function domainWordsIn(sources: ReadonlyMap<string, string>): string[] {
  return [...sources].flatMap(([file, text]) =>
    text.split("\n").flatMap((line, i) => {
      const words = file.startsWith("harness/report/") ? domainWords : [...domainWords, latex];
      return words.flatMap((word) => {
        const found = word.exec(line);
        return found === null ? [] : [`${file}:${i + 1}: ${found[0]}`];
      });
    }),
  );
}

describe("the harness knows no domain", () => {
  test.each([
    ["harness/a.ts", "/** Opens a workbook. */", "harness/a.ts:1: workbook"],
    ["harness/a.ts", 'const needs = ["openpyxl"];', "harness/a.ts:1: openpyxl"],
    ["harness/a.ts", "a\nrun sheet list", "harness/a.ts:2: sheet"],
    ["harness/a.ts", "// a question about a table", "harness/a.ts:1: question about a table"],
    ["harness/prompts/a.md", "Look at the document page.", "harness/prompts/a.md:1: document page"],
    ["harness/a.ts", "// LaTeX of the answer", "harness/a.ts:1: LaTeX"],
    ["harness/a.ts", "// what stands in the box", "harness/a.ts:1: box"],
    ["harness/report/a.ts", "if (name === 'wtq') return;", "harness/report/a.ts:1: wtq"],
  ])("a planted word in %s (%j) is found", (file, text, found) => {
    expect(domainWordsIn(new Map([[file, text]]))).toEqual([found]);
  });

  test("no file of it has a domain's word", () => {
    const sources = sourcesBelow(["harness"], /\.(ts|mjs|md)$/);
    expect(sources.size).toBeGreaterThan(150);
    expect(domainWordsIn(sources)).toEqual([]);
  });
});

/** Exported names with the files that define them; what a file only hands on does not count. */
function exportsOf(sources: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  const files = new Map<string, Set<string>>();
  const declaration =
    /^export (?:declare )?(?:async )?(?:abstract )?(?:const|let|function\*?|class|interface|type|enum) ([\w$]+)/gm;
  for (const [file, text] of sources)
    for (const [, name = ""] of text.matchAll(declaration))
      files.set(name, (files.get(name) ?? new Set()).add(file));
  return new Map([...files].map(([name, places]) => [name, [...places]]));
}

/** Names with two meanings. The same part of two domains (`grade`, `openDataset`) has one. */
function ambiguous(sources: ReadonlyMap<string, string>): string[] {
  return [...exportsOf(sources)].flatMap(([name, files]) => {
    const domains = files.flatMap((file) => /^domains\/(\w+)\//.exec(file)?.[1] ?? []);
    const areTwins = domains.length === files.length && new Set(domains).size === files.length;
    return files.length < 2 || areTwins ? [] : [`${name}: ${files.join(", ")}`];
  });
}

describe("an exported name has one meaning", () => {
  test.each([
    ["two rooms", "harness/a/x.ts", "harness/b/y.ts", ["Row: harness/a/x.ts, harness/b/y.ts"]],
    [
      "a domain and the harness",
      "domains/a/x.ts",
      "harness/y.ts",
      ["Row: domains/a/x.ts, harness/y.ts"],
    ],
    [
      "one domain twice",
      "domains/a/x.ts",
      "domains/a/y.ts",
      ["Row: domains/a/x.ts, domains/a/y.ts"],
    ],
    ["the same part of two domains", "domains/a/x.ts", "domains/b/x.ts", []],
  ])("in %s", (_, one, other, found) => {
    const row = "export interface Row {}";
    expect(
      ambiguous(
        new Map([
          [one, row],
          [other, row],
        ]),
      ),
    ).toEqual(found);
  });

  test("in the whole tree", () => {
    const sources = sourcesBelow(["harness", "domains", "scripts"], /(?<!\.d)\.(ts|mjs)$/);
    expect(sources.size).toBeGreaterThan(300);
    expect(ambiguous(sources)).toEqual([]);
  });
});
