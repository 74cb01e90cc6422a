import { describe, expect, it } from "vitest";
import { mathematics } from "../../../../domains/math/rule-agent/mathematics.ts";
import type { ToolCall, ToolSpec } from "../../../../harness/contracts/index.ts";
import { agentRole } from "../../../../harness/models/rule-based/agent-role.ts";
import type { Mind } from "../../../../harness/models/rule-based/mind.ts";
import { errorAnalyst } from "../../../../harness/models/rule-based/roles/error-analyst.ts";
import { bulletOf, ruleFor } from "../../../../harness/models/rule-based/roles/lessons.ts";
import {
  contrastAnalyst,
  errorSingleCall,
  errorTriage,
  memoryExtract,
  successAnalyst,
} from "../../../../harness/models/rule-based/roles/one-call-analysts.ts";
import { oneShotAuthor } from "../../../../harness/models/rule-based/roles/one-shot.ts";
import { looped, mindOf, turnOf } from "../../../support/builtin-roles.ts";

const task =
  "Problem: A price of $200$ crowns rises by $15\\%$. What is the new price in crowns?\n\nSubmit the final answer alone.";
const asked = ruleFor("asked-quantity", mathematics);
const knowing = mindOf("large", ["exact-values"]);

function trajectory(submitted: string, thought = "I went through it step by step."): string {
  return [
    "# Trajectory",
    "## Task",
    task,
    "## Step 1",
    thought,
    "Call of `submit`:",
    `\`\`\`\n${submitted}\n\`\`\``,
    "## End",
    "Outcome: submitted.",
    "Submitted:",
    `\`\`\`\n${submitted}\n\`\`\``,
  ].join("\n\n");
}

const said = async (...of: Parameters<typeof turnOf>) => JSON.parse((await turnOf(...of)).text);
const block = (text: string) => `\`\`\`\`markdown\n${text}\n\`\`\`\``;

describe("the agent", () => {
  const answers = async (knows: readonly string[], skill = "", size: Mind["size"] = "large") => {
    const system = `# Role: agent\n\n<skill name="s" path="skill/">\n${skill}\n</skill>`;
    return (await turnOf(agentRole(0), task, mindOf(size, knows), system)).calls;
  };

  it("submits what its habits lead to", async () => {
    expect(await answers([])).toMatchObject([{ name: "submit", arguments: { answer: "30" } }]);
    expect(await answers(["asked-quantity"])).toMatchObject([{ arguments: { answer: "230" } }]);
  });

  it("learns from a skill, in any words", async () => {
    const calls = await answers([], "- Look again at what was asked before you submit.");
    expect(calls).toMatchObject([{ arguments: { answer: "230" } }]);
  });

  it("goes through the numbers in the shell first, where it has the habit", async () => {
    const knows = mindOf("small", ["asked-quantity", "substitute-back"]);
    const { calls, submitted } = await looped(agentRole(0), task, () => "230", knows);
    expect(calls.map(({ name }) => name)).toEqual(["bash", "submit"]);
    expect(submitted).toEqual({ answer: "230" });
  });

  it("opens what a skill points to before it submits", async () => {
    const skill = "Read [percentages](references/percent.md) first.";
    const opened = [{ name: "bash", arguments: { command: "cat skill/references/percent.md" } }];
    expect(await answers([], skill)).toMatchObject(opened);
    expect(await answers([], skill, "small")).toMatchObject([{ name: "submit" }]);
  });

  it("says so where it does not know the kind of problem", async () => {
    const { calls } = await turnOf(agentRole(0), "Problem: Why?\n\nSubmit the final answer alone.");
    expect(calls).toMatchObject([{ name: "submit", arguments: { answer: "unknown" } }]);
  });
});

