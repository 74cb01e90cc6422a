import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Edit, Skill } from "../../../../harness/contracts/index.ts";
import {
  composeProvenance,
  qualifiedProvenance,
  type TracedSkill,
  unchanged,
} from "../../../../harness/evolution/record/over-rounds.ts";
import { applyEdits } from "../../../../harness/skills/apply-edits.ts";
import type { Provenance } from "../../../../harness/skills/provenance.ts";
import { ruleEdit, startSkill } from "../../../support/evolution.ts";

/** What a round that applies these edits knows of its own lines. */
function round(skill: Skill, edits: readonly Edit[], number: number): TracedSkill {
  const applied = applyEdits(skill, edits);
  const provenance: Provenance = {
    skill: applied.skill.digest,
    parent: skill.digest,
    lines: applied.lineOrigins.map(({ file, line, edit }) => ({ file, line, edit })),
    edits: edits.map(({ id, content = "", tasks }) => ({
      id,
      rule: content.slice(0, 120),
      tasks: [...tasks],
      patches: [],
    })),
  };
  return { skill: applied.skill, provenance: qualifiedProvenance(provenance, number) };
}

const since = (before: TracedSkill, edits: readonly Edit[], number: number): TracedSkill => {
  const next = round(before.skill, edits, number);
  return { skill: next.skill, provenance: composeProvenance(before, next) };
};

/** Ids behind the line with this text. */
function behind({ skill, provenance }: TracedSkill, text: string): string[] {
  const lines = (skill.files.get("SKILL.md") ?? "").split("\n");
  return provenance.lines.filter(({ line }) => lines[line - 1] === text).map(({ edit }) => edit);
}

describe("provenance over rounds", () => {
  test("keeps the origin of a line that a later round pushes down", () => {
    const one = since(unchanged(startSkill()), [ruleEdit("e1", "- Late rule.")], 1);
    const early: Edit = { ...ruleEdit("e1", "- Early rule."), target_section: "## Begin" };
    const two = since(one, [early], 2);
    expect(behind(two, "- Late rule.")).toEqual(["r1.e1"]);
    expect(behind(two, "- Early rule.")).toEqual(["r2.e1"]);
    expect(behind(two, "- Look at the file.")).toEqual([]);
    expect(two.provenance.parent).toBe(startSkill().digest);
    expect(two.provenance.skill).toBe(two.skill.digest);
  });

  test("gives a line that a later round rewrites to that round, and forgets one that it deletes", () => {
    const one = since(
      unchanged(startSkill()),
      [ruleEdit("e1", "- Add slowly."), ruleEdit("e2", "- Rest.")],
      1,
    );
    const replaced: Edit = {
      ...ruleEdit("e1", "- Add quickly."),
      op: "replace_in_section",
      old_text: "- Add slowly.",
    };
    const two = since(one, [replaced], 2);
    expect(behind(two, "- Add quickly.")).toEqual(["r2.e1"]);
    expect(behind(two, "- Rest.")).toEqual(["r1.e2"]);
    const three = since(
      two,
      [{ ...ruleEdit("e1", ""), op: "delete_section", target_section: "## Rules" }],
      3,
    );
    expect(three.provenance.lines.map(({ edit }) => edit)).not.toContain("r1.e2");
  });

  test("every rule that rounds add leads to the round that added it, in whatever sections they stand", () => {
    const plan = fc.array(
      fc.record({ section: fc.constantFrom("## Begin", "## Rules"), twin: fc.boolean() }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(plan, (rounds) => {
        let known = unchanged(startSkill());
        rounds.forEach(({ section, twin }, i) => {
          const first = { ...ruleEdit("e1", `- Rule ${i}.`), target_section: section };
          const second = { ...ruleEdit("e2", `- Twin ${i}.`), target_section: section };
          known = since(known, twin ? [first, second] : [first], i + 1);
        });
        rounds.forEach(({ twin }, i) => {
          expect(behind(known, `- Rule ${i}.`)).toEqual([`r${i + 1}.e1`]);
          expect(behind(known, `- Twin ${i}.`)).toEqual(twin ? [`r${i + 1}.e2`] : []);
        });
      }),
      { numRuns: 30 },
    );
  });

  test("refuses rounds that share an id", () => {
    const one = since(unchanged(startSkill()), [ruleEdit("e1", "- Late rule.")], 1);
    expect(() => since(one, [ruleEdit("r1.e1", "- Other.")], 2)).toThrow("two rounds have an edit");
  });
});
