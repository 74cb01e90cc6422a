import { describe, expect, test } from "vitest";
import { evolve } from "../../../../../harness/evolution/evolve.ts";
import { presets } from "../../../../../harness/evolution/presets.ts";
import { assertAccount } from "../../../../../harness/evolution/record/account.ts";
import { blameSkill } from "../../../../../harness/skills/blame-skill.ts";
import { memory, memorySandboxes, type Part, rule } from "../../../../support/evolution.ts";
import { settingOf, textOf } from "../../baselines/setting.ts";

/** The same lesson of every failure. */
const lesson: Part = () =>
  JSON.stringify({ causes: ["Step 1"], memories: [memory("Keep the sign", [1])] });
const propose: Part = () =>
  JSON.stringify({
    reasoning: "r",
    edits: [
      {
        file: "SKILL.md",
        op: "append_to_section",
        target_section: "## Rules",
        content: rule("Keep the sign"),
        from: [1],
      },
    ],
    changelog: [],
  });

/** What all patches say alike. */
const merge: Part = propose;

const single = { ...presets.faithful, analysis: "single-call" as const };

function setting(reply: Part = lesson, analysts: "error" | "combined" = "error") {
  const made = settingOf(
    { "error-single-call": reply, propose, merge },
    { preset: single, analysts },
  );
  const sandboxes = memorySandboxes();
  return { ...made, sandboxes, run: () => evolve(made.request, { ...made.deps, sandboxes }) };
}

describe("an evolution with single-call error analysis", () => {
  test("asks once for each failure, with no tool, no sandbox and no reference", async () => {
    const { author, sandboxes, tasks, run } = setting();
    await run();
    expect(author.asked.filter((role) => role === "error-single-call")).toHaveLength(8);
    expect(author.asked).not.toContain("error-analyst");
    expect(sandboxes.opened).toHaveLength(0);
    for (const { messages, tools } of author.requests) {
      expect(tools).toEqual([]);
      for (const [i, task] of tasks.entries())
        if (i % 4 !== 0)
          expect(JSON.stringify(messages)).not.toContain(String(task.reference["total"]));
    }
  });

  test("leads to a skill of which every line resolves, and an account that adds up", async () => {
    const { skill, account, provenance } = await setting().run();
    expect(textOf(skill)).toContain("Keep the sign");
    expect(blameSkill(skill, provenance).problems).toEqual([]);
    expect(provenance.edits[0]?.tasks).toHaveLength(8);
    expect(account.analyses).toMatchObject({ asked: 8, notAsked: 3, explained: 8 });
    expect(account.spent["analyse"]?.calls).toBe(8);
    expect(() => assertAccount(account)).not.toThrow();
  });

  test("shares the analyses of successes with agentic error analysis", async () => {
    const { runner, request, deps, run } = setting(lesson, "combined");
    const analyses = () => runner.ran.filter((stage) => stage === "analyse").length;
    await run();
    expect(analyses()).toBe(11);
    await evolve({ ...request, preset: { ...single, analysis: "agentic" } }, deps);
    expect(analyses()).toBe(11 + 8);
  });

  test.each([
    ["prose", "It should have added."],
    ["half JSON", '{"memories": [{"title": "a"'],
  ])("a reply that is %s drops its trajectory after one repair", async (_, reply) => {
    const { author, run } = setting(() => reply);
    const { skill, parent, account } = await run();
    expect(author.asked.filter((role) => role === "repair")).toHaveLength(8);
    expect(account.analyses.dropped).toEqual({ unreadable: 8 });
    expect(skill.digest).toBe(parent.digest);
  });
});
