import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { buildTable, type Table } from "../../../harness/report/table.ts";
import type { ArmFacts, TableInput } from "../../../harness/report/table-input.ts";
import { renderTable } from "../../../harness/report/table-text.ts";
import { armOf, episodes, smallStudy } from "../../support/table-facts.ts";

const renderTerminal = (table: Table) => renderTable(table, "terminal");
const renderMarkdown = (table: Table) => renderTable(table, "md");
const renderLatex = (table: Table) => renderTable(table, "tex");
const renderCsv = (table: Table) => renderTable(table, "csv");
const renderJson = (table: Table) => renderTable(table, "json");

/** A study whose condition has a name of somebody's choice. */
function named(name: string): TableInput {
  return smallStudy({
    conditions: [name],
    arms: [armOf(name, episodes({ 41: "1001" }))],
  });
}

/** `users` by `splits` arms of the conditions of a real study. */
function wide(users: readonly string[], splits: readonly string[]): TableInput {
  const baseline = { condition: "human-written", author: null };
  const arms: ArmFacts[] = users.flatMap((user) =>
    splits.flatMap((split) => [
      armOf("human-written", episodes({ 41: "100100010001" }), { user, split }),
      armOf("deepening+combined", episodes({ 41: "110110011011" }), {
        user,
        split,
        baseline,
        author: users[0] ?? null,
        mode: "deepening" as const,
      }),
    ]),
  );
  const models = users.map((name) => ({ name, label: `model ${name}` }));
  return smallStudy({ conditions: ["human-written", "deepening+combined"], models, splits, arms });
}

const asked = {
  split: "test",
  domain: "math",
  grader: "math-answers-1",
  from: "dapo-test",
  options: { grader: "math_dapo", tools: "none" },
};

test("every table for people says what its splits were of and who graded them", () => {
  const table = buildTable(smallStudy({ asked: [asked] }));
  for (const render of [renderTerminal, renderMarkdown, renderLatex])
    expect(render(table).replaceAll("\\", "")).toContain(
      "test: math dapo-test, graded by math-answers-1, grader math_dapo, tools none",
    );
  expect(JSON.parse(renderJson(table))).toMatchObject({ asked: [asked] });
});

test("a delta between equal skills says so in place of an interval", () => {
  const marks = episodes({ 41: "1101" });
  const baseline = { condition: "no-skill", author: null };
  const table = buildTable(
    smallStudy({
      arms: [
        armOf("no-skill", marks, { skills: ["a"] }),
        armOf("placebo", marks, { skills: ["a"], baseline }),
      ],
    }),
  );
  expect(renderTerminal(table)).toContain("0.0, the same skill as no-skill");
});

const longest = (text: string) => Math.max(...text.split("\n").map((line) => line.length));

describe("terminal", () => {
  test("two users on one split stand side by side within 120 columns", () => {
    const text = renderTerminal(buildTable(wide(["small", "large"], ["test"])));
    expect(longest(text)).toBeLessThanOrEqual(120);
    expect(text.match(/│ condition/g)).toHaveLength(1);
  });

  test("more columns go into further tables below, none left out", () => {
    const splits = ["test", "test (xlsx)", "hard"];
    const text = renderTerminal(buildTable(wide(["small", "large"], splits)));
    expect(longest(text)).toBeLessThanOrEqual(120);
    expect(text.match(/│ condition/g)).toHaveLength(3);
    for (const user of ["small", "large"]) {
      for (const split of splits) expect(text).toContain(`${user} on ${split}`);
    }
  });

  test("long names keep both their ends", () => {
    const text = renderTerminal(buildTable(named(`begin${"-".repeat(100)}end`)));
    expect(text).toMatch(/│ begin-+…-+end /);
    expect(longest(text)).toBeLessThanOrEqual(120);
  });

  test("obeys no control character in a name", () => {
    const text = renderTerminal(buildTable(named("a\u001b[31mb\u0007c\nd\u202ee\u009bf")));
    expect(text).toContain("a[31mbc def ");
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

describe("Markdown", () => {
  test("shows a name as it stands", () => {
    const text = renderMarkdown(buildTable(named("a|b *c* [d](http://e) <f> `g` h_i_ \\")));
    expect(text).toContain("| a\\|b \\*c\\* \\[d\\](http://e) &lt;f&gt; \\`g\\` h\\_i\\_ \\\\ |");
  });

  test("keeps the builtin model's label to the letter", () => {
    expect(renderMarkdown(buildTable(smallStudy()))).toContain(
      "- small: builtin (rule-based, not a language model)\n",
    );
  });
});

describe("LaTeX", () => {
  test("escapes every letter that TeX would act on", () => {
    const text = renderLatex(buildTable(named("50% & $x_1^2$ #{a} ~ \\input{b} <c>")));
    expect(text).toContain(
      "\n50\\% \\& \\$x\\_1\\textasciicircum{}2\\$ \\#\\{a\\} \\textasciitilde{} " +
        "\\textbackslash{}input\\{b\\} \\textless{}c\\textgreater{} & ",
    );
  });

  test("a name in brackets is no argument of the line before", () => {
    expect(renderLatex(buildTable(named("[10pt]")))).toContain("\n{[}10pt] & ");
  });

  test("writes a fall with a minus sign", () => {
    const study = wide(["small"], ["test"]);
    const worse = study.arms.map((arm) => ({
      ...arm,
      observations: arm.observations.map((item) => ({ ...item, score: 1 - (item.score ?? 0) })),
    }));
    expect(renderLatex(buildTable({ ...study, arms: worse }))).toMatch(/ & \$-\$\d+\.\d \[\$-\$/);
  });
});

describe("CSV", () => {
  test("is a line a row, readable by any reader, whatever the names", () => {
    const name = 'a,"b"';
    const rows: Record<string, string>[] = parse(renderCsv(buildTable(named(name))), {
      columns: true,
    });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ condition: name, n: "4", mean: "0.5", delta: "" });
  });

  test.each(["=HYPERLINK(1)", "+1", "-1", "@x", " =1", "\t=1"])("%j is no formula", (name) => {
    const [row]: Record<string, string>[] = parse(renderCsv(buildTable(named(name))), {
      columns: true,
    });
    expect(row?.["condition"]).toMatch(/^'/);
  });

  test("leaves the sign of a number alone", () => {
    const text = renderCsv(buildTable(smallStudy()));
    expect(text).not.toContain("'");
  });
});

test("JSON is the table, whole", () => {
  const table = buildTable(smallStudy());
  expect(JSON.parse(renderJson(table))).toEqual(table);
});

test("a significant fall is marked apart from a rise", () => {
  const baseline = { condition: "no-skill", author: null };
  const high = episodes({ 41: "1".repeat(12) });
  const low = episodes({ 41: "0".repeat(12) });
  const [better, worse] = [
    [low, high],
    [high, low],
  ].map(([reference = [], own = []]) =>
    renderTerminal(
      buildTable(
        smallStudy({ arms: [armOf("no-skill", reference), armOf("placebo", own, { baseline })] }),
      ),
    ),
  );
  expect(better).toContain("+100.0 [61.0, 100.0] * vs no-skill");
  expect(worse).toContain("-100.0 [-100.0, -61.0] ! vs no-skill");
});
