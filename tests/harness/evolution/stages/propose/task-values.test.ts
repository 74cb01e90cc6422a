import { describe, expect, test } from "vitest";
import type { Task } from "../../../../../harness/contracts/index.ts";
import {
  taskValues,
  valueNamedIn,
} from "../../../../../harness/evolution/stages/propose/task-values.ts";
import { startSkill } from "../../../../support/evolution.ts";
import { toyDomain } from "../../../../support/toy-domain.ts";

const task: Task = {
  id: "nt-314",
  group: "g",
  input: {
    terms: 'name,born,points\nGrace Hopper,1906-12-09,"12,345"\nada,1815,7',
    note: "asked of Alan Turing",
  },
  reference: { total: "Look at Mathematics" },
};

const named = async (text: string) =>
  valueNamedIn(text, await taskValues(toyDomain([task]), {}, task, startSkill()));

describe("values that a rule must not name", () => {
  test.each([
    ["the task's id", "see nt-314 for more", "nt-314"],
    [
      "an item of the reference, whatever its case and spaces",
      "choose look at  mathematics",
      "Look at Mathematics",
    ],
    ["a name of the table", "start with grace hopper", "Grace Hopper"],
    ["a date of the table", "sort 1906-12-09 first", "1906-12-09"],
  ])("%s", async (_, text, value) => {
    expect(await named(text)).toBe(value);
  });

  test.each([
    ["single words and short numbers of the table", "for names such as ada, with 7 points"],
    ["longer words that contain a value", "xnt-3145 and hoppers"],
    ["words that the skill uses itself", "look at the file"],
  ])("%s may be named", async (_, text) => {
    expect(await named(text)).toBeUndefined();
  });
});
