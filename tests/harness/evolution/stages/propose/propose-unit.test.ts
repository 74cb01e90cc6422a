import { describe, expect, test } from "vitest";
import type { Analysis } from "../../../../../harness/evolution/stages/analyse/analysis.ts";
import type { Lesson } from "../../../../../harness/evolution/stages/analyse/lesson.ts";
import {
  type Proposal,
  proposalPatch,
  proposeUnit,
} from "../../../../../harness/evolution/stages/propose/propose-unit.ts";
import { applyEdits } from "../../../../../harness/skills/apply-edits.ts";
import {
  memory,
  memoryRunner,
  roleModel,
  rule,
  startSkill,
} from "../../../../support/evolution.ts";
import { steppingClock } from "../../../../support/stepping-clock.ts";

const parent = startSkill();
const world = "## The agent\n\nIt has a shell.";
const analysis: Analysis = {
  task: "t1",
  row: "row",
  side: "failure",
  end: { kind: "explained" },
  causes: [],
  memories: [memory("A", [1]), memory("B", [2, 3])] as unknown as Lesson[],
  faults: [],
  repairs: 0,
};
const good = {
  file: "SKILL.md",
  op: "append_to_section",
  target_section: "## Rules",
  content: rule("Count twice", "count twice"),
};
const repairedExample = {
  file: "SKILL.md",
  op: "replace_in_section",
  old_text: "sum terms.txt",
  content: "sum 'terms.txt'",
};
const patch = (...edits: object[]) => JSON.stringify({ reasoning: "r", edits, changelog: ["c"] });

async function proposed(first: string, repaired: string | undefined, ruleSchema = true) {
  const model = roleModel({
    propose: () => first,
    repair: () => repaired ?? new Error("no repair was expected"),
  });
  const rules = { parent, ruleSchema, values: new Set(["Ada Lovelace"]), world };
  const by = { model, repair: model, seed: 41, clock: steppingClock() };
  const row = await memoryRunner().run(proposeUnit(analysis, rules, by));
  return {
    proposal: row.result as unknown as Proposal,
    asked: model.asked,
    requests: model.requests,
  };
}

const long = Array.from({ length: 10_000 }, (_, i) => `line ${i}`).join("\n");