describe("the error analyst", () => {
  const files: Readonly<Record<string, string>> = {
    "cat trajectory.md": trajectory("30"),
    "cat reference.txt": "Expected answer:\n230",
    "cat skill/SKILL.md": "---\nname: s\ndescription: d\n---\n\n# Skill\n",
  };
  const answering = (passes: (fix: ToolCall["arguments"]) => boolean) => (call: ToolCall) =>
    call.name === "bash"
      ? (files[String(call.arguments["command"])] ?? "[no output]")
      : passes(call.arguments)
        ? "PASS\n230"
        : "FAIL: other";

  it("proves with a command that computes the answer", async () => {
    const passes = answering(({ command }) => String(command).includes("100 + p"));
    const { calls, submitted } = await looped(errorAnalyst, task, passes, knowing);
    expect(calls.map(({ name }) => name)).toEqual(["bash", "bash", "try_fix", "submit"]);
    expect(submitted).toMatchObject({ memories: [{ title: asked.title, steps: [1] }] });
    expect(JSON.stringify(calls)).not.toContain("230");
  });

  it("proves with advice where the tool takes advice: the words of the rule", async () => {
    const tool: ToolSpec = {
      name: "try_fix",
      description: "",
      parameters: { type: "object", properties: { advice: { type: "string" } } },
    };
    const passes = answering(({ advice }) => advice === bulletOf(asked));
    const { calls, submitted } = await looped(errorAnalyst, task, passes, knowing, [tool]);
    expect(calls.filter(({ name }) => name === "try_fix")).toHaveLength(1);
    expect(submitted).toMatchObject({ memories: [{ title: asked.title }] });
  });
});

describe("the analyst with one call", () => {
  const request = (reference: string) =>
    [
      "## The trajectory",
      block(trajectory("30")),
      "## The reference",
      `\`\`\`\nExpected answer:\n${reference}\n\`\`\``,
      "### SKILL.md (5 lines)",
      "```markdown\n# Skill\n```",
    ].join("\n\n");

  it("gives a command, or advice where it is asked for that", async () => {
    const command = await said(errorTriage, request("230"), knowing);
    expect(command.fix).toMatch(/^awk /);
    expect(command.memories).toMatchObject([{ title: asked.title }]);
    const system = "# Role: error-triage\n\nprove it with advice that makes the agent succeed";
    const advice = await said(errorTriage, request("230"), knowing, system);
    expect(advice.fix).toBe(bulletOf(asked));
  });

  it("claims nothing where no habit leads to the reference", async () => {
    expect(await said(errorTriage, request("7"), knowing)).toMatchObject({ fix: "", memories: [] });
  });
});

describe("those who read trajectories", () => {
  const mind = mindOf("large", ["asked-quantity"]);

  it("name what a success needed", async () => {
    const { memories } = await said(successAnalyst, block(trajectory("230")), mind);
    expect(memories).toMatchObject([{ title: asked.title, steps: [1] }]);
  });

  it("blame the likeliest habit for a failure", async () => {
    const { memories } = await said(errorSingleCall, block(trajectory("30")), knowing);
    expect(memories).toMatchObject([{ title: asked.title }]);
  });

  it("name what only the passed episode kept in mind", async () => {
    const pair = [trajectory("30"), trajectory("230", "I keep in mind: asked-quantity.")];
    const { memories } = await said(contrastAnalyst, pair.map(block).join("\n\n"), knowing);
    expect(memories).toMatchObject([{ title: asked.title, steps: [1], passed_steps: [1] }]);
  });

  it("keep it as memories", async () => {
    const text = `The grader failed it.\n\n${block(trajectory("30"))}`;
    const { memories } = await said(memoryExtract, text, knowing);
    expect(memories).toMatchObject([{ title: asked.title, content: bulletOf(asked) }]);
  });

  it("write a guide with it", async () => {
    const skill = "### SKILL.md (2 lines)\n\n```markdown\n# Guide\n\n## Begin\n```";
    const text = `${skill}\n\n## Trajectory 1: failed\n\n${block(trajectory("30"))}`;
    const { text: guide } = await turnOf(oneShotAuthor, text, knowing);
    expect(guide).toContain(bulletOf(asked));
  });
});
