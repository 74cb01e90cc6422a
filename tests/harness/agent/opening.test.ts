import { describe, expect, test } from "vitest";
import { agentOpening, skillFiles } from "../../../harness/agent/opening.ts";
import type { Domain, Skill, Task } from "../../../harness/contracts/index.ts";

const task: Task = { id: "t", group: "g", input: { question: "how many?" }, reference: {} };
const domain = {
  instructions: () => "You answer questions.\n",
  prompt: (given: Task) => `Question: ${given.input["question"]}`,
} as unknown as Domain;

const skill: Skill = {
  name: "tables",
  digest: "d",
  files: new Map([
    [
      "SKILL.md",
      "---\nname: tables\ndescription: a --- b\n---\n\n# Tables\n\nRead {{all}} rows.\n---\nEnd.\n",
    ],
    ["references/dates.md", "Dates."],
  ]),
};

describe("agentOpening", () => {
  test("without a skill there is no trace of one", () => {
    expect(agentOpening({ domain, options: {} }, task, undefined)).toEqual([
      { role: "system", text: "# Role: agent\n\nYou answer questions." },
      { role: "user", text: "Question: how many?" },
    ]);
  });

  test("with a skill, its body without front matter, and the paths of its other files", () => {
    const [system, user] = agentOpening({ domain, options: {} }, task, skill);
    expect(system?.text).toContain("\n\n## Skill\n\n");
    expect(system?.text).toContain(
      '<skill name="tables" path="skill/">\n# Tables\n\nRead {{all}} rows.\n---\nEnd.\n</skill>',
    );
    expect(system?.text).toMatch(/- skill\/references\/dates\.md$/);
    expect(system?.text).not.toContain("a --- b");
    expect(user?.text).toBe("Question: how many?");
  });

  test("says what the shell has and lacks, where that was looked for", () => {
    const textOf = (has: readonly string[], lacks: readonly string[]) =>
      agentOpening({ domain, options: {}, sandboxes: { facts: { has, lacks } } }, task, skill)[0]
        ?.text;
    expect(textOf(["tables"], ["pandas", "`sort -g`"])).toContain(
      "You answer questions.\n\n## The shell\n\nIt has tables.\nIt does not have pandas, `sort -g`: do without.\n\n## Skill",
    );
    expect(textOf([], [])).toBe(agentOpening({ domain, options: {} }, task, skill)[0]?.text);
  });

  test("takes Windows line ends and a byte order mark", () => {
    const files = new Map([["SKILL.md", "\uFEFF---\r\nname: x\r\n---\r\nBody.\r\n"]]);
    const [system] = agentOpening({ domain, options: {} }, task, { ...skill, files });
    expect(system?.text).toContain('path="skill/">\nBody.\n</skill>');
  });
});

test("skillFiles puts the whole directory under skill/", () => {
  expect([...skillFiles(skill).keys()]).toEqual(["skill/SKILL.md", "skill/references/dates.md"]);
});
