import { describe, expect, test } from "vitest";
import { lintFiles, lintSkill } from "../../../harness/skills/lint-skill.ts";
import { demoSkill, FRONT_MATTER } from "../../support/skills.ts";

const GOOD = "name: demo\ndescription: Shows things. Use it in tests.";

/** `severity rule` of each finding for a SKILL.md with this front matter. */
function ofFrontMatter(yaml: string, directoryName = "demo"): readonly string[] {
  const files = new Map([["SKILL.md", `---\n${yaml}\n---\n\nDo it.\n`]]);
  return lintFiles(files, { directoryName }).map(({ severity, rule }) => `${severity} ${rule}`);
}

/** `severity rule file:line` of each finding for a skill with this body and these files. */
function ofBody(body: string, files: Record<string, string> = {}): readonly string[] {
  return lintSkill(demoSkill(body, files)).map(
    ({ severity, rule, file, line }) => `${severity} ${rule} ${file}${line ? `:${line}` : ""}`,
  );
}

describe("front matter", () => {
  test.each<[string, string, readonly string[]]>([
    ["all is well", GOOD, []],
    [
      "every key of the specification",
      `${GOOD}\nlicense: Apache-2.0\ncompatibility: Needs bash.\nmetadata:\n  version: "1"\nallowed-tools: Bash(git:*) Read`,
      [],
    ],
    ["a --- inside a value", 'name: demo\ndescription: "a --- b"', []],
    ["an unknown key", `${GOOD}\nversion: 1`, ["error front-matter"]],
    ["a key twice", `${GOOD}\nname: demo`, ["error front-matter"]],
    ["no YAML", "name: [", ["error front-matter"]],
    ["no mapping", "- a", ["error front-matter"]],
    ["an alias that leads nowhere", `${GOOD}\nmetadata: *nothing`, ["error front-matter"]],
    ["a key of the language", `${GOOD}\n__proto__: {a: 1}`, ["error front-matter"]],
    [
      "aliases that unfold without end",
      `${GOOD}\nmetadata:\n  a: &a [x,x,x,x,x,x,x,x,x]\n${[..."bcdefgh"].map((name, i) => `  ${name}: &${name} [${Array(9).fill(`*${"abcdefg"[i]}`)}]`).join("\n")}`,
      ["error front-matter"],
    ],
    ["no name", "description: x", ["error name"]],
    ["a number for a name", "name: 3\ndescription: x", ["error name"]],
    ["no description", "name: demo", ["error description"]],
    ["an empty description", "name: demo\ndescription: ' '", ["error description"]],
    ["1,024 characters", `name: demo\ndescription: ${"é".repeat(1024)}`, []],
    ["1,025 characters", `name: demo\ndescription: ${"é".repeat(1025)}`, ["error description"]],
    ["angle brackets", "name: demo\ndescription: a <b> c", ["error description"]],
    ["compatibility of 501", `${GOOD}\ncompatibility: ${"x".repeat(501)}`, ["error compatibility"]],
    ["metadata that is text", `${GOOD}\nmetadata: x`, ["error metadata"]],
    ["metadata with a number", `${GOOD}\nmetadata:\n  version: 1`, ["error metadata"]],
    ["tools as a list", `${GOOD}\nallowed-tools: [Read]`, ["error allowed-tools"]],
  ])("%s", (_, yaml, expected) => {
    expect(ofFrontMatter(yaml)).toEqual(expected);
  });

  test.each<[string, number]>([
    ["a", 0],
    ["a1-b2", 0],
    ["x".repeat(64), 0],
    ["x".repeat(65), 1],
    ["Upper", 1],
    ["under_score", 1],
    ["-edge", 1],
    ["edge-", 1],
    ["two--hyphens", 1],
    ["naïve", 1],
  ])("the name %s", (name, errors) => {
    expect(ofFrontMatter(`name: ${name}\ndescription: x`, name)).toHaveLength(errors);
  });

  test("the name is that of the directory, and the finding says where", () => {
    const files = new Map([["SKILL.md", `---\n${GOOD}\n---\n\nDo it.\n`]]);
    expect(lintFiles(files, { directoryName: "other" })).toEqual([
      {
        severity: "error",
        rule: "name",
        file: "SKILL.md",
        line: 2,
        message: 'name "demo" is not the directory\'s name "other"',
        fix: "Rename one of them.",
      },
    ]);
  });

  test("without front matter, or without SKILL.md, there is one error", () => {
    expect(lintFiles(new Map([["SKILL.md", "# T\n"]])).map(({ rule }) => rule)).toEqual([
      "front-matter",
    ]);
    expect(lintFiles(new Map([["README.md", "# T\n"]])).map(({ rule }) => rule)).toEqual([
      "missing-skill-file",
    ]);
  });
});

