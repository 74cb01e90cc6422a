import { describe, expect, test } from "vitest";
import type { Edit } from "../../../harness/contracts/index.ts";
import { applyEdits } from "../../../harness/skills/apply-edits.ts";
import { bodyOf, demoSkill, edit } from "../../support/skills.ts";

const BODY = "# T\n\nintro\n\n## Important\n\nbody\n";
const FENCED =
  "# T\n\n## Data\n\n```python\nimport pandas as pd\n# Read Excel\ndf = pd.read_excel('f')\n```\n\n## End\n\nlast\n";

/** What became of the only edit: the new body, or the reason for withholding it. */
function applyOne(body: string, one: Edit, files: Record<string, string> = {}): string {
  const parent = demoSkill(body, files);
  const { skill, outcomes } = applyEdits(parent, [one]);
  const outcome = outcomes[0];
  if (outcome?.kind !== "withheld") return bodyOf(skill);
  expect(skill).toBe(parent);
  return `withheld: ${outcome.reason}`;
}

/** Reasons by edit id; "applied" for the others. */
function reasons(parent: ReturnType<typeof demoSkill>, edits: readonly Edit[]) {
  const { outcomes } = applyEdits(parent, edits);
  return Object.fromEntries(
    outcomes.map((outcome) => [
      outcome.edit.id,
      outcome.kind === "applied" ? "applied" : outcome.reason,
    ]),
  );
}

describe("where the reference implementation destroys headings, blocks stay whole", () => {
  test.each<[string, Edit, string]>([
    [
      "append_to_section",
      edit("e", "append_to_section", { target_section: "## Important", content: "- a" }),
      "# T\n\nintro\n\n## Important\n\nbody\n\n- a\n",
    ],
    [
      "insert_before a section",
      edit("e", "insert_before", { target_section: "## Important", content: "- a" }),
      "# T\n\nintro\n\n- a\n\n## Important\n\nbody\n",
    ],
    [
      "insert_after a section",
      edit("e", "insert_after", { target_section: "## Important", content: "- a" }),
      "# T\n\nintro\n\n## Important\n\nbody\n\n- a\n",
    ],
    [
      "replace_in_section with an empty old_text",
      edit("e", "replace_in_section", {
        target_section: "## Important",
        old_text: "",
        content: "x",
      }),
      "withheld: empty-anchor",
    ],
    [
      "insert_after with an empty target_text",
      edit("e", "insert_after", { target_section: "## Important", target_text: " ", content: "x" }),
      "withheld: empty-anchor",
    ],
    [
      "insert_after text that ends in blank lines",
      edit("e", "insert_after", { target_text: "intro\n\n", content: "- a" }),
      "# T\n\nintro\n\n- a\n\n## Important\n\nbody\n",
    ],
    [
      "add_section with a heading that is there",
      edit("e", "add_section", {
        target_section: "## Important",
        after_section: "# T",
        content: "x",
      }),
      "withheld: heading-exists",
    ],
    [
      "append_to_section without a section",
      edit("e", "append_to_section", { target_section: "", content: "x" }),
      "withheld: empty-anchor",
    ],
    [
      "delete_section",
      edit("e", "delete_section", { target_section: "## Important" }),
      "# T\n\nintro\n",
    ],
  ])("%s", (_, one, expected) => {
    expect(applyOne(BODY, one)).toBe(expected);
  });

  test("delete_section of a heading that is there twice is withheld", () => {
    const twice = `${BODY}\n## Important\n\nmore\n`;
    const one = edit("e", "delete_section", { target_section: "## Important" });
    expect(applyOne(twice, one)).toBe("withheld: ambiguous-anchor");
  });

  test("a comment in a code block neither ends a section nor is one", () => {
    const append = edit("e", "append_to_section", { target_section: "## Data", content: "- a" });
    expect(applyOne(FENCED, append)).toBe(FENCED.replace("```\n\n", "```\n\n- a\n\n"));
    const inside = edit("e", "append_to_section", { target_section: "# Read Excel", content: "x" });
    expect(applyOne(FENCED, inside)).toBe("withheld: anchor-in-code");
  });
});

