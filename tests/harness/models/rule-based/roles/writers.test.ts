import { describe, expect, test } from "vitest";
import { pastListing } from "../../../../../harness/evolution/record/past.ts";
import { isAboutForm } from "../../../../../harness/evolution/stages/propose/form-of-calls.ts";
import { RULE_LIMIT, readRule } from "../../../../../harness/evolution/stages/propose/rule.ts";
import { bulletOf } from "../../../../../harness/models/rule-based/roles/lessons.ts";
import { merger } from "../../../../../harness/models/rule-based/roles/merge.ts";
import { proposer } from "../../../../../harness/models/rule-based/roles/propose.ts";
import { repair } from "../../../../../harness/models/rule-based/roles/repair.ts";
import { turnOf } from "../../../../support/builtin-roles.ts";
import { habitIds, lessonOf, lessonsIn, ruleFor } from "../../../../support/tables-subject.ts";

const habitsIn = (text: string) =>
  lessonsIn(text)
    .map(({ habit }) => habit)
    .sort();

test.each(habitIds)(
  "the bullet of %s has the form of a rule and teaches it and nothing else",
  async (habit) => {
    const bullet = bulletOf(ruleFor(habit));
    expect(readRule(bullet)?.words).toBe(bullet);
    expect(bullet.length).toBeLessThanOrEqual(RULE_LIMIT);
    expect(isAboutForm(bullet)).toBe(false);
    expect(habitsIn(bullet)).toEqual([habit]);
  },
);

const skill =
  "---\nname: s\ndescription: d\n---\n\n# Skill\n\n## Begin\n\n- Look.\n\n## Rules\n\n- Be kind.\n";
const proposing = (text: string, ...habits: string[]) =>
  `## The skill \`s\`\n\n### SKILL.md (9 lines)\n\n\`\`\`markdown\n${text}\`\`\`\n\n## What was learned\n\n\`\`\`json\n${JSON.stringify(
    habits.map((habit, i) => ({ lesson: i + 1, ...lessonOf(habit, []) })),
  )}\n\`\`\``;
const [first = "", second = ""] = habitIds;

describe("the builtin proposer", () => {
  test("adds one rule a lesson where the rules stand", async () => {
    expect(
      JSON.parse((await turnOf(proposer, proposing(skill, first, second))).text),
    ).toMatchObject({
      edits: [first, second].map((habit, i) => ({
        file: "SKILL.md",
        op: "append_to_section",
        target_section: "## Rules",
        content: bulletOf(ruleFor(habit)),
        from: [i + 1],
      })),
    });
  });

  test("does not propose again what was rejected in an earlier round", async () => {
    const content = bulletOf(ruleFor(first));
    const rejected = [{ file: "SKILL.md", op: "append_to_section" as const, content }];
    const told = pastListing({ patterns: [], rejected });
    const request = proposing(skill, first, second).replace("## What", `${told}\n\n## What`);
    expect(JSON.parse((await turnOf(proposer, request)).text)).toMatchObject({
      edits: [{ content: bulletOf(ruleFor(second)), from: [2] }],
    });
  });

  test("adds nothing that the skill teaches already, and a section where there is none", async () => {
    const taught = `${skill}${bulletOf(ruleFor(first))}\n`;
    expect(JSON.parse((await turnOf(proposer, proposing(taught, first))).text)).toMatchObject({
      edits: [],
    });
    expect(JSON.parse((await turnOf(proposer, proposing("# Bare\n", first))).text)).toMatchObject({
      edits: [{ op: "add_section", target_section: "## Rules" }],
    });
  });
});

const edit = (id: string, content: string, tasks = 1) => ({
  id,
  file: "SKILL.md",
  op: "append_to_section",
  target_section: "## Rules",
  content,
  tasks,
});
const merging = (...edits: object[]) =>
  `## The patches\n\n\`\`\`json\n${JSON.stringify([{ patch: "p", edits }])}\n\`\`\``;

