import { describe, expect, test } from "vitest";
import type { Edit, Patch } from "../../../../../harness/contracts/index.ts";
import { causesOf, groupsByCause } from "../../../../../harness/evolution/stages/merge/causes.ts";
import { ruleEdit } from "../../../../support/evolution.ts";

/** Rules that a strong language model proposed for different failures, cut to the new form. */
const rules: Readonly<Record<string, string>> = {
  "heredoc 1":
    "- **Write scripts over several lines.** When a Python script with a with, for or if block is to be run from a shell command: send it as a quoted here-document.",
  "order 1":
    "- **For 'before' and 'after', order the rows.** When a question asks what came directly before or after a named item: find the column that gives the order and take the nearest value.",
  "heredoc 2":
    "- **Put blocks in a heredoc.** When a Python script with a `with`, `for` or `if` block is to be run from the shell: send it as a here-document with real line breaks.",
  "names 1":
    "- **Compare names without regard to case.** When you filter rows by a name: strip and lower-case both sides of the comparison.",
  "order 2":
    "- **Turn first, last, earliest or latest into a sort.** When the question asks for the first, last, earliest or latest item: find the column that gives the order and sort by it.",
  "names 2":
    "- **Match names loosely.** When you filter rows by a name from the question: lower-case both sides and look for a part of the cell.",
  lone: "- **Derive a length from start and end.** When the table has a start and an end year: subtract them.",
};
const patches: Patch[] = Object.entries(rules).map(([name, content], i) => ({
  id: `p${i + 1}`,
  reasoning: "",
  edits: [ruleEdit(name, content, [`t${i}`])],
  changelog: [],
}));
const names = (groups: readonly (readonly Edit[])[]) =>
  groups.map((edits) => edits.map(({ id }) => id).sort()).sort();

describe("causes", () => {
  test("group rules that say the same in other words, and leave the others alone", () => {
    expect(names(causesOf(patches))).toEqual([
      ["heredoc 1", "heredoc 2"],
      ["lone"],
      ["names 1", "names 2"],
      ["order 1", "order 2"],
    ]);
  });

  test("grow no larger than allowed", () => {
    const same = patches.map((patch, i) => ({
      ...patch,
      edits: [ruleEdit(`e${i}`, rules["heredoc 1"] ?? "")],
    }));
    expect(causesOf(same, 3).map(({ length }) => length)).toEqual([3, 3, 1]);
  });

  test("hold together what replaces the same text, and a file with its link", () => {
    const replacing = (id: string, old_text: string, content: string): Patch => ({
      id,
      reasoning: "",
      edits: [{ ...ruleEdit(id, content), op: "replace_in_section", old_text }],
      changelog: [],
    });
    const pair: Patch = {
      id: "p9",
      reasoning: "",
      edits: [
        {
          ...ruleEdit("file", "# Dates\n\nHow to read them."),
          op: "create",
          file: "references/d.md",
        },
        ruleEdit("link", "Read [d](references/d.md) first."),
      ],
      changelog: [],
    };
    const found = causesOf([
      replacing("a", "sum terms.txt", "cat terms.txt"),
      replacing("b", "# Finish\nsum terms.txt", "wholly different"),
      pair,
    ]);
    expect(names(found)).toEqual([
      ["a", "b"],
      ["file", "link"],
    ]);
  });
});

describe("the groups of a level", () => {
  test("are as many as asked for, about as large, with every edit once and no cause torn", () => {
    const groups = groupsByCause(patches, 3, 1);
    const edits = groups.map(({ patches: [patch] }) => patch?.edits ?? []);
    expect(
      edits
        .flat()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(Object.keys(rules).sort());
    expect(edits.map(({ length }) => length).sort()).toEqual([2, 2, 3]);
    for (const cause of ["heredoc", "names", "order"])
      expect(edits.filter((group) => group.some(({ id }) => id.startsWith(cause)))).toHaveLength(1);
  });

  test("of edits that are all unlike are not asked about before the last level", () => {
    const unlike = patches.filter(({ edits }) => /1$|lone/.test(edits[0]?.id ?? ""));
    expect(groupsByCause(unlike, 2, 1).map(({ isAsked }) => isAsked)).toEqual([false, false]);
    expect(groupsByCause(unlike, 1, 2).map(({ isAsked }) => isAsked)).toEqual([true]);
  });
});