describe("body", () => {
  const prose = (lines: number) => "word\n".repeat(lines);

  test.each<[string, string, Record<string, string>, readonly string[]]>([
    ["nothing", "", {}, ["error empty-body SKILL.md"]],
    ["500 lines", prose(495), {}, []],
    ["501 lines", prose(496), {}, ["error size-budget SKILL.md"]],
    ["too many tokens", "word ".repeat(5000), {}, ["error size-budget SKILL.md"]],
    [
      "a long reference",
      "[r](references/r.md)",
      { "references/r.md": `# Contents\n\n${prose(298)}` },
      [],
    ],
    [
      "a reference that is too long",
      "[r](references/r.md)",
      { "references/r.md": `# Contents\n\n${prose(299)}` },
      ["error size-budget references/r.md"],
    ],
    [
      "a reference that needs a table of contents",
      "[r](references/r.md)",
      { "references/r.md": prose(101) },
      ["warning table-of-contents references/r.md:1"],
    ],
    ["a link to a missing file", "a\n\n[x](x.md)", {}, ["error broken-link SKILL.md:8"]],
    [
      "a mention of a missing file",
      "a\nsee `scripts/x.py -v`",
      {},
      ["error broken-link SKILL.md:7"],
    ],
    ["a path in a code block may be an example", "```sh\nrun scripts/x.py\n```", {}, []],
    ["a link that climbs", "[x](../x.md)", {}, ["error climbing-link SKILL.md:6"]],
    ["an absolute link", "[x](/etc/passwd)", {}, ["error climbing-link SKILL.md:6"]],
    ["links to the web and within the page", "[x](https://a.org/b.md) [y](#z)", {}, []],
    ["a link with a fragment", "[r](references/r.md#part)", { "references/r.md": "r\n" }, []],
    ["a reference by definition", "[r]\n\n[r]: references/r.md", { "references/r.md": "r\n" }, []],
    ["a link in code is no link", "```md\n[x](x.md)\n```", {}, []],
    [
      "an orphan",
      "# T",
      { "references/r.md": "r\n", "scripts/s.py": "s\n", "assets/a.txt": "a\n", LICENSE: "l\n" },
      ["error orphan references/r.md", "error orphan scripts/s.py"],
    ],
    ["a mention links", "`references/r.md`", { "references/r.md": "r\n" }, []],
    ["so does the agent's path", "`cat skill/scripts/s.py`", { "scripts/s.py": "s\n" }, []],
    ["and a command in a code block", "```\nscripts/s.py\n```", { "scripts/s.py": "s\n" }, []],
    [
      "a script that another one imports",
      "`scripts/a.py`",
      { "scripts/a.py": "from b import c\n", "scripts/b.py": "c = 1\n" },
      [],
    ],
    [
      "a reference of a reference",
      "[a](references/a.md)",
      { "references/a.md": "[b](b.md)\n", "references/b.md": "b\n" },
      ["warning link-depth references/b.md"],
    ],
    [
      "references that only link each other",
      "# T",
      { "references/a.md": "[b](b.md)\n", "references/b.md": "[a](a.md)\n" },
      ["error orphan references/a.md", "error orphan references/b.md"],
    ],
    ["a bidirectional override", "a\u202eb", {}, ["error hidden-unicode SKILL.md:6"]],
    ["a zero-width space", "a\n\u200b", {}, ["error hidden-unicode SKILL.md:7"]],
    ["a tag character", "a\u{e0041}", {}, ["error hidden-unicode SKILL.md:6"]],
    ["a control character", "a\u001bb", {}, ["error hidden-unicode SKILL.md:6"]],
    ["an emoji of several", "👩‍💻 works", {}, []],
    ["a fence that is left open", "a\n\n```py\nx", {}, ["error unclosed-fence SKILL.md:8"]],
    ["a fence in a fence", "````\n```\n````", {}, []],
    ["a fence in a list", "- a\n\n  ```\n  x\n  ```\n- b", {}, []],
    [
      "a fence left open in a list",
      "- a\n\n  ```\n  x\n\nb",
      {},
      ["error unclosed-fence SKILL.md:8"],
    ],
    ["a heading twice", "## A\n\nx\n\n## A\n\ny", {}, ["warning duplicate-heading SKILL.md:10"]],
    ["a heading in code", "```py\n## A\n```", {}, ["warning heading-in-code SKILL.md:6"]],
    ["a heading in a Markdown sample", "```md\n## A\n```", {}, []],
    [
      "front matter in a reference",
      "[r](references/r.md)",
      { "references/r.md": "---\nname: r\n---\nr\n" },
      ["warning reference-front-matter references/r.md:1"],
    ],
  ])("%s", (_, body, files, expected) => {
    expect(ofBody(body, files)).toEqual(expected);
  });

  test("findings read as sentences", () => {
    expect(lintSkill(demoSkill("[x](x.md)"))).toEqual([
      {
        severity: "error",
        rule: "broken-link",
        file: "SKILL.md",
        line: FRONT_MATTER.split("\n").length + 1,
        message: '"x.md" is not in the skill',
        fix: "Add the file, or take the link away.",
      },
    ]);
  });
});