describe("a proposal", () => {
  test("becomes a patch whose edits have ids, their task and the steps of their lessons", async () => {
    const { proposal, asked } = await proposed(patch({ ...good, from: [2] }), undefined);
    expect(asked).toEqual(["propose"]);
    expect(proposal.edits).toEqual([{ ...good, steps: [2, 3], lessons: [2] }]);
    expect(proposalPatch("p7", proposal, "t1")).toEqual({
      id: "p7",
      reasoning: "r",
      edits: [{ ...good, id: "p7.e1", sources: ["p7.e1"], tasks: ["t1"] }],
      changelog: ["c"],
    });
  });

  test("that does not say which lessons it carries has the steps of all", async () => {
    const { proposal } = await proposed(patch(good), undefined);
    expect(proposal.edits[0]?.steps).toEqual([1, 2, 3]);
  });

  test.each([
    ["in prose", `Gladly! ${patch(good)} That is all.`, ["in-prose"]],
    ["in a fence", `\`\`\`json\n${patch(good)}\n\`\`\``, ["fenced"]],
    [
      "with the names of the released artefacts",
      JSON.stringify({ reasoning: "r", edits: [good], changelog_entries: ["c"] }),
      [],
    ],
    ["with its own directory before the path", patch({ ...good, file: "adding/SKILL.md" }), []],
  ])("is read %s without a repair", async (_, reply, notes) => {
    const { proposal, asked } = await proposed(reply, undefined);
    expect(asked).toEqual(["propose"]);
    expect(proposal).toMatchObject({ end: "patch", notes, changelog: ["c"], edits: [good] });
  });

  test("with an empty list of edits says that the skill has it all: counted, not repaired", async () => {
    const { proposal, asked } = await proposed(patch(), undefined);
    expect(asked).toEqual(["propose"]);
    expect(proposal).toMatchObject({ end: "empty-patch", repairs: 0 });
  });

  test("may put right an example of the skill that a lesson shows to fail", async () => {
    const { proposal, asked } = await proposed(patch({ ...repairedExample, from: [2] }), undefined);
    expect(asked).toEqual(["propose"]);
    expect(proposal.edits).toMatchObject([{ ...repairedExample, lessons: [2] }]);
  });

  test("may show a rule with an example", async () => {
    const shown = { ...good, content: `${rule("Shown")}\n\n\`\`\`sh\nsum terms.txt\n\`\`\`` };
    const { proposal } = await proposed(patch(shown), undefined);
    expect(proposal.edits).toMatchObject([shown]);
  });

  test("of a rule about the form of calls is withheld without a repair, and counted", async () => {
    const form = { ...good, content: rule("Never send the same command twice") };
    const { proposal, asked } = await proposed(patch(good, form), undefined);
    expect(asked).toEqual(["propose"]);
    expect(proposal).toMatchObject({ edits: [good], withheld: [{ reason: "form" }] });
  });

  test("is asked for with the skill's own headings and the agent's world", async () => {
    const { requests } = await proposed(patch(good), undefined);
    const [system, user] = requests[0]?.messages ?? [];
    expect(system?.text).toContain('"target_section": "## Begin"');
    expect(user?.text).toContain("## Where edits can go");
    expect(user?.text).toContain("It has a shell.");
  });

  test("under the paper's procedure is asked for with the skill and the lessons alone", async () => {
    const { requests } = await proposed(patch(good), undefined, false);
    expect(requests[0]?.messages[1]?.text).not.toMatch(/Where edits can go|It has a shell/);
  });

  test("of what the skill says already is withheld without a repair", async () => {
    const said = { ...good, content: rule("Old") };
    const taught = applyEdits(parent, [
      { ...said, op: "append_to_section", id: "e", sources: [], tasks: [] },
    ]).skill;
    const model = roleModel({ propose: () => patch(said) });
    const by = { model, repair: model, seed: 41, clock: steppingClock() };
    const rules = { parent: taught, ruleSchema: true, values: new Set<string>(), world };
    const row = await memoryRunner().run(proposeUnit(analysis, rules, by));
    expect(row.result).toMatchObject({
      end: "all-edits-withheld",
      withheld: [{ reason: "no-change" }],
    });
    expect(model.asked).toEqual(["propose"]);
  });
});

/** What is wrong with the whole reply. */
const unreadable: [string, string][] = [
  ["empty-reply", ""],
  ["not-json", "I would add a rule about counting."],
  ["half-json", patch(good).slice(0, -30)],
  ["bad-json", patch(good).replace("count twice", 'count "twice" or x')],
  ["wrong-shape", JSON.stringify({ edits: "none" })],
  ["too-large", patch({ ...good, content: long })],
];

/** What is wrong with one edit of a patch. */
const faulty: [string, object][] = [
  ["not-an-edit", { content: "no file" }],
  ["other-skill", { ...good, file: "juggling/SKILL.md" }],
  ["too-long", { ...good, content: long.slice(0, 4000) }],
  ["path-outside", { ...good, file: "/etc/passwd", op: "create" }],
  ["path-outside", { ...good, file: "../../evil.md", op: "create" }],
  ["unknown-operation", { ...good, op: "rewrite" }],
  ["missing-file", { ...good, file: "references/none.md" }],
  ["missing-anchor", { ...good, target_section: "## Nowhere" }],
  ["anchor-in-code", { ...good, target_section: "# Finish" }],
  ["orphan-reference", { file: "references/new.md", op: "create", content: "# New\n\nText." }],
  ["hidden-unicode", { ...good, content: `${rule("Seen")}\u202e` }],
  ["rule-schema", { ...good, content: "- Always be careful." }],
  ["rule-schema", { ...good, content: `${rule("Old form")} Why: so. Unless: no. Check: look.` }],
  ["long-rule", { ...good, content: rule("Long", "count and count again ".repeat(12)) }],
  ["long-example", { ...good, content: `${rule("Shown")}\n\n\`\`\`sh\n${"x\n".repeat(13)}\`\`\`` }],
  ["no-lesson", repairedExample],
  ["long-example", { ...repairedExample, from: [1], content: "sum\n".repeat(14) }],
  ["hard-coded-value", { ...repairedExample, from: [1], content: "echo Ada Lovelace" }],
  ["hard-coded-value", { ...good, content: rule("Named", "look for ADA  LOVELACE first") }],
  [
    "front-matter",
    {
      file: "SKILL.md",
      op: "replace_in_section",
      old_text: "name: adding",
      content: "name: other",
    },
  ],
];

