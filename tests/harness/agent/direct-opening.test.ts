import { describe, expect, test } from "vitest";
import {
  cutToTokens,
  directMessage,
  directOpening,
  directSystem,
} from "../../../harness/agent/direct-opening.ts";
import type { DirectForm, Task } from "../../../harness/contracts/index.ts";
import { skillOf } from "../../../harness/skills/read-skill.ts";

const form: DirectForm = {
  isDefault: false,
  about: "Sums.",
  instructions: "You add numbers.\n",
  material: (task) => String(task.input["terms"]),
  message: (task, material) => `${material}\nWhat is the sum of ${task.id}?`,
};
const task: Task = { id: "t1", group: "g", input: { terms: "one\ntwo\nthree\n" }, reference: {} };
const budget = { materialTokens: 100, referenceTokens: 100 };
const front = "---\nname: sums\ndescription: Sums.\n---\n\n";
const skill = skillOf(
  new Map([
    ["SKILL.md", `${front}# Sums\n\nAdd. See [carrying](references/carry.md).\n`],
    ["references/carry.md", "Carry the one.\n"],
    ["references/long.md", "Far too long. ".repeat(100)],
    ["references/short.md", "Fits again.\n"],
    ["scripts/add.py", "print(1)\n"],
  ]),
);

describe("the system prompt of a direct episode", () => {
  test("without a skill has no trace of one, nor of a tool", () => {
    expect(directSystem(form, undefined, budget)).toBe("# Role: agent\n\nYou add numbers.");
  });

  test("has the instructions, then the skill with those references that fit, then what cannot be opened", () => {
    const text = directSystem(form, skill, budget);
    const places = [
      "You add numbers.",
      '<skill name="sums">\n# Sums\n\nAdd.',
      '<file path="references/carry.md">\nCarry the one.\n</file>',
      '<file path="references/short.md">\nFits again.\n</file>',
      "</skill>",
      "cannot be opened here: references/long.md, scripts/add.py",
    ].map((part) => text.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(text).not.toContain("working directory");
  });

  test("names every reference as unavailable where none may be shown", () => {
    const text = directSystem(form, skill, { ...budget, referenceTokens: 0 });
    expect(text).not.toContain("<file");
    expect(text).toContain("references/carry.md, references/long.md, references/short.md");
  });

  test("is the same for all tasks, so that a server's cache holds it", () => {
    const [system] = directOpening(directSystem(form, skill, budget), "one task", []);
    const [other] = directOpening(directSystem(form, skill, budget), "another", []);
    expect(system).toEqual(other);
  });
});

describe("the user message of a direct episode", () => {
  test("has the material whole where it fits", () => {
    expect(directMessage(form, task, budget)).toBe("one\ntwo\nthree\n\nWhat is the sum of t1?");
  });

  test("keeps whole lines of material within the budget, and says what is missing", () => {
    expect(directMessage(form, task, { ...budget, materialTokens: 4 })).toBe(
      "one\ntwo\n[Cut off here: 1 of 3 lines are not shown.]\n\nWhat is the sum of t1?",
    );
  });

  test("of a first line that is too long nothing is left but the note", () => {
    expect(cutToTokens("word ".repeat(50), 5)).toBe(
      "[Cut off here: 1 of 1 lines are not shown.]\n",
    );
  });

  test("carries the pictures of the task", () => {
    const image = { mediaType: "image/png", base64: "AA==" };
    expect(directOpening("s", "u", [image])).toEqual([
      { role: "system", text: "s" },
      { role: "user", text: "u", images: [image] },
    ]);
  });
});
