import { describe, expect, test } from "vitest";
import type { Edit, Patch } from "../../../../../harness/contracts/index.ts";
import { dedupe } from "../../../../../harness/evolution/stages/merge/dedupe.ts";
import { rule, ruleEdit } from "../../../../support/evolution.ts";

const patch = (id: string, edits: Edit[]): Patch => ({ id, reasoning: "", edits, changelog: [] });
const created = (id: string, task: string, text = "# Notes"): Edit => ({
  id,
  file: "references/notes.md",
  op: "create",
  content: text,
  sources: [id],
  tasks: [task],
});
const link = (id: string, task: string, words: string): Edit =>
  ruleEdit(id, `Read [notes](references/notes.md) ${words}.`, [task]);

describe("deterministic deduplication", () => {
  test("the same words in the same place become one edit with all tasks; white space does not matter", () => {
    const patches = [
      patch("p1", [ruleEdit("p1.e1", rule("A"), ["t2"])]),
      patch("p2", [
        ruleEdit("p2.e1", `${rule("A")}\n`, ["t1"]),
        ruleEdit("p2.e2", rule("B"), ["t1"]),
      ]),
    ];
    expect(dedupe(patches, "d0")).toEqual([
      patch("p1", [{ ...ruleEdit("d0.e1", rule("A"), ["t1", "t2"]), sources: ["p1.e1", "p2.e1"] }]),
      patch("p2", [ruleEdit("p2.e2", rule("B"), ["t1"])]),
    ]);
  });

  test("other words or another place stay apart, and empty patches go", () => {
    const elsewhere = { ...ruleEdit("p2.e1", rule("A")), target_section: "## Begin" };
    const patches = [
      patch("p1", [ruleEdit("p1.e1", rule("A"))]),
      patch("p2", [elsewhere]),
      patch("p3", []),
    ];
    expect(dedupe(patches, "d0").map(({ id }) => id)).toEqual(["p1", "p2"]);
  });

  test("a new file and its link become one with another pair only as a whole", () => {
    const first = patch("p1", [created("p1.e1", "t1"), link("p1.e2", "t1", "first")]);
    const same = patch("p2", [created("p2.e1", "t2"), link("p2.e2", "t2", "first")]);
    const other = patch("p3", [created("p3.e1", "t3"), link("p3.e2", "t3", "later")]);
    const [merged, kept, ...rest] = dedupe([first, same, other], "d0");
    expect(rest).toEqual([]);
    expect(merged?.edits.map(({ tasks }) => tasks)).toEqual([
      ["t1", "t2"],
      ["t1", "t2"],
    ]);
    expect(kept).toEqual(other);
  });
});
