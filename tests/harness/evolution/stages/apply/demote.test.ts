import { describe, expect, test } from "vitest";
import type { Edit } from "../../../../../harness/contracts/index.ts";
import {
  demoteBySupport,
  originsOfDemoted,
} from "../../../../../harness/evolution/stages/apply/demote.ts";
import { applyEdits } from "../../../../../harness/skills/apply-edits.ts";
import { lintSkill } from "../../../../../harness/skills/lint-skill.ts";
import { rule, ruleEdit, startSkill } from "../../../../support/evolution.ts";

const parent = startSkill();
const strong = ruleEdit("m1.e1", rule("Strong"), ["t1", "t2"]);
const weak = ruleEdit("m1.e2", rule("Weak"), ["t1"]);
const removal: Edit = {
  ...ruleEdit("m1.e3", "", ["t1"]),
  op: "delete_section",
  target_section: "## Begin",
};
const pair: Edit[] = [
  {
    id: "m1.e4",
    file: "references/own.md",
    op: "create",
    content: "# Own\n\nText.",
    sources: ["m1.e4"],
    tasks: ["t1"],
  },
  ruleEdit("m1.e5", "Read [own](references/own.md) when there is time.", ["t1"]),
];
const edits = [strong, weak, removal, ...pair];
const ids = (list: readonly Edit[]) => list.map(({ id }) => id);

describe("demotion by support", () => {
  test("a rule that one task supports goes to a linked reference; what one task would delete stays out", () => {
    const { kept, demoted, quarantined, added } = demoteBySupport(edits, parent, {
      minSupport: 2,
      demote: "references",
    });
    expect([ids(kept), ids(demoted), ids(quarantined)]).toEqual([
      ["m1.e1", "m1.e4", "m1.e5"],
      ["m1.e2"],
      ["m1.e3"],
    ]);
    expect(added).toMatchObject([
      { file: "references/single-source.md", op: "create", sources: ["m1.e2"], tasks: ["t1"] },
      { id: "reference.link", file: "SKILL.md", op: "add_section", sources: ["m1.e2"] },
    ]);
    const { skill, outcomes } = applyEdits(parent, [...kept, ...added]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(outcomes.map(() => "applied"));
    expect(skill.files.get("references/single-source.md")).toContain(rule("Weak"));
    expect(skill.files.get("SKILL.md")).not.toContain("Weak");
    expect(lintSkill(skill).filter(({ severity }) => severity === "error")).toEqual([]);
  });

  test("to quarantine, nothing of it comes near the skill", () => {
    const split = demoteBySupport(edits, parent, { minSupport: 2, demote: "quarantine" });
    expect([ids(split.kept), ids(split.demoted), split.added]).toEqual([["m1.e1"], [], []]);
    expect(ids(split.quarantined)).toEqual(["m1.e2", "m1.e3", "m1.e4", "m1.e5"]);
  });

  test("with a support of one asked for, everything stays", () => {
    expect(
      ids(demoteBySupport(edits, parent, { minSupport: 1, demote: "references" }).kept),
    ).toEqual(ids(edits));
  });

  test("many rules go to several short references, and a second evolution takes the next free name", () => {
    const many = Array.from({ length: 200 }, (_, i) =>
      ruleEdit(`m1.e${i}`, rule(`Weak ${i}`), ["t1"]),
    );
    const first = demoteBySupport(many, parent, { minSupport: 2, demote: "references" });
    expect(first.added.map(({ file }) => file)).toEqual([
      "references/single-source.md",
      "references/single-source-2.md",
      "references/single-source-3.md",
      "SKILL.md",
    ]);
    const { skill, outcomes } = applyEdits(parent, first.added);
    expect(outcomes.every(({ kind }) => kind === "applied")).toBe(true);
    expect(lintSkill(skill).filter(({ rule: name }) => name === "table-of-contents")).toEqual([]);

    const second = demoteBySupport([ruleEdit("m1.e1", rule("Later"), ["t9"])], skill, {
      minSupport: 2,
      demote: "references",
    });
    expect(second.added.map(({ file, op }) => `${op} ${file}`)).toEqual([
      "create references/single-source-4.md",
      "append_to_section SKILL.md",
    ]);
    expect(applyEdits(skill, second.added).outcomes.every(({ kind }) => kind === "applied")).toBe(
      true,
    );
  });

  test("every line of a demoted rule is its own, also where examples have lines in common", () => {
    const shown = (id: string, command: string) =>
      ruleEdit(id, `${rule(id)}\n\n\`\`\`sh\ncd /tmp\n${command}\n\`\`\``, ["t1"]);
    const split = demoteBySupport([shown("m1.e1", "ls"), shown("m1.e2", "pwd")], parent, {
      minSupport: 2,
      demote: "references",
    });
    const { skill, lineOrigins } = applyEdits(parent, split.added);
    const file = "references/single-source.md";
    const lines = (skill.files.get(file) ?? "").split("\n");
    const found = originsOfDemoted(lineOrigins, skill, split)
      .filter((line) => line.file === file && lines[line.line - 1] !== "")
      .map(({ line, edit }) => `${edit} ${lines[line - 1]}`);
    expect(found.slice(2)).toEqual(
      [
        ["m1.e1", "ls"],
        ["m1.e2", "pwd"],
      ].flatMap(([id = "", command]) =>
        [rule(id), "```sh", "cd /tmp", command, "```"].map((line) => `${id} ${line}`),
      ),
    );
  });
});
