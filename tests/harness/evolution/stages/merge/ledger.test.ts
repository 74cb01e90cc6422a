import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Edit } from "../../../../../harness/contracts/index.ts";
import {
  auditMerge,
  RECURRENT,
  supportOf,
  unaccountedFor,
} from "../../../../../harness/evolution/stages/merge/ledger.ts";
import { rule, ruleEdit } from "../../../../support/evolution.ts";

const inputs = [
  ruleEdit("p1.e1", rule("One"), ["t1"]),
  ruleEdit("p2.e1", rule("Two"), ["t2", "t3"]),
  ruleEdit("p3.e1", rule("Three"), ["t3"]),
];
const kinds = (sources: string[][], dropped: string[] = []) =>
  auditMerge(
    inputs,
    sources.map((list, i) => ({ where: `edits[${i}]`, sources: list })),
    new Set(dropped),
  ).map(({ kind, where }) => `${kind} ${where}`);

describe("the support ledger", () => {
  test("accepts a merge that accounts for every input", () => {
    expect(kinds([["p1.e1", "p2.e1"]], ["p3.e1"])).toEqual([]);
  });

  test.each([
    ["loses what recurs", [["p1.e1", "p3.e1"]], [], ["lost-edit p2.e1"]],
    ["drops what recurs, with a reason", [["p1.e1", "p3.e1"]], ["p2.e1"], ["lost-edit p2.e1"]],
    ["leaves out a single one without a word", [["p1.e1", "p2.e1"]], [], ["lost-edit p3.e1"]],
    ["invents a source", [["p1.e1", "p2.e1", "p9.e9"]], ["p3.e1"], ["invented-source edits[0]"]],
    ["names no source", [["p1.e1", "p2.e1", "p3.e1"], []], [], ["no-source edits[1]"]],
  ])("finds a merge that %s", (_, sources, dropped, found) => {
    expect(kinds(sources, dropped)).toEqual(found);
  });

  test("support is the union of distinct tasks, whatever is claimed", () => {
    expect(supportOf(["p1.e1", "p2.e1", "p3.e1", "p9.e9"], inputs)).toEqual(["t1", "t2", "t3"]);
  });

  test("whatever a merge says, with what is missing carried over nothing that recurs is lost", () => {
    const edits = fc.array(fc.uniqueArray(fc.constantFrom("a", "b", "c", "d"), { minLength: 1 }), {
      minLength: 1,
    });
    const claim = fc.array(fc.array(fc.nat(12)));
    fc.assert(
      fc.property(edits, claim, fc.array(fc.nat(12)), (tasks, claims, drops) => {
        const given: Edit[] = tasks.map((list, i) => ruleEdit(`e${i}`, rule(`R${i}`), list.sort()));
        const outputs = claims.map((list) => ({ where: "", sources: list.map((n) => `e${n}`) }));
        const dropped = new Set(drops.map((n) => `e${n}`));
        const carried = unaccountedFor(given, outputs, dropped);
        const covered = new Set([
          ...outputs.flatMap((one) => one.sources),
          ...carried.map((edit) => edit.id),
        ]);
        for (const edit of given) {
          if (edit.tasks.length >= RECURRENT) expect(covered).toContain(edit.id);
          else expect(covered.has(edit.id) || dropped.has(edit.id)).toBe(true);
        }
      }),
    );
  });
});
