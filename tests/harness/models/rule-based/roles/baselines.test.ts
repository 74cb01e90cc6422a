import { describe, expect, test } from "vitest";
import {
  memorySkill,
  readMemoryTexts,
} from "../../../../../harness/evolution/baselines/bank-item.ts";
import { readBody } from "../../../../../harness/evolution/baselines/body.ts";
import { bulletOf } from "../../../../../harness/models/rule-based/roles/lessons.ts";
import { memoryExtract } from "../../../../../harness/models/rule-based/roles/one-call-analysts.ts";
import { oneShotAuthor } from "../../../../../harness/models/rule-based/roles/one-shot.ts";
import { skillBody, skillOf } from "../../../../../harness/skills/read-skill.ts";
import { mindOf, turnOf } from "../../../../support/builtin-roles.ts";
import {
  habitIds,
  lessonOf,
  lessonsIn,
  ruleFor,
  solve,
} from "../../../../support/tables-subject.ts";

const habitsIn = (text: string) =>
  lessonsIn(text)
    .map(({ habit }) => habit)
    .sort();

const medals = "Country,Gold\nNorway,9\nSweden,14\nFinland,3\nTotal,26\n";
const games = "Date,Opponent,Points\n1 May 2001,Bears,3\n2 May 2001,Wolves,7\n3 May 2001,Lions,5\n";

function trajectory(question: string, table: string, submitted: string): string {
  return [
    "# Trajectory",
    "## Task",
    `Question: ${question}\n\nThe table is in \`table.csv\`.`,
    "## Step 1",
    "I look at the table first.",
    "Call of `bash`:",
    "```\ncat table.csv\n```",
    "Observation:",
    `\`\`\`\n${table}\`\`\``,
    "## Step 2",
    "Call of `submit`:",
    `\`\`\`\n${submitted}\n\`\`\``,
    "## End",
    "Outcome: submitted.",
    "Submitted:",
    `\`\`\`\n${submitted}\n\`\`\``,
  ].join("\n\n");
}

const gold = "which country won the most gold?";
const knowing = mindOf("large", ["plain-numbers"]);
const start =
  "---\nname: s\ndescription: d\n---\n\n# Tables\n\nTake your time.\n\n## Begin\n\n- Look.\n";

/** The prompt of a one-shot call: S0 and trajectories with their verdicts. */
function prompt(skill: string, ...shown: (readonly [verdict: string, text: string])[]): string {
  const listed = `## The skill \`s\`\n\n### SKILL.md (9 lines)\n\n\`\`\`markdown\n${skill}\`\`\``;
  const parts = shown.map(
    ([verdict, text], i) =>
      `## Trajectory ${i + 1}: ${verdict}\n\n\`\`\`\`markdown\n${text}\n\`\`\`\``,
  );
  return [listed, ...parts].join("\n\n");
}

const write = async (text: string, mind = knowing) =>
  (await turnOf(oneShotAuthor, text, mind)).text;

describe("the builtin one-shot author", () => {
  const failed = ["failed", trajectory(gold, medals, "Total")] as const;

  test("adds a rule that would have led a failure elsewhere, and keeps the rest of the guide", async () => {
    const body = await write(prompt(start, failed));
    const added = habitsIn(body);
    expect(added).toHaveLength(1);
    const after = solve(gold, medals, new Set([...knowing.knows, ...added]));
    expect(after.items).not.toEqual(["Total"]);
    for (const line of ["# Tables", "Take your time.", "## Begin", "- Look."])
      expect(body.split("\n")).toContain(line);
    expect(readBody(body, skillOf(new Map([["SKILL.md", start]]))).faults).toEqual([]);
  });

  test("adds nothing that would have spoilt as many successes as it explains failures", async () => {
    const question = "what is the last country?";
    const right = solve(question, medals, knowing.knows).items.join("\n");
    expect(solve(question, medals, new Set([...knowing.knows, "skip-totals"])).items).not.toEqual([
      right,
    ]);
    expect(habitsIn(await write(prompt(start, failed)))).toEqual(["skip-totals"]);
    const passed = ["passed", trajectory(question, medals, right)] as const;
    expect(habitsIn(await write(prompt(start, failed, passed)))).toEqual([]);
    expect(habitsIn(await write(prompt(start, failed, failed, passed)))).toEqual(["skip-totals"]);
  });

  test("writes down what a success needed", async () => {
    const mind = mindOf("large", ["plain-numbers", "skip-totals"]);
    const body = await write(prompt(start, ["passed", trajectory(gold, medals, "Sweden")]), mind);
    expect(habitsIn(body)).toContain("skip-totals");
  });

  test("says nothing twice", async () => {
    const once = await write(prompt(start, failed));
    const twice = await write(prompt(`---\nname: s\ndescription: d\n---\n\n${once}\n`, failed));
    for (const habit of habitsIn(twice))
      expect(twice.split(bulletOf(ruleFor(habit)))).toHaveLength(2);
  });

  test("leaves out a line that failures speak against", async () => {
    const harmful = bulletOf(ruleFor("always-drop-last-row"));
    const taught = `${start}${harmful}\n`;
    const question = "which opponent did they play last?";
    const habits = new Set([...knowing.knows, "always-drop-last-row"]);
    const wrong = solve(question, games, habits).items.join("\n");
    const better = solve(question, games, knowing.knows).items.join("\n");
    expect(wrong).not.toBe(better);
    expect(
      await write(prompt(taught, ["failed", trajectory(question, games, wrong)])),
    ).not.toContain(harmful);
  });

  test("gives the guide back where the trajectories show no table", async () => {
    const unseen = trajectory(gold, medals, "Total").replace("cat table.csv", "true");
    expect(await write(prompt(start, ["failed", unseen]))).toBe(
      skillBody(skillOf(new Map([["SKILL.md", start]]))),
    );
  });

  test("names no value of a task", async () => {
    const body = await write(prompt(start, failed, ["passed", trajectory(gold, medals, "Sweden")]));
    expect(body).not.toMatch(/Sweden|Norway|Finland|\b14\b|\b26\b/);
  });
});

describe("the builtin extractor of memories", () => {
  const extract = async (verdict: string, submitted: string, mind = knowing) =>
    JSON.parse(
      (
        await turnOf(
          memoryExtract,
          `${verdict}\n\n\`\`\`\`markdown\n${trajectory(gold, medals, submitted)}\n\`\`\`\``,
          mind,
        )
      ).text,
    ) as { memories: { title: string; content: string }[] };

  test("names of a success what it needed", async () => {
    const { memories } = await extract("The grader passed it.", "Sweden");
    expect(memories.map(({ title }) => title)).toContain(ruleFor("skip-totals").title);
  });

  test("names of a failure the likeliest habit that leads elsewhere", async () => {
    const { memories } = await extract("The grader failed it.", "Total");
    const learned = habitsIn(memories.map(({ content }) => content).join("\n"));
    expect(learned).not.toHaveLength(0);
    const after = solve(gold, medals, new Set([...knowing.knows, ...learned]));
    expect(after.items).not.toEqual(["Total"]);
  });

  test.each(habitIds)(
    "its item about %s is a skill that teaches it and nothing else",
    async (habit) => {
      const { title, description } = lessonOf(habit, []);
      const raw = { title, description, content: bulletOf(ruleFor(habit)) };
      const { items, faults } = readMemoryTexts([raw]);
      expect(faults).toEqual([]);
      for (const item of items) expect(habitsIn(skillBody(memorySkill(item)))).toEqual([habit]);
    },
  );
});
