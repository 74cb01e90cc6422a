import { describe, expect, test } from "vitest";
import { InputError } from "../../../../../harness/errors.ts";
import { draftSkill } from "../../../../../harness/evolution/stages/draft/draft.ts";
import { lintSkill } from "../../../../../harness/skills/lint-skill.ts";
import { memoryRunner, type Part, roleModel } from "../../../../support/evolution.ts";
import { said } from "../../../../support/models.ts";
import { steppingClock } from "../../../../support/stepping-clock.ts";
import { toyDomain } from "../../../../support/toy-domain.ts";

const body = "# Adding\n\n## Rules\n\n- Add the smaller term to the larger one.";

async function drafted(draft: Part, repair: Part = () => new Error("no repair was expected")) {
  const author = roleModel({ draft, repair });
  const skill = await draftSkill(
    { domain: toyDomain(), author, seed: 41 },
    { runner: memoryRunner(), clock: steppingClock() },
  );
  return { skill, author };
}

describe("a drafted skill", () => {
  test("has the author's body and a front matter by code, and passes the lint", async () => {
    const { skill } = await drafted(() => body);
    expect(skill.name).toBe("toy-draft");
    expect(skill.files.get("SKILL.md")).toContain(body);
    expect(
      lintSkill(skill, { directoryName: "toy-draft" }).filter(
        ({ severity }) => severity === "error",
      ),
    ).toEqual([]);
  });

  test("is written from the domain's description and nothing else", async () => {
    const { author } = await drafted(() => body);
    const text = author.requests[0]?.messages.map((message) => message.text).join("\n") ?? "";
    expect(text).toContain("Sums of two numbers.");
    expect(text).not.toMatch(/t\d|\d \+ \d/);
  });

  test.each([
    ["thoughts", `<think>Hm.</think>${body}`],
    ["a fence", `\`\`\`markdown\n${body}\n\`\`\``],
    ["a front matter of its own", `---\nname: mine\ndescription: mine\n---\n${body}`],
  ])("%s around it is overlooked", async (_, reply) => {
    const { skill } = await drafted(() => reply);
    expect(skill.files.get("SKILL.md")).not.toMatch(/think|mine|```/);
  });

  test("that breaks a rule is repaired once, and what is still wrong is left out", async () => {
    const linked = `${body}\n- See [more](references/none.md).`;
    const { skill, author } = await drafted(
      () => linked,
      () => linked,
    );
    expect(author.asked).toEqual(["draft", "repair"]);
    expect(skill.files.get("SKILL.md")).toContain("Add the smaller term");
    expect(skill.files.get("SKILL.md")).not.toContain("references/none.md");
  });

  test("that is too long loses whole sections from its end", async () => {
    const long = `${body}\n\n## More\n\n${"- Another line of words.\n".repeat(600)}`;
    const { skill } = await drafted(
      () => long,
      () => long,
    );
    expect(skill.files.get("SKILL.md")).toContain("Add the smaller term");
    expect(skill.files.get("SKILL.md")).not.toContain("## More");
  });

  test("that was cut off at its limit is asked for again, shorter", async () => {
    const { skill, author } = await drafted(
      () => said(`${body}\n- And then`, [], "length"),
      () => body,
    );
    expect(author.asked).toEqual(["draft", "repair"]);
    expect(author.requests[1]?.messages[1]?.text).toContain("(cut-off)");
    expect(skill.files.get("SKILL.md")).not.toContain("And then");
  });

  test("that never comes is an error that says what to do", async () => {
    await expect(
      drafted(
        () => "No.",
        () => "No.",
      ),
    ).rejects.toThrow(InputError);
  });
});
