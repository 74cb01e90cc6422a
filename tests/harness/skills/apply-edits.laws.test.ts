import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Edit, EditOperation } from "../../../harness/contracts/index.ts";
import { applyEdits } from "../../../harness/skills/apply-edits.ts";
import type { Finding } from "../../../harness/skills/finding.ts";
import { lintSkill } from "../../../harness/skills/lint-skill.ts";
import { outlineOf } from "../../../harness/skills/section.ts";
import { demoSkill, edit } from "../../support/skills.ts";

const TITLES = ["One", "Two", "Three", "Four"];

/** Blocks with everything that confuses an editor of lines. */
const block = fc.constantFrom(
  "plain text",
  "two lines\nof text",
  "- item\n- item two",
  "- item\n\n  with a paragraph\n- other",
  "1. first\n2. second",
  "```py\n# no heading\nx = 1\n```",
  "````\n```\n## nor this\n````",
  "    # indented code",
  "| a | b |\n|---|---|\n| 1 | 2 |",
  "> # quoted\n> text",
  "Setext\n------",
  "<!-- # comment -->",
  "---",
  "[a](references/a.md)",
  "see `references/a.md`",
);

const body = fc
  .array(fc.tuple(fc.constantFrom(1, 2, 3), fc.array(block, { maxLength: 4 })), {
    minLength: 1,
    maxLength: 4,
  })
  .map((sections) =>
    sections
      .map(([level, blocks], i) => [`${"#".repeat(level)} ${TITLES[i]}`, ...blocks].join("\n\n"))
      .join("\n\n"),
  );

/** Files that a skill may have besides. */
const files = fc.constantFrom<Record<string, string>>(
  {},
  { "references/a.md": "# A\n\ntext\n" },
  { "references/a.md": "# A\n\nsee [b](b.md)\n", "references/b.md": "b\n" },
);

const parents = fc
  .tuple(body, files, fc.constantFrom("\n", ""))
  .map(([text, more, end]) => demoSkill(text + end, more));

const content = fc.oneof(
  block,
  fc.constantFrom(
    "- new",
    "## Fresh\n\nnew",
    "## One\n\nagain",
    "```py\nopen",
    "<!-- open",
    "[b](references/new.md)",
    "\n\n- spaced\n\n\n",
    "",
    "# top",
    "===",
    "---",
  ),
);

const heading = fc.constantFrom(
  ...TITLES.flatMap((title) => [`# ${title}`, `## ${title}`, `### ${title}`, title]),
  "# no heading",
  "",
);

const text = fc.constantFrom("plain text", "item", "- item two", "x = 1", "of", "1", "demo", "");

const edits: fc.Arbitrary<readonly Edit[]> = fc
  .array(
    fc.record({
      op: fc.constantFrom<EditOperation>(
        "insert_after",
        "insert_before",
        "append_to_section",
        "replace_in_section",
        "add_section",
        "delete_section",
        "create",
        "delete_file",
      ),
      file: fc.constantFrom(
        "SKILL.md",
        "SKILL.md",
        "SKILL.md",
        "references/a.md",
        "references/new.md",
      ),
      fields: fc.record(
        {
          target_section: heading,
          target_text: text,
          old_text: text,
          after_section: heading,
          content,
        },
        { requiredKeys: [] },
      ),
      tasks: fc.uniqueArray(fc.constantFrom("t1", "t2", "t3"), { minLength: 1 }),
    }),
    { maxLength: 8 },
  )
  .map((wishes) =>
    wishes.map(({ op, file, fields, tasks }, i) => edit(`e${i}`, op, { file, tasks, ...fields })),
  );

function errorsOf(findings: readonly Finding[]): readonly string[] {
  return findings
    .filter(({ severity }) => severity === "error")
    .map(({ rule, file, message }) => `${rule} ${file} ${message}`)
    .sort();
}