describe("each operation", () => {
  test("bullets join a list without a blank line", () => {
    const body = "# T\n\n- one\n- two\n\nafter\n";
    expect(
      applyOne(body, edit("e", "insert_after", { target_text: "one", content: "- x\n" })),
    ).toBe("# T\n\n- one\n- x\n- two\n\nafter\n");
    expect(applyOne(body, edit("e", "insert_before", { target_text: "one", content: "- x" }))).toBe(
      "# T\n\n- x\n- one\n- two\n\nafter\n",
    );
    const end = "# T\n\n- one\n- two\n";
    expect(
      applyOne(end, edit("e", "append_to_section", { target_section: "# T", content: "\n\n- x" })),
    ).toBe("# T\n\n- one\n- two\n- x\n");
  });

  test("a bullet beside a nested one takes its indent", () => {
    const one = edit("e", "insert_after", { target_text: "deep", content: "- x" });
    expect(applyOne("# T\n\n- one\n  - deep\n- two\n", one)).toBe(
      "# T\n\n- one\n  - deep\n  - x\n- two\n",
    );
  });

  test("rows join a table below its delimiter row", () => {
    const body = "# T\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
    const row = { content: "| 3 | 4 |" };
    expect(applyOne(body, edit("e", "insert_after", { target_text: "| 1 | 2 |", ...row }))).toBe(
      `${body}| 3 | 4 |\n`,
    );
    expect(applyOne(body, edit("e", "insert_after", { target_text: "| a | b |", ...row }))).toBe(
      "# T\n\n| a | b |\n|---|---|\n| 3 | 4 |\n| 1 | 2 |\n",
    );
  });

  test("text is appended to a section's own text, a subsection after its subsections", () => {
    const body = "# T\n\n## A\n\na\n\n### B\n\nb\n\n## C\n\nc\n";
    const text = edit("e", "append_to_section", { target_section: "## A", content: "more" });
    expect(applyOne(body, text)).toBe(body.replace("a\n\n###", "a\n\nmore\n\n###"));
    const sub = edit("e", "append_to_section", { target_section: "## A", content: "### D\n\nd" });
    expect(applyOne(body, sub)).toBe(body.replace("b\n\n", "b\n\n### D\n\nd\n\n"));
  });

  test("replacing works within a line, for whole blocks, and removes with empty content", () => {
    const body = "# T\n\n- old one\n- two\n\npara one\npara two\n";
    const replace = (old_text: string, content: string) =>
      applyOne(body, edit("e", "replace_in_section", { old_text, content }));
    expect(replace("old", "new")).toBe(body.replace("old", "new"));
    expect(replace("- old one\n", "")).toBe("# T\n\n- two\n\npara one\npara two\n");
    expect(replace("para one\npara two", "- x\n- y")).toBe("# T\n\n- old one\n- two\n- x\n- y\n");
    expect(replace("para one", "PARA")).toBe(body.replace("para one", "PARA"));
  });

  test("text inside a code block can be replaced, and its blank lines stay", () => {
    const body = "# T\n\n```py\na = 1\n\nb = 2\n\nc = 3\n```\n";
    const replace = (old_text: string, content: string) =>
      applyOne(body, edit("e", "replace_in_section", { old_text, content }));
    expect(replace("a = 1", "a = 9")).toBe(body.replace("a = 1", "a = 9"));
    expect(replace("b = 2", "")).toBe(body.replace("b = 2\n", ""));
  });

  test("replaced code keeps its indent", () => {
    const body = "# T\n\n```py\nwith f:\n    a = 1\n    b = 2\n```\n";
    const replace = (old_text: string, content: string) =>
      applyOne(body, edit("e", "replace_in_section", { old_text, content }));
    const expected = body.replace("a = 1\n    b = 2", "a = 3\n    if a:\n        b = 4");
    expect(replace("    a = 1\n    b = 2", "    a = 3\n    if a:\n        b = 4")).toBe(expected);
    expect(replace("a = 1\n    b = 2", "a = 3\n    if a:\n        b = 4")).toBe(expected);
  });

  test("add_section takes its heading from the content, and writes a repeated one once", () => {
    const body = "# T\n\n## A\n\na\n\n## B\n\nb\n";
    const expected = body.replace("a\n\n", "a\n\n## N\n\n- n\n\n");
    const after = { after_section: "## A" };
    for (const fields of [
      { content: "## N\n- n" },
      { target_section: "## N", content: "- n" },
      { target_section: "## N", content: "## N\n\n- n\n" },
      { target_section: "N", content: "- n" },
    ])
      expect(applyOne(body, edit("e", "add_section", { ...after, ...fields }))).toBe(expected);
    expect(applyOne(body, edit("e", "add_section", { content: "## N\n\n- n" }))).toBe(
      `${body}\n## N\n\n- n\n`,
    );
  });

  test("edits that add the same section share its heading", () => {
    const { skill } = applyEdits(demoSkill(BODY), [
      edit("a", "add_section", { target_section: "## New", content: "- a" }),
      edit("b", "add_section", { target_section: "## New", content: "- b" }),
    ]);
    expect(bodyOf(skill)).toBe(`${BODY}\n## New\n\n- a\n- b\n`);
  });

  test("an appended bullet stays in its section though a section is added behind it first", () => {
    const { skill } = applyEdits(demoSkill("# T\n\n## A\n\n- a\n"), [
      edit("a", "add_section", { target_section: "## New", content: "- n" }),
      edit("b", "append_to_section", { target_section: "## A", content: "- b" }),
    ]);
    expect(bodyOf(skill)).toBe("# T\n\n## A\n\n- a\n- b\n\n## New\n\n- n\n");
  });

  test("setext headings are headings", () => {
    const body = "T\n=\n\nPart\n----\n\ntext\n\nNext\n----\n\nend\n";
    const one = edit("e", "append_to_section", { target_section: "## Part", content: "- a" });
    expect(applyOne(body, one)).toBe(body.replace("text\n\n", "text\n\n- a\n\n"));
  });

  test("files keep their own line ends", () => {
    const one = edit("e", "append_to_section", { target_section: "## Important", content: "a\nb" });
    expect(applyOne(BODY.replaceAll("\n", "\r\n"), one)).toBe(
      `${BODY.replaceAll("\n", "\r\n")}\r\na\r\nb\r\n`,
    );
  });

  test("scripts are edited as lines", () => {
    const files = { "scripts/x.py": "a = 1\n# h\nb = 2\n" };
    const parent = demoSkill("# T\n\nRun `scripts/x.py`.\n", files);
    const file = "scripts/x.py";
    const { skill } = applyEdits(parent, [
      edit("a", "insert_after", { file, target_text: "a = 1", content: "c = 3" }),
      edit("b", "replace_in_section", { file, old_text: "b = 2", content: "b = 4" }),
    ]);
    expect(skill.files.get(file)).toBe("a = 1\nc = 3\n# h\nb = 4\n");
    expect(
      reasons(parent, [
        edit("a", "append_to_section", { file, target_section: "# h", content: "x" }),
      ]),
    ).toEqual({ a: "missing-anchor" });
  });
});

