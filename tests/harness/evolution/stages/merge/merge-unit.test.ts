import { describe, expect, test } from "vitest";
import type { Edit, Patch, Row } from "../../../../../harness/contracts/index.ts";
import { ModelFault } from "../../../../../harness/errors.ts";
import { presets } from "../../../../../harness/evolution/presets.ts";
import { mergePatches } from "../../../../../harness/evolution/stages/merge/merge.ts";
import {
  type MergeResult,
  mergedPatch,
  mergeUnit,
} from "../../../../../harness/evolution/stages/merge/merge-unit.ts";
import { seededRng } from "../../../../../harness/rng.ts";
import {
  memoryRunner,
  type Part,
  roleModel,
  rule,
  ruleEdit,
  startSkill,
} from "../../../../support/evolution.ts";
import { steppingClock } from "../../../../support/stepping-clock.ts";

const parent = startSkill();
const patches: Patch[] = [
  {
    id: "p1",
    reasoning: "one",
    edits: [ruleEdit("p1.e1", rule("Count first"), ["t1"])],
    changelog: [],
  },
  {
    id: "p2",
    reasoning: "two",
    edits: [ruleEdit("p2.e1", rule("Count at first"), ["t2", "t3"])],
    changelog: [],
  },
  { id: "p3", reasoning: "three", edits: [ruleEdit("p3.e1", rule("Sing"), ["t3"])], changelog: [] },
];
const { id: _, sources: __, tasks: ___, ...fields } = ruleEdit("x", rule("Count first"));
const reply = (edits: object[], dropped: object[] = []) =>
  JSON.stringify({ reasoning: "merged", edits, dropped, changelog: ["c"] });

async function merged(
  merge: Part,
  repair: Part = () => new Error("no repair was expected"),
  ledger = true,
) {
  const model = roleModel({ merge, repair });
  const by = { model, repair: model, seed: 41, clock: steppingClock() };
  const unit = mergeUnit(
    patches,
    { parent, ledger, ruleSchema: ledger, world: "## The agent\n\nIt has a shell." },
    by,
  );
  const row: Row = await memoryRunner().run(unit);
  const result = row.result as unknown as MergeResult;
  return {
    result,
    patch: mergedPatch("m1.1", result, patches),
    asked: model.asked,
    requests: model.requests,
    row,
  };
}

const supports = (edits: readonly Edit[]) =>
  edits.map(({ id, tasks }) => `${id} ${tasks.join(",")}`);

describe("a merge under the ledger", () => {
  test("unions the tasks of the sources that it names", async () => {
    const whole = reply(
      [{ ...fields, sources: ["p1.e1", "p2.e1"] }],
      [{ id: "p3.e1", because: "no rule" }],
    );
    const { patch, result, asked } = await merged(() => whole);
    expect(asked).toEqual(["merge"]);
    expect(supports(patch.edits)).toEqual(["m1.1.e1 t1,t2,t3"]);
    expect(result.dropped).toEqual([{ id: "p3.e1", because: "no rule" }]);
  });

  test("shows each edit with its id and how many tasks support it", async () => {
    const { requests } = await merged(() =>
      reply([{ ...fields, sources: ["p1.e1", "p2.e1", "p3.e1"] }]),
    );
    expect(requests[0]?.messages[1]?.text).toMatch(/"id":"p2\.e1",.*"tasks":2/);
  });

  test("leaves as it is what it does not name, and what recurs even where it drops it", async () => {
    const lossy = reply([{ ...fields, sources: ["p1.e1"] }], [{ id: "p2.e1", because: "boring" }]);
    const { patch, result, asked } = await merged(() => lossy);
    expect(asked).toEqual(["merge"]);
    expect(supports(patch.edits)).toEqual(["m1.1.e1 t1", "p2.e1 t2,t3", "p3.e1 t3"]);
    expect(result).toMatchObject({ carried: ["p2.e1", "p3.e1"], dropped: [] });
  });

  test("that names an input twice is sent back once, and then the first edit has it", async () => {
    const twice = reply([
      { ...fields, sources: ["p1.e1", "p2.e1"] },
      { ...fields, content: rule("Sing loudly"), sources: ["p2.e1", "p3.e1"] },
    ]);
    const { patch, result, asked } = await merged(
      () => twice,
      () => twice,
    );
    expect(asked).toEqual(["merge", "repair"]);
    expect(result.faults).toContain("repeated-source");
    expect(supports(patch.edits)).toEqual(["m1.1.e1 t1,t2,t3", "m1.1.e2 t3"]);
  });

  test("whose rule is too long gives way to its sources", async () => {
    const long = { ...fields, content: rule("Long", "count ".repeat(50)) };
    const reply1 = reply([{ ...long, sources: ["p1.e1", "p2.e1"] }]);
    const { patch, result } = await merged(
      () => reply1,
      () => reply1,
    );
    expect(result.faults).toContain("long-rule");
    expect(supports(patch.edits)).toEqual(["p1.e1 t1", "p2.e1 t2,t3", "p3.e1 t3"]);
  });

  test("is shown where edits can go and the agent's world, and neither the skill nor reasonings", async () => {
    const { requests } = await merged(() => reply([]));
    const user = requests[0]?.messages[1]?.text ?? "";
    expect(user).toContain("## Where edits can go");
    expect(user).toContain("It has a shell.");
    expect(user).not.toContain("### SKILL.md");
    expect(user).not.toContain("reasoning");
  });

  test("cannot give an edit support from a source that does not exist", async () => {
    const invented = reply([{ ...fields, sources: ["p1.e1", "p2.e1", "p3.e1", "p9.e1"] }]);
    const { patch, result } = await merged(
      () => invented,
      () => invented,
    );
    expect(supports(patch.edits)).toEqual(["m1.1.e1 t1,t2,t3"]);
    expect(result.faults).toContain("invented-source");
  });

  test("whose edits cannot be applied gives way to their sources", async () => {
    const broken = reply([
      { ...fields, target_section: "## Nowhere", sources: ["p1.e1", "p2.e1", "p3.e1"] },
    ]);
    const { patch } = await merged(
      () => broken,
      () => broken,
    );
    expect(supports(patch.edits)).toEqual(["p1.e1 t1", "p2.e1 t2,t3", "p3.e1 t3"]);
  });

  test("that creates a file without its link gives way to its sources: the pair is checked on the result", async () => {
    const orphan = {
      file: "references/new.md",
      op: "create",
      content: "# New\n\nText.",
      sources: ["p1.e1", "p2.e1", "p3.e1"],
    };
    const { patch, result } = await merged(
      () => reply([orphan]),
      () => reply([orphan]),
    );
    expect(result.faults).toContain("orphan-reference");
    expect(patch.edits.map(({ id }) => id)).toEqual(["p1.e1", "p2.e1", "p3.e1"]);
  });

  test.each([
    ["prose", "They are all fine.", "unreadable"],
    ["an empty list", reply([]), "answered"],
  ])("that is %s loses nothing", async (_, text, end) => {
    const { patch, result } = await merged(
      () => text,
      () => text,
    );
    expect(result.end).toBe(end);
    expect(patch.edits.map(({ id }) => id)).toEqual(["p1.e1", "p2.e1", "p3.e1"]);
  });

  test("that the endpoint broke is tried again another day, and loses nothing today", async () => {
    const { patch, row } = await merged(
      () => new ModelFault({ kind: "transient", message: "reset" }),
    );
    expect(row.grade?.kind).toBe("ungraded");
    expect(patch.edits).toHaveLength(3);
  });
});

