import { describe, expect, test } from "vitest";
import { errorAnalyst } from "../../../../../harness/models/rule-based/roles/error-analyst.ts";
import { fencesIn } from "../../../../../harness/models/rule-based/roles/fences.ts";
import {
  errorSingleCall,
  successAnalyst,
} from "../../../../../harness/models/rule-based/roles/one-call-analysts.ts";
import { sameAnswer } from "../../../../../harness/models/rule-based/text.ts";

import { looped, mindOf, turnOf } from "../../../../support/builtin-roles.ts";
import { lessonsIn, ruleFor, solve } from "../../../../support/tables-subject.ts";

const table = "Country,Gold\nNorway,9\nSweden,14\nFinland,3\nTotal,26\n";
const question = "which country won the most gold?";
const asked = `Question: ${question}\n\nThe table is in \`table.csv\`.`;
const trajectory = (submitted: string) =>
  [
    "# Trajectory",
    "## Task",
    asked,
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
const files: Readonly<Record<string, string>> = {
  "cat trajectory.md": trajectory("Total"),
  "cat reference.txt": "Expected answer, 1 item:\nSweden",
  "cat skill/SKILL.md": "---\nname: s\ndescription: d\n---\n\n# Skill\n",
  "cat table.csv": table,
};

/** The harness's part: a fix passes when its command is the one for this answer. */
const answering =
  (right: string) => (call: { name: string; arguments: Readonly<Record<string, unknown>> }) => {
    const command = String(call.arguments["command"]);
    if (call.name === "bash") return files[command] ?? "[no output]";
    const expected = solve(question, table, new Set(["skip-totals"]));
    return sameAnswer(expected.items, [right]) && command === expected.command
      ? `PASS\n${right}`
      : "FAIL: other";
  };

const knowing = mindOf("large", ["plain-numbers"]);

describe("the builtin error analyst", () => {
  test("answers again with other habits until the harness passes a fix, and teaches the one that made it", async () => {
    const { calls, submitted } = await looped(errorAnalyst, asked, answering("Sweden"), knowing);
    expect(calls.filter(({ name }) => name === "try_fix").length).toBeGreaterThan(0);
    const rule = ruleFor("skip-totals");
    expect(submitted).toMatchObject({ memories: [{ title: rule.title, do: rule.do, steps: [1] }] });
  });

  test("gives up with empty lists after a bounded number of tries", async () => {
    const { calls, submitted } = await looped(errorAnalyst, asked, answering("Denmark"), knowing);
    expect(submitted).toEqual({ causes: [], memories: [] });
    expect(calls.filter(({ name }) => name === "try_fix").length).toBeLessThanOrEqual(8);
  });

  test("never writes the reference into a command or a lesson", async () => {
    const { calls } = await looped(errorAnalyst, asked, answering("Sweden"), knowing);
    expect(JSON.stringify(calls)).not.toContain("Sweden");
  });
});

describe("the builtin success analyst", () => {
  test("names the habit without which it would not have come to the answer", async () => {
    const { text } = await turnOf(
      successAnalyst,
      `It passed.\n\n\`\`\`\`markdown\n${trajectory("Sweden")}\n\`\`\`\``,
      knowing,
    );
    const { memories } = JSON.parse(text) as { memories: { title: string; steps: number[] }[] };
    expect(memories.map(({ title }) => title)).toContain(ruleFor("skip-totals").title);
    expect(memories[0]?.steps).toEqual([1]);
  });

  test("has nothing to say where it does not see the table, or cannot follow the answer", async () => {
    const unseen = trajectory("Sweden").replace("cat table.csv", "true");
    expect(
      JSON.parse((await turnOf(successAnalyst, `\`\`\`\`\n${unseen}\n\`\`\`\``, knowing)).text),
    ).toEqual({ memories: [] });
    expect(
      JSON.parse(
        (await turnOf(successAnalyst, `\`\`\`\`\n${trajectory("Denmark")}\n\`\`\`\``, knowing))
          .text,
      ),
    ).toEqual({
      memories: [],
    });
  });
});

describe("the builtin single-call error analyst", () => {
  test("blames the likeliest habit that leads elsewhere, without knowing what is right", async () => {
    const { text } = await turnOf(
      errorSingleCall,
      `It failed.\n\n\`\`\`\`\n${trajectory("Total")}\n\`\`\`\``,
      knowing,
    );
    const { memories } = JSON.parse(text) as { memories: Record<string, string>[] };
    expect(memories.length).toBeGreaterThan(0);
    const taught = lessonsIn(
      memories.map((item) => `- When ${item["when"]}: ${item["do"]}.`).join("\n"),
    );
    expect(taught.length).toBeGreaterThan(0);
  });
});

describe("fences", () => {
  test("a longer fence holds shorter ones, and the line above names the block", async () => {
    expect(fencesIn("Above:\n\n````md\na\n```\nb\n```\n````\n```json\n1\n```")).toEqual([
      { language: "md", body: "a\n```\nb\n```", above: "Above:" },
      { language: "json", body: "1", above: "Above:" },
    ]);
  });
});

test.each([
  [["1,234"], ["1234"], true],
  [["B", "a"], ["A", "b"], true],
  [["3.0"], ["3"], true],
  [["a"], ["a", "b"], false],
])("%j and %j are the same answer: %s", async (a, b, same) => {
  expect(sameAnswer(a, b)).toBe(same);
});
