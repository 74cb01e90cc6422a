import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Edit } from "../../../../../harness/contracts/index.ts";
import { evolve } from "../../../../../harness/evolution/evolve.ts";
import { presets } from "../../../../../harness/evolution/presets.ts";
import { compacted } from "../../../../../harness/evolution/stages/apply/compaction.ts";
import {
  type Demotion,
  demoteBySupport,
} from "../../../../../harness/evolution/stages/apply/demote.ts";
import { applyEdits } from "../../../../../harness/skills/apply-edits.ts";
import { lintSkill } from "../../../../../harness/skills/lint-skill.ts";
import { skillOf } from "../../../../../harness/skills/read-skill.ts";
import { excessesOf } from "../../../../../harness/skills/size-budget.ts";
import { rule, ruleEdit, startSkill } from "../../../../support/evolution.ts";
import { settle } from "../../../../support/evolution-world.ts";

const parent = startSkill();

/** A rule of about 180 tokens: thirty of them are more than a SKILL.md may hold. */
const longRule = (title: string) =>
  rule(title, "add them one by one, from the first to the last, and say each sum aloud ".repeat(9));

const edits = (count: number): Edit[] =>
  Array.from({ length: count }, (_, i) =>
    ruleEdit(`m1.e${i + 1}`, longRule(`Rule ${i + 1}`), i < 5 ? ["t1", "t2", "t3"] : ["t1", "t2"]),
  );

const split = (kept: readonly Edit[]): Demotion =>
  demoteBySupport(kept, parent, { minSupport: 2, demote: "references" });

const apply = ({ kept, added }: Demotion) => applyEdits(parent, [...kept, ...added]);
const textOf = (files: ReadonlyMap<string, string>) => [...files.values()].join("\n");

describe("compaction", () => {
  test("what does not fit goes to a linked reference, and nothing is withheld", () => {
    const before = apply(split(edits(36)));
    expect(before.outcomes.some(({ kind }) => kind === "withheld")).toBe(true);

    const result = compacted(split(edits(36)), parent);
    const { skill, outcomes } = apply(result);
    expect(outcomes.filter(({ kind }) => kind === "withheld")).toEqual([]);
    for (const [file, text] of skill.files) expect(excessesOf(file, text), file).toEqual([]);
    expect(lintSkill(skill).filter(({ severity }) => severity === "error")).toEqual([]);
    for (let i = 1; i <= 36; i++) expect(textOf(skill.files)).toContain(`**Rule ${i}.**`);
    expect(skill.files.get("SKILL.md")).toContain("references/more-rules.md");
    expect(result.compacted?.length).toBe(36 - result.kept.length);
  });

  test("what most tasks support stays in SKILL.md", () => {
    const { kept } = compacted(split(edits(36)), parent);
    expect(kept.slice(0, 5).map(({ id }) => id)).toEqual([1, 2, 3, 4, 5].map((i) => `m1.e${i}`));
  });

  test("what fits is left as it is", () => {
    const fitting = split(edits(3));
    expect(compacted(fitting, parent)).toBe(fitting);
  });

  test("what replaces text or links a file is never moved", () => {
    const link = ruleEdit("m1.x", `Read [own](references/own.md). ${"word ".repeat(5000)}`);
    const created: Edit = { ...link, id: "m1.y", file: "references/own.md", op: "create" };
    const { compacted: moved = [] } = compacted(
      {
        kept: [link, { ...created, content: "# Own\n\nText." }],
        demoted: [],
        quarantined: [],
        added: [],
      },
      parent,
    );
    expect(moved).toEqual([]);
  });

  test("a section keeps its heading where it goes", () => {
    const section: Edit = {
      ...ruleEdit("m1.s", `${"- A line of text that says little.\n".repeat(80)}`, ["t1", "t2"]),
      op: "add_section",
      target_section: "## Seldom",
    };
    const { skill } = apply(
      compacted(
        split(
          [...edits(24), { ...section, tasks: ["t9"] }].map((edit) => ({
            ...edit,
            tasks: edit.op === "add_section" ? ["t1", "t2"] : ["t1", "t2", "t3"],
          })),
        ),
        parent,
      ),
    );
    const file = [...skill.files].find(([, text]) => text.includes("## Seldom"));
    expect(file?.[0]).toMatch(/^references\/more-rules/);
  });

  test("however many and however long, the result is within its budget and every edit is accounted for", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 60 }),
        (sizes) => {
          const many = sizes.map((size, i) =>
            ruleEdit(`m1.e${i}`, rule(`Rule ${i}`, "add and look ".repeat(size * 4)), ["t1", "t2"]),
          );
          const result = compacted(split(many), parent);
          const { skill, outcomes } = apply(result);
          for (const [file, text] of skill.files) expect(excessesOf(file, text)).toEqual([]);
          const seen = [...result.kept, ...result.demoted].map(({ id }) => id).sort();
          expect(seen).toEqual(many.map(({ id }) => id).sort());
          expect(outcomes.filter(({ kind }) => kind === "withheld")).toEqual([]);
        },
      ),
      { numRuns: 5 },
    );
  });
});

test("an evolution whose merge is too long ends within its budget, everything in the skill or a reference of it", async () => {
  const world = {
    tasks: 20,
    passes: () => false,
    learns: (task: number) =>
      [0, 1, 2].map((i) => `${"Long title ".repeat(15)}${3 * Math.floor(task / 2) + i}`),
  };
  const preset = { ...presets.default, contrast: 1, replay: 0, compaction: true };
  const full = startSkill()
    .files.get("SKILL.md")
    ?.replace("- Look", `${"So much to read. ".repeat(900)}\n\n- Look`);
  const large = skillOf(new Map([["SKILL.md", full ?? ""]]));
  const { request, deps } = settle(world, { preset, parent: large });
  const { skill, account, provenance } = await evolve(request, deps);
  expect(account.final).toMatchObject({ total: 30, withheld: {} });
  expect(account.final.compacted).toBeGreaterThan(0);
  expect(account.final.demoted).toBe(account.final.compacted);
  expect(account.final.kept + account.final.demoted).toBe(30);
  for (const [file, text] of skill.files) expect(excessesOf(file, text)).toEqual([]);
  for (const { tasks } of provenance.edits) expect(tasks.length).toBeGreaterThanOrEqual(2);
  expect(new Set(provenance.edits.flatMap(({ tasks }) => tasks)).size).toBe(20);
});