describe("each reason to withhold an edit", () => {
  const x = { content: "x" };
  test.each<[string, Edit]>([
    ["unknown-operation", { ...edit("e", "create", x), op: "rewrite" as Edit["op"] }],
    ["missing-file", edit("e", "append_to_section", { file: "references/no.md", ...x })],
    ["missing-file", edit("e", "delete_file", { file: "references/no.md" })],
    ["path-outside", edit("e", "create", { file: "../../evil.md", ...x })],
    ["path-outside", edit("e", "create", { file: "/etc/passwd", ...x })],
    ["path-outside", edit("e", "create", { file: "references/../../x.md", ...x })],
    ["path-outside", edit("e", "create", { file: "C:\\x.md", ...x })],
    ["protected-file", edit("e", "delete_file", { file: "SKILL.md" })],
    ["protected-file", edit("e", "delete_file", { file: "LICENSE.txt" })],
    [
      "front-matter",
      edit("e", "replace_in_section", { old_text: "name: demo", content: "name: x" }),
    ],
    ["file-exists", edit("e", "create", { file: "LICENSE.txt/x", ...x })],
    ["file-exists", edit("e", "create", { file: "skill.md", ...x })],
    ["empty-anchor", edit("e", "insert_after", x)],
    ["empty-anchor", edit("e", "add_section", x)],
    ["empty-anchor", edit("e", "append_to_section", { target_section: "##", ...x })],
    ["missing-anchor", edit("e", "append_to_section", { target_section: "## No", ...x })],
    ["missing-anchor", edit("e", "append_to_section", { target_section: "### Data", ...x })],
    ["missing-anchor", edit("e", "insert_after", { target_text: "nowhere", ...x })],
    ["missing-anchor", edit("e", "add_section", { after_section: "## No", content: "## N\n\nn" })],
    ["ambiguous-anchor", edit("e", "insert_after", { target_text: "twice", ...x })],
    ["anchor-in-code", edit("e", "insert_after", { target_text: "import pandas", ...x })],
    ["empty-content", edit("e", "append_to_section", { target_section: "## End", content: " \n" })],
    ["empty-content", edit("e", "create", { file: "references/a.md", content: "" })],
    ["empty-content", edit("e", "replace_in_section", { old_text: "last" })],
    ["no-change", edit("e", "replace_in_section", { old_text: "last", content: "last\n" })],
    ["no-change", edit("e", "append_to_section", { target_section: "## End", content: "last" })],
    [
      "broken-link",
      edit("e", "append_to_section", { target_section: "## End", content: "[a](b.md)" }),
    ],
    [
      "broken-link",
      edit("e", "append_to_section", {
        target_section: "## End",
        content: "See `references/no.md`.",
      }),
    ],
    [
      "broken-link",
      edit("e", "append_to_section", { target_section: "## End", content: "[a](../secret.md)" }),
    ],
    ["orphan-reference", edit("e", "create", { file: "references/a.md", ...x })],
    [
      "hidden-unicode",
      edit("e", "append_to_section", { target_section: "## End", content: "a\u202eb" }),
    ],
    ["format", edit("e", "append_to_section", { target_section: "## Data", content: "```py\nx" })],
    ["format", edit("e", "append_to_section", { target_section: "## Data", content: "<!-- x" })],
    [
      "format",
      edit("e", "replace_in_section", { old_text: "# T\n\ntwice and twice\n\n## Da", ...x }),
    ],
    ["format", edit("e", "replace_in_section", { old_text: "df = pd.read_excel('f')\n```", ...x })],
    [
      "size-budget",
      edit("e", "append_to_section", {
        target_section: "## End",
        content: Array.from({ length: 10_000 }, (_, i) => `- item ${i}`).join("\n"),
      }),
    ],
  ])("%s", (reason, one) => {
    const body = FENCED.replace("# T\n", "# T\n\ntwice and twice\n");
    expect(applyOne(body, one, { "LICENSE.txt": "mine\n" })).toBe(`withheld: ${reason}`);
  });

  test("of two edits on the same text both are withheld, in either order", () => {
    const parent = demoSkill(BODY);
    const edits = [
      edit("a", "replace_in_section", { old_text: "body", content: "x" }),
      edit("b", "replace_in_section", { old_text: "## Important\n\nbody", content: "y" }),
      edit("c", "insert_after", { target_text: "intro", content: "z" }),
    ];
    const expected = { a: "overlap", b: "overlap", c: "applied" };
    expect(reasons(parent, edits)).toEqual(expected);
    expect(reasons(parent, [...edits].reverse())).toEqual(expected);
  });

  test.each<[string, Edit, Edit]>([
    [
      "an append to a section that is deleted",
      edit("a", "append_to_section", { target_section: "## Important", content: "x" }),
      edit("b", "delete_section", { target_section: "## Important" }),
    ],
    [
      "one section added in two places",
      edit("a", "add_section", { target_section: "## N", content: "a", after_section: "# T" }),
      edit("b", "add_section", { target_section: "### N", content: "b" }),
    ],
    [
      "one file created twice",
      edit("a", "create", { file: "references/n.md", content: "a" }),
      edit("b", "create", { file: "references/n.md", content: "b" }),
    ],
    [
      "a file created as a folder of another",
      edit("a", "create", { file: "references/n", content: "a" }),
      edit("b", "create", { file: "references/n/m.md", content: "b" }),
    ],
  ])("overlap: %s", (_, a, b) => {
    expect(reasons(demoSkill(BODY), [a, b])).toEqual({ a: "overlap", b: "overlap" });
  });

  test("an edit that says what another says is not applied twice", () => {
    const same = { target_section: "## Important", content: "- a" };
    const edits = [edit("a", "append_to_section", same), edit("b", "append_to_section", same)];
    expect(reasons(demoSkill(BODY), edits)).toEqual({ a: "applied", b: "no-change" });
  });

  test("over the size budget, the edits with the least support go, the last first", () => {
    const line = "- word word word word word word word word word word word word\n".repeat(120);
    const add = (id: string, tasks: string[]) =>
      edit(id, "append_to_section", {
        target_section: "## Important",
        content: line.replaceAll("word", `word${id}`),
        tasks,
      });
    const edits = [add("a", ["t1"]), add("b", ["t1", "t2"]), add("c", ["t1"]), add("d", ["t3"])];
    expect(reasons(demoSkill(BODY), edits)).toEqual({
      a: "applied",
      b: "applied",
      c: "size-budget",
      d: "size-budget",
    });
  });

  test("a parent over the budget may shrink and not grow", () => {
    const parent = demoSkill(`# T\n\n${"- line\n".repeat(600)}\n## End\n\nlast one\n`);
    const grow = edit("a", "append_to_section", { target_section: "## End", content: "more" });
    const shrink = edit("b", "delete_section", { target_section: "## End" });
    expect(reasons(parent, [grow])).toEqual({ a: "size-budget" });
    expect(reasons(parent, [shrink])).toEqual({ b: "applied" });
  });
});

