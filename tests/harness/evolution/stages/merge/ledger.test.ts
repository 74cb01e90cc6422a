import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Edit } from "../../../../../harness/contracts/index.ts";
import {
  auditMerge,
  supportOf,
  unaccountedFor,
} from "../../../../../harness/evolution/stages/merge/ledger.ts";
import { rule, ruleEdit } from "../../../../support/evolution.ts";

const inputs = [
  ruleEdit("p1.e1", rule("One"), ["t1"]),
  ruleEdit("p2.e1", rule("Two"), ["t2", "t3"]),
  ruleEdit("p3.e1", rule("Three"), ["t3"]),
];
const kinds = (sources: string[][]) =>
  auditMerge(
    inputs,
    sources.map((list, i) => ({ where: `edits[${i}]`, sources: list })),
  ).map(({ kind, where }) => `${kind} ${where}`);

describe("the support ledger", () => {
  test("accepts a merge that names no input twice, whatever it leaves unsaid", () => {
    expect(kinds([["p1.e1", "p2.e1"]])).toEqual([]);
  });

  test.each([
    ["invents a source", [["p1.e1", "p2.e1", "p9.e9"]], ["invented-source edits[0]"]],
    ["names no source", [["p1.e1", "p2.e1", "p3.e1"], []], ["no-source edits[1]"]],
    ["names one in two edits", [["p1.e1"], ["p1.e1", "p2.e1"]], ["repeated-source edits[1]"]],
  ])("finds a merge that %s", (_, sources, found) => {
    expect(kinds(sources)).toEqual(found);
  });

  test("support is the union of distinct tasks, whatever is claimed", () => {
    expect(supportOf(["p1.e1", "p2.e1", "p3.e1", "p9.e9"], inputs)).toEqual(["t1", "t2", "t3"]);
  });

  test("whatever a merge says, what it does not name stays, and what recurs cannot be dropped", () => {
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
          if (edit.tasks.length >= 2) expect(covered).toContain(edit.id);
          else expect(covered.has(edit.id) || dropped.has(edit.id)).toBe(true);
        }
      }),
    );
  });
});