describe("a merge without a ledger", () => {
  test("is shown no ids or counts, and code finds the sources by their words", async () => {
    const { patch, result, requests } = await merged(() => reply([fields]), undefined, false);
    expect(requests[0]?.messages[1]?.text).not.toContain("p1.e1");
    expect(result.edits.map(({ how, sources }) => ({ how, sources }))).toEqual([
      { how: "matched", sources: expect.arrayContaining(["p1.e1", "p2.e1"]) as string[] },
    ]);
    expect(patch.edits[0]?.tasks).toEqual(expect.arrayContaining(["t1", "t2", "t3"]));
  });

  test("an edit in words of its own comes from the whole group", async () => {
    const own = { ...fields, content: "Whistle while working, unless somebody sleeps nearby." };
    const { result } = await merged(() => reply([own]), undefined, false);
    expect(result.edits[0]).toMatchObject({ how: "group", sources: ["p1.e1", "p2.e1", "p3.e1"] });
  });
});

describe("the tree", () => {
  const many = (count: number): Patch[] =>
    Array.from({ length: count }, (_, i) => ({
      id: `p${i + 1}`,
      reasoning: "",
      edits: [ruleEdit(`p${i + 1}.e1`, rule(`Rule number ${i}`), [`t${i}`])],
      changelog: [],
    }));
  const keepAll: Part = (request) => {
    const listing = /```json\n([\s\S]*?)\n```/.exec(request.messages[1]?.text ?? "")?.[1] ?? "[]";
    const shown = JSON.parse(listing) as { edits: { id: string; tasks: number }[] }[];
    return reply(
      shown.flatMap(({ edits }) =>
        edits.map(({ id, tasks: _, ...edit }) => ({ ...edit, sources: [id] })),
      ),
    );
  };
  const run = async (count: number, preset = { ...presets.default, duplication: 1 }) => {
    const model = roleModel({ merge: keepAll });
    const by = { model, repair: model, seed: 41, clock: steppingClock() };
    return mergePatches(many(count), { ...preset, parent, world: "" }, by, {
      runner: memoryRunner(),
      rng: seededRng(41),
    });
  };

  test("asks once where nothing sounds alike, and keeps every input", async () => {
    const { patch, merges, fanIn } = await run(16);
    expect({ fanIn, calls: merges.length }).toEqual({ fanIn: 4, calls: 1 });
    expect(patch.edits.flatMap(({ tasks }) => tasks).sort()).toEqual(
      many(16)
        .flatMap(({ edits }) => edits[0]?.tasks ?? [])
        .sort(),
    );
  });

  test("one patch costs no call, and none at all is an empty patch", async () => {
    expect(await run(1)).toMatchObject({ merges: [], patch: { id: "p1" } });
    expect(await run(0)).toMatchObject({ merges: [], patch: { edits: [] } });
  });

  test("shuffles with the seed under the default preset and keeps the order under the faithful one", async () => {
    const order = async (preset: typeof presets.default) =>
      (await run(9, preset)).levels[0]?.map(({ id }) => id);
    const inOrder = many(9).map(({ id }) => id);
    expect(await order(presets.faithful)).toEqual(inOrder);
    expect(await order(presets.default)).not.toEqual(inOrder);
    expect(await order(presets.default)).toEqual(await order(presets.default));
  });
});