describe("what keeps each other alive goes together", () => {
  const LINKED = "# T\n\n## Refs\n\n- See [a](references/a.md).\n- last\n";
  const files = { "references/a.md": "# A\n\ntext\n" };
  const create = edit("create", "create", { file: "references/b.md", content: "# B\n\nb" });
  const link = edit("link", "append_to_section", {
    target_section: "## Refs",
    content: "- See [b](references/b.md) for b.",
  });
  const remove = edit("remove", "delete_file", { file: "references/a.md" });
  const unlink = edit("unlink", "replace_in_section", {
    old_text: "- See [a](references/a.md).",
    content: "",
  });

  test("a new reference comes with its link", () => {
    const { skill } = applyEdits(demoSkill(LINKED, files), [create, link]);
    expect(skill.files.get("references/b.md")).toBe("# B\n\nb\n");
    expect(bodyOf(skill)).toBe(`${LINKED}- See [b](references/b.md) for b.\n`);
  });

  test("a reference whose link is withheld is withheld, and the other way round", () => {
    const parent = demoSkill(LINKED, files);
    expect(reasons(parent, [create, { ...link, target_section: "## No" }])).toEqual({
      create: "orphan-reference",
      link: "missing-anchor",
    });
    expect(reasons(parent, [{ ...create, content: "" }, link])).toEqual({
      create: "empty-content",
      link: "broken-link",
    });
  });

  test("a file named in inline code is linked", () => {
    const mention = { ...link, content: "Read `references/b.md` for b." };
    expect(reasons(demoSkill(LINKED, files), [create, mention])).toEqual({
      create: "applied",
      link: "applied",
    });
  });

  test("a deleted reference goes with its link", () => {
    const { skill } = applyEdits(demoSkill(LINKED, files), [remove, unlink]);
    expect([...skill.files.keys()]).toEqual(["SKILL.md"]);
    expect(bodyOf(skill)).toBe("# T\n\n## Refs\n\n- last\n");
  });

  test("neither half of a deletion is applied alone", () => {
    expect(reasons(demoSkill(LINKED, files), [remove])).toEqual({ remove: "broken-link" });
    expect(reasons(demoSkill(LINKED, files), [unlink])).toEqual({ unlink: "orphan-reference" });
  });

  test("a fault that the parent has already holds nothing up", () => {
    const parent = demoSkill("# T\n\n[gone](gone.md)\n", { "references/lost.md": "x\n" });
    const one = edit("e", "append_to_section", { target_section: "# T", content: "more" });
    expect(reasons(parent, [one])).toEqual({ e: "applied" });
    expect(reasons(parent, [{ ...one, content: "[gone](gone.md)" }])).toEqual({ e: "no-change" });
    expect(reasons(parent, [{ ...one, content: "see [gone](gone.md)" }])).toEqual({
      e: "broken-link",
    });
  });
});

describe("line origins", () => {
  test("every line that an edit wrote or changed names it, and no other does", () => {
    const { skill, lineOrigins } = applyEdits(demoSkill(BODY), [
      edit("a", "append_to_section", { target_section: "## Important", content: "- a\n- b" }),
      edit("b", "replace_in_section", { old_text: "intro", content: "outro" }),
      edit("c", "add_section", { content: "## New\n\nc" }),
    ]);
    const lines = (skill.files.get("SKILL.md") ?? "").split("\n");
    const told = lineOrigins.map(({ line, edit }) => [edit, lines[line - 1]]);
    expect(told).toEqual([
      ["b", "outro"],
      ["a", ""],
      ["a", "- a"],
      ["a", "- b"],
      ["c", ""],
      ["c", "## New"],
      ["c", ""],
      ["c", "c"],
    ]);
  });

  test("a removal leaves no line", () => {
    const { lineOrigins } = applyEdits(demoSkill("# T\n\n- a\n- b\n- c\n"), [
      edit("e", "replace_in_section", { old_text: "- b", content: "" }),
    ]);
    expect(lineOrigins).toEqual([]);
  });
});