describe("a bad reply is repaired once", () => {
  test.each(unreadable)("%s: and then read", async (kind, reply) => {
    const { proposal, asked } = await proposed(reply, patch(good));
    expect(asked).toEqual(["propose", "repair"]);
    expect(proposal).toMatchObject({ end: "patch", faults: [kind], repairs: 1, edits: [good] });
  });

  test.each(unreadable)("%s: and dropped when the repair is no better", async (kind, reply) => {
    const { proposal, asked } = await proposed(reply, reply);
    expect(asked).toEqual(["propose", "repair"]);
    expect(proposal).toMatchObject({
      end: "unreadable",
      faults: [kind, kind],
      edits: [],
      withheld: [],
    });
  });

  test.each(faulty)("%s: and the edit alone is withheld when it stays so", async (reason, edit) => {
    const reply = patch(good, edit);
    const { proposal, asked } = await proposed(reply, reply);
    expect(asked).toEqual(["propose", "repair"]);
    expect(proposal).toMatchObject({
      end: "patch",
      edits: [good],
      withheld: [{ reason }],
      faults: [reason],
    });
    expect(proposal.withheld).toHaveLength(1);
  });

  test("two edits that want the same text are both withheld", async () => {
    const replacing = {
      file: "SKILL.md",
      op: "replace_in_section",
      target_section: "## Rules",
      old_text: "Add all terms.",
    };
    const reply = patch(
      { ...replacing, content: "Add each." },
      { ...replacing, content: "Add none." },
    );
    const { proposal, asked } = await proposed(reply, reply);
    expect(asked).toEqual(["propose", "repair"]);
    expect(proposal.withheld.map(({ reason }) => reason)).toEqual(["overlap", "overlap"]);
    expect(proposal.end).toBe("all-edits-withheld");
  });

  test("the repairing model sees the request, the reply and every finding", async () => {
    const { requests } = await proposed(
      patch({ ...good, target_section: "## Nowhere" }),
      patch(good),
    );
    const user = requests[1]?.messages[1]?.text ?? "";
    expect(user).toContain("# Role: propose");
    expect(user).toContain("## Nowhere");
    expect(user).toMatch(/- edits\[0\]: .*\(missing-anchor\)/);
  });

  test("a repair that loses good edits is not taken", async () => {
    const other = { ...good, content: rule("Another") };
    const { proposal } = await proposed(
      patch(good, other, { ...good, op: "rewrite" }),
      patch(good),
    );
    expect(proposal.edits).toHaveLength(2);
    expect(proposal.withheld).toMatchObject([{ reason: "unknown-operation" }]);
  });

  test("without the rule schema a plain sentence is an edit", async () => {
    const plain = { ...good, content: "- Ada Lovelace was careful." };
    const { proposal } = await proposed(patch(plain), undefined, false);
    expect(proposal).toMatchObject({ end: "patch", edits: [plain] });
  });

  test("a secret in proposed text is taken out and counted", async () => {
    const leak = { ...good, content: rule("Key", `use ghp_${"A1b2".repeat(9)}`) };
    const { proposal } = await proposed(patch(leak), undefined);
    expect(proposal.notes).toEqual(["secret-redacted"]);
    expect(proposal.edits[0]?.content).toContain("use [redacted]");
  });
});
