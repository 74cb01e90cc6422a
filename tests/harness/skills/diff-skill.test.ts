import { applyPatch } from "diff";
import { expect, test } from "vitest";
import { diffSkills } from "../../../harness/skills/diff-skill.ts";
import { demoSkill } from "../../support/skills.ts";

test("two skills differ by file, with a unified diff and counts", () => {
  const before = demoSkill("# T\n\nold\n", { "references/a.md": "a\n", "references/c.md": "c\n" });
  const after = demoSkill("# T\n\nnew\nmore\n", {
    "references/b.md": "b\nb\n",
    "references/c.md": "c\n",
  });
  const diff = diffSkills(before, after);
  expect(diff.files.map(({ patch: _, ...file }) => file)).toEqual([
    { file: "SKILL.md", status: "changed", added: 2, removed: 1 },
    { file: "references/a.md", status: "removed", added: 0, removed: 1 },
    { file: "references/b.md", status: "added", added: 2, removed: 0 },
  ]);
  expect([diff.added, diff.removed]).toEqual([4, 2]);
  expect(diff.files[0]?.patch).toBe(
    "--- a/SKILL.md\n+++ b/SKILL.md\n@@ -5,4 +5,5 @@\n \n # T\n \n-old\n+new\n+more\n",
  );
  expect(diff.files[1]?.patch).toMatch(/^--- a\/references\/a\.md\n\+\+\+ \/dev\/null\n@@ -1/);
});

test("the diff of a file turns the one into the other", () => {
  const [before, after] = [demoSkill("a\nb\nc\n"), demoSkill("a\nx\nc\nd\n")];
  const patch = diffSkills(before, after).files[0]?.patch ?? "";
  expect(applyPatch(before.files.get("SKILL.md") ?? "", patch)).toBe(after.files.get("SKILL.md"));
});

test("a skill does not differ from itself", () => {
  expect(diffSkills(demoSkill("x\n"), demoSkill("x\n"))).toEqual({
    files: [],
    added: 0,
    removed: 0,
  });
});
