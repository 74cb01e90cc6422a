import { describe, expect, test } from "vitest";
import { anchorListing, exampleHeading } from "../../../harness/evolution/anchors.ts";
import { skillOf } from "../../../harness/skills/read-skill.ts";
import { startSkill } from "../../support/evolution.ts";

const skillWith = (body: string, more: readonly [string, string][] = []) =>
  skillOf(new Map([["SKILL.md", `---\nname: s\ndescription: d\n---\n\n${body}`], ...more]));

describe("where edits can go", () => {
  test("names every heading with what stands before an appended text", () => {
    const text = anchorListing(startSkill());
    expect(text).toContain("`# Adding`, which has no text of its own");
    expect(text).toContain('`## Begin`: after the bullet "- Look at the file."');
    expect(text).toContain('`## Rules`: after the code block "# Finish"');
  });

  test("shows a bullet of several lines of this very skill, where there is one", () => {
    const wrapped = skillWith("# S\n\n## Rules\n\n- Short.\n- A bullet that\n  goes on.\n");
    expect(anchorListing(wrapped)).toContain('its first line is enough, such as "- A bullet that"');
    expect(anchorListing(startSkill())).not.toContain("such as");
  });

  test("names the file of a heading that is not in SKILL.md", () => {
    const skill = skillWith("# S\n\nRead [more](references/more.md).\n", [
      ["references/more.md", "# More\n\nText.\n"],
    ]);
    expect(anchorListing(skill)).toContain(
      '`# More` of references/more.md: after the paragraph "Text."',
    );
  });
});

test("the example of a prompt names a heading that the skill has", () => {
  expect(exampleHeading(startSkill())).toBe("## Begin");
  expect(exampleHeading(skillWith("# Only\n\nText.\n"))).toBe("# Only");
  expect(exampleHeading(skillWith("Text alone.\n"))).toBe("## Rules");
});