describe("laws of applying edits", () => {
  test("every edit is accounted for, and the parent is as it was", () => {
    fc.assert(
      fc.property(parents, edits, (parent, all) => {
        const before = structuredClone(parent);
        const { skill, outcomes, lineOrigins } = applyEdits(parent, all);
        expect(parent).toEqual(before);
        expect(outcomes.map((outcome) => outcome.edit)).toEqual(all);
        const applied = outcomes.filter(({ kind }) => kind === "applied");
        if (applied.length === 0) expect(skill).toBe(parent);
        const ids = new Set(applied.map((outcome) => outcome.edit.id));
        for (const { file, line, edit: id } of lineOrigins) {
          expect(ids).toContain(id);
          expect((skill.files.get(file) ?? "").split("\n").length).toBeGreaterThan(line);
        }
      }),
      { numRuns: 100 },
    );
  });

  test("a result has no lint error that its parent has not", () => {
    fc.assert(
      fc.property(parents, edits, (parent, all) => {
        const { skill } = applyEdits(parent, all);
        const left = [...errorsOf(lintSkill(parent))];
        for (const error of errorsOf(lintSkill(skill))) {
          expect(left).toContain(error);
          left.splice(left.indexOf(error), 1);
        }
      }),
      { numRuns: 100 },
    );
  });

  test("the front matter never changes, and no heading is lost unless an edit removes text", () => {
    const removing = new Set(["delete_section", "replace_in_section", "delete_file"]);
    const headings = (file: string) =>
      outlineOf(file, true).sections.map(({ level, title }) => `${level} ${title}`);
    fc.assert(
      fc.property(parents, edits, (parent, all) => {
        const { skill } = applyEdits(
          parent,
          all.filter(({ op }) => !removing.has(op)),
        );
        const [before = "", after = ""] = [parent, skill].map((one) => one.files.get("SKILL.md"));
        expect(after.startsWith(before.slice(0, before.indexOf("\n---\n") + 5))).toBe(true);
        const kept = headings(after);
        for (const one of headings(before)) {
          expect(kept).toContain(one);
          kept.splice(0, kept.indexOf(one) + 1);
        }
      }),
      { numRuns: 100 },
    );
  });

  test("the order of edits that do not meet at one point decides nothing", () => {
    const parent = demoSkill(
      "# T\n\n## A\n\n- a one\n- a two\n\n```py\n# x\n```\n\n## B\n\nb text\n\n## C\n\nc text\n",
    );
    const apart: readonly Edit[] = [
      edit("a", "insert_after", { target_text: "a one", content: "- new" }),
      edit("b", "append_to_section", { target_section: "## A", content: "after the code" }),
      edit("c", "replace_in_section", { old_text: "b text", content: "other\n\n- text" }),
      edit("d", "add_section", { after_section: "## B", content: "## New\n\nnew" }),
      edit("e", "delete_section", { target_section: "## C" }),
      edit("f", "replace_in_section", { old_text: "two", content: "2" }),
      edit("g", "create", { file: "references/n.md", content: "n" }),
      edit("h", "insert_before", { target_section: "## A", content: "see `references/n.md`" }),
      edit("i", "append_to_section", { target_section: "## Nowhere", content: "x" }),
    ];
    const expected = applyEdits(parent, apart);
    expect(expected.outcomes.filter(({ kind }) => kind === "applied")).toHaveLength(8);
    fc.assert(
      fc.property(fc.shuffledSubarray([...apart], { minLength: apart.length }), (all) => {
        const { skill, lineOrigins } = applyEdits(parent, all);
        expect(skill).toEqual(expected.skill);
        expect(lineOrigins).toEqual(expected.lineOrigins);
      }),
      { numRuns: 60 },
    );
  });

  test("inserts at one point keep the order of the list", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(["a", "b", "c", "d"], { minLength: 1 }), (order) => {
        const { skill } = applyEdits(
          demoSkill("# T\n\n- x\n"),
          order.map((id) =>
            edit(id, "append_to_section", { target_section: "# T", content: `- ${id}` }),
          ),
        );
        const bullets = (skill.files.get("SKILL.md") ?? "").match(/^- \w$/gm);
        expect(bullets).toEqual(["- x", ...order.map((id) => `- ${id}`)]);
      }),
    );
  });
});
