import { expect, test } from "vitest";
import { errorTriage } from "../../../../../harness/models/rule-based/roles/one-call-analysts.ts";
import { mindOf, turnOf } from "../../../../support/builtin-roles.ts";
import { ruleFor, solve } from "../../../../support/tables-subject.ts";

const table = "Country,Gold\nNorway,9\nSweden,14\nFinland,3\nTotal,26\n";
const question = "which country won the most gold?";
const request = (reference: string) =>
  [
    "## The trajectory",
    "````markdown",
    "# Trajectory",
    "## Task",
    `Question: ${question}\n\nThe table is in \`table.csv\`.`,
    "## Step 1",
    "Call of `bash`:",
    "```\ncat table.csv\n```",
    "Observation:",
    `\`\`\`\n${table}\`\`\``,
    "## End",
    "Outcome: submitted.",
    "Submitted:",
    "```\nTotal\n```",
    "````",
    "## The reference",
    `\`\`\`\n${reference}\n\`\`\``,
    "## The input files",
    "### table.csv",
    `\`\`\`\n${table}\`\`\``,
    "## The skill `s`",
    "### SKILL.md (5 lines)",
    "```markdown\n---\nname: s\ndescription: d\n---\n\n# Skill\n```",
  ].join("\n\n");

const said = async (reference: string) =>
  JSON.parse(
    (await turnOf(errorTriage, request(reference), mindOf("large", ["plain-numbers"]))).text,
  );

test("it names the habit whose answer is the reference, with the command that finds it", async () => {
  const rule = ruleFor("skip-totals");
  expect(await said("Expected answer, 1 item:\nSweden")).toMatchObject({
    fix: solve(question, table, new Set(["plain-numbers", "skip-totals"])).command,
    memories: [{ title: rule.title, steps: [1] }],
  });
});

test("it claims nothing where no habit leads to the reference", async () => {
  expect(await said("Expected answer, 1 item:\nDenmark")).toEqual({
    fix: "",
    causes: [],
    memories: [],
  });
});