describe("the builtin merger", () => {
  test("makes one of what teaches the same, in the words with most support, and names every source; the rest stays unsaid", async () => {
    const other = `- **Otherwise said.** ${ruleFor(first).do[0]?.toUpperCase()}${ruleFor(first).do.slice(1)}.`;
    const { edits } = JSON.parse(
      (
        await turnOf(
          merger,
          merging(
            edit("a", other),
            edit("b", bulletOf(ruleFor(first)), 3),
            edit("c", "- Be kind."),
          ),
        )
      ).text,
    ) as { edits: { content: string; sources: string[] }[] };
    expect(edits.map(({ content, sources }) => ({ content, sources }))).toEqual([
      { content: bulletOf(ruleFor(first)), sources: ["a", "b"] },
    ]);
  });

  test("keeps a new file and its link as they are", async () => {
    const pair = [
      {
        id: "a",
        file: "references/x.md",
        op: "create",
        content: bulletOf(ruleFor(first)),
        tasks: 1,
      },
      edit("b", `See [x](references/x.md). ${bulletOf(ruleFor(first))}`),
    ];
    expect(JSON.parse((await turnOf(merger, merging(...pair))).text)).toMatchObject({ edits: [] });
  });

  test("does not tell apart what only another subject's words would", async () => {
    const said = "Look again at what was asked and reduce fractions, then skip the total rows.";
    const rule = bulletOf(ruleFor("skip-totals"));
    const { edits } = JSON.parse(
      (await turnOf(merger, merging(edit("a", `- ${said}`), edit("b", rule)))).text,
    ) as { edits: { sources: string[] }[] };
    expect(edits.map(({ sources }) => sources)).toEqual([["a", "b"]]);
  });

  test("names no sources where it is shown no ids", async () => {
    const { id: _, tasks: __, ...plain } = edit("a", "- Be kind.");
    expect(JSON.parse((await turnOf(merger, merging(plain))).text)).toMatchObject({
      edits: [plain],
    });
  });
});

describe("the builtin repairer", () => {
  const request = (asked: string, reply: string, finding: string) =>
    `## The request\n\n\`\`\`\`\`\n${asked}\n\`\`\`\`\`\n\n## The reply\n\n\`\`\`\`\n${reply}\n\`\`\`\`\n\n## What is wrong with it\n\n${finding}`;

  test("answers the request afresh where the reply could not be read", async () => {
    const asked = `# Role: propose\n\nwords\n\n${proposing(skill, first)}`;
    const fresh = (
      await turnOf(repair, request(asked, "half a rep", "- reply: cut off (half-json)"))
    ).text;
    expect(JSON.parse(fresh)).toMatchObject({ edits: [{ content: bulletOf(ruleFor(first)) }] });
  });

  test("leaves out the edits that the findings name", async () => {
    const asked = `# Role: propose\n\nwords\n\n${proposing(skill, first, second)}`;
    const { edits } = JSON.parse(
      (await turnOf(repair, request(asked, "{}", "- edits[0]: names a value (hard-coded-value)")))
        .text,
    ) as { edits: { content: string }[] };
    expect(edits.map(({ content }) => content)).toEqual([bulletOf(ruleFor(second))]);
  });

  test("gives an edit of a merged patch whose place is missing one that is there", async () => {
    const listing = `\`\`\`json\n${JSON.stringify([{ patch: "merged", edits: [edit("m1.e1", "- Be kind."), edit("m1.e2", "- Be good.")] }])}\n\`\`\``;
    const asked = `Reply with edits.\n\n## The skill \`s\`\n\n### SKILL.md (9 lines)\n\n\`\`\`markdown\n${skill}\`\`\``;
    const text = `## The request\n\n\`\`\`\`\n${asked}\n\`\`\`\`\n\n## The reply\n\n${listing}\n\n## What is wrong with it\n\n- m1.e2: no such section (missing-anchor)`;
    expect(JSON.parse((await turnOf(repair, text)).text)).toEqual({
      edits: [
        {
          id: "m1.e2",
          file: "SKILL.md",
          op: "append_to_section",
          target_section: "## Rules",
          content: "- Be good.",
        },
      ],
    });
  });
});
