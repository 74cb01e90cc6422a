import { describe, expect, test } from "vitest";
import { contrastAnalyst } from "../../../../../harness/models/rule-based/roles/one-call-analysts.ts";
import { mindOf, turnOf } from "../../../../support/builtin-roles.ts";
import { ruleFor } from "../../../../support/tables-subject.ts";

const table = "Country,Gold\nNorway,9\nSweden,14\nFinland,3\nTotal,26\n";
const episode = (thought: string, submitted: string) =>
  [
    "````markdown",
    "# Trajectory",
    "## Task",
    "Question: which country won the most gold?\n\nThe table is in `table.csv`.",
    "## Step 1",
    "Call of `bash`:",
    "```\ncat table.csv\n```",
    "Observation:",
    `\`\`\`\n${table}\`\`\``,
    "## Step 2",
    thought,
    "Call of `submit`:",
    `\`\`\`\n${submitted}\n\`\`\``,
    "## End",
    "Outcome: submitted.",
    "Submitted:",
    `\`\`\`\n${submitted}\n\`\`\``,
    "````",
  ].join("\n\n");
const pair = (failed: string, passed: string) =>
  `## The failed episode\n\n${failed}\n\n## The passed episode\n\n${passed}`;

const said = async (user: string) =>
  JSON.parse((await turnOf(contrastAnalyst, user, mindOf("large", ["plain-numbers"]))).text);

describe("the builtin contrast analyst", () => {
  test("teaches what only the passed episode kept in mind, with the step of each", async () => {
    const reply = await said(
      pair(
        episode("I keep in mind: plain-numbers.", "Total"),
        episode("I keep in mind: plain-numbers, skip-totals.", "Sweden"),
      ),
    );
    expect(reply.divergence).toMatchObject({ failed_step: 1, passed_step: 1 });
    expect(reply.memories).toMatchObject([
      { title: ruleFor("skip-totals").title, steps: [1], passed_steps: [1] },
    ]);
  });

  test("finds what would always have led to an answer that one episode came to by chance", async () => {
    const chance = pair(
      episode("I read it off the table.", "Total"),
      episode("I read it off the table.", "Sweden"),
    );
    expect((await said(chance)).memories).toMatchObject([{ title: ruleFor("skip-totals").title }]);
  });

  test("teaches nothing of two equal answers, or of a table that it did not see", async () => {
    expect((await said(pair(episode("", "Sweden"), episode("", "Sweden")))).memories).toEqual([]);
    const unseen = episode("", "Sweden").replace("cat table.csv", "ls");
    expect((await said(pair(episode("", "Total"), unseen))).memories).toEqual([]);
    expect((await said("nothing")).memories).toEqual([]);
  });
});
