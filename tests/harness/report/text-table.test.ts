import { describe, expect, test } from "vitest";
import { type Naming, renderText, type TextTable } from "../../../harness/report/text-table.ts";

const table =
  (over: Partial<TextTable> = {}, name = "one") =>
  ({ cell, caption }: Naming): TextTable => ({
    title: `Table of ${caption(name)}`,
    above: [],
    names: 1,
    head: [["name"], ["a", "b"], ["c"]],
    lines: [
      [[cell(name)], ["1.0", "* better"], ["-2.0"]],
      [["two"], [], ["[3, 4]"]],
    ],
    notes: ["A note."],
    ...over,
  });

test("for a terminal: a head of several lines, cells of several lines", () => {
  expect(renderText(table(), "terminal")).toBe(
    [
      "Table of one",
      "",
      "┌──────┬──────────┬────────┐",
      "│ name │ a        │ c      │",
      "│      │ b        │        │",
      "├──────┼──────────┼────────┤",
      "│ one  │ 1.0      │ -2.0   │",
      "│      │ * better │        │",
      "├──────┼──────────┼────────┤",
      "│ two  │          │ [3, 4] │",
      "└──────┴──────────┴────────┘",
      "",
      "A note.",
      "",
    ].join("\n"),
  );
});

test("lines of one line each stand close together", () => {
  const lines = [
    [["x"], ["1"], ["2"]],
    [["y"], ["3"], ["4"]],
  ];
  expect(renderText(table({ lines }), "terminal")).toContain(
    "│ x    │ 1 │ 2 │\n│ y    │ 3 │ 4 │\n└",
  );
});

test("columns that do not fit go into further tables, with the names again, none left out", () => {
  const head = [["name"], ...Array.from({ length: 9 }, (_, i) => [`column ${i}`])];
  const lines = [[["row"], ...Array.from({ length: 9 }, (_, i) => [`${i} ${"x".repeat(25)}`])]];
  const text = renderText(table({ head, lines }), "terminal");
  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(120);
  expect(text.match(/│ row /g)?.length).toBe(text.match(/┌/g)?.length);
  for (let i = 0; i < 9; i++) expect(text).toContain(`column ${i}`);
});

test("as Markdown: one line a row, our star is no emphasis", () => {
  expect(renderText(table({ above: ["m: model"] }), "md")).toBe(
    [
      "**Table of one**",
      "",
      "- m: model",
      "",
      "| name | a b | c |",
      "| --- | --- | --- |",
      "| one | 1.0<br>\\* better | -2.0 |",
      "| two |  | [3, 4] |",
      "",
      "- A note.",
      "",
    ].join("\n"),
  );
});

test("as LaTeX: a line of the tabular for every line of a cell", () => {
  const text = renderText(table(), "tex");
  expect(text).toContain("name & a b & c \\\\");
  expect(text).toContain("one & 1.0 & $-$2.0 \\\\\n & * better &  \\\\\n");
  expect(text).toContain("two &  & {[}3, 4] \\\\");
});

describe("a name from a config cannot break a format", () => {
  const hostile = "|x\n`$(y)`\u001b[31m<b>\\end{table}&%\u202e";

  test("of a terminal", () => {
    const text = renderText(table({}, hostile), "terminal");
    expect(["\u001b", "\u202e"].filter((letter) => text.includes(letter))).toEqual([]);
    expect(
      new Set(
        text
          .split("\n")
          .filter((line) => line.startsWith("│"))
          .map(({ length }) => length),
      ).size,
    ).toBe(1);
  });

  test("of Markdown", () => {
    const text = renderText(table({}, hostile), "md");
    expect(text).not.toContain("<b>");
    expect(text.split("\n").find((line) => line.includes("better"))).toMatch(/^\| \\\|x /);
  });

  test("of LaTeX", () => {
    const text = renderText(table({}, hostile), "tex");
    expect(text.match(/\\end\{table\}/g)).toHaveLength(1);
  });
});
