import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Edit, Patch } from "../../../../../harness/contracts/index.ts";
import { presets } from "../../../../../harness/evolution/presets.ts";
import { lineageOf } from "../../../../../harness/evolution/record/lineage.ts";
import { mergePatches } from "../../../../../harness/evolution/stages/merge/merge.ts";
import { callsFor } from "../../../../../harness/evolution/stages/merge/merge-tree.ts";
import { seededRng } from "../../../../../harness/rng.ts";
import {
  memoryRunner,
  type Part,
  roleModel,
  rule,
  ruleEdit,
  startSkill,
} from "../../../../support/evolution.ts";
import { plainMerge, shownEdits } from "../../../../support/evolution-world.ts";
import { steppingClock } from "../../../../support/stepping-clock.ts";

const parent = startSkill();

/** One patch a task, each with the lesson of its number; the same number, the same lesson. */
const patchesOf = (lessons: readonly number[]): Patch[] =>
  lessons.map((lesson, i) => ({
    id: `p${i + 1}`,
    reasoning: "",
    edits: [ruleEdit(`p${i + 1}.e1`, rule(`Lesson ${lesson}`), [`t${i + 1}`])],
    changelog: [],
  }));

const consolidated = async (
  patches: readonly Patch[],
  over: Partial<typeof presets.default>,
  merge: Part = plainMerge,
) => {
  const model = roleModel({ merge, repair: () => "no" });
  const preset = { ...presets.default, order: "shuffle" as const, dedupe: false, ...over };
  const by = { model, repair: model, seed: 1, clock: steppingClock() };
  const deps = { runner: memoryRunner(), rng: seededRng(7) };
  const merged = await mergePatches(patches, { ...preset, parent, world: "" }, by, deps);
  const made = merged.levels.flat().flatMap(({ edits }) => edits);
  return { ...merged, lineage: lineageOf(patches, made), calls: model.asked.length };
};

/** Drops the single lessons of a group with the reason that they stand alone there, as a hasty merge does. */
const hasty: Part = (request) => {
  const shown = shownEdits(request.messages[1]?.text ?? "");
  const count = (content: unknown) => shown.filter((edit) => edit["content"] === content).length;
  const isAlone = (edit: Record<string, unknown>) =>
    Number(edit["tasks"]) < 2 && count(edit["content"]) < 2;
  const kept = JSON.parse(String(plainMerge({ ...request, messages: request.messages }, 0))) as {
    edits: { content: unknown; sources: string[] }[];
  };
  const gone = shown.filter(isAlone);
  return JSON.stringify({
    ...kept,
    edits: kept.edits.filter(({ content }) => !gone.some((edit) => edit["content"] === content)),
    dropped: gone.map((edit) => ({ id: edit["id"], because: "stands alone" })),
  });
};

describe("duplication", () => {
  test("never changes which tasks support a lesson, however patches are shuffled and grouped", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 14 }),
        fc.integer({ min: 2, max: 5 }),
        fc.integer({ min: 1, max: 3 }),
        fc.boolean(),
        async (lessons, fanIn, duplication, dedupe) => {
          const patches = patchesOf(lessons);
          const { patch, lineage } = await consolidated(patches, { fanIn, duplication, dedupe });
          const found = new Map(patch.edits.map((edit: Edit) => [edit.content, edit] as const));
          expect(found.size).toBe(patch.edits.length);
          expect(found.size).toBe(new Set(lessons).size);
          for (const lesson of new Set(lessons)) {
            const edit = found.get(rule(`Lesson ${lesson}`));
            const tasks = lessons.flatMap((one, i) => (one === lesson ? [`t${i + 1}`] : []));
            expect(edit?.tasks).toEqual([...tasks].sort());
            expect(lineage.leavesOf(edit?.id ?? "")).toHaveLength(tasks.length);
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  test("saves recurrent lessons from merges that drop what stands alone in their group", async () => {
    // Eight lessons of two tasks each, among sixteen patches in groups of four.
    const patches = patchesOf(Array.from({ length: 16 }, (_, i) => (i * 5) % 8));
    const kept = async (duplication: number) =>
      (await consolidated(patches, { fanIn: 4, duplication }, hasty)).patch.edits.length;
    const [once, twice, thrice] = [await kept(1), await kept(2), await kept(3)];
    expect(once).toBeLessThan(8);
    expect(twice).toBeGreaterThan(once);
    expect(thrice).toBeGreaterThanOrEqual(twice);
  });

  test("costs nothing where one merge sees all patches", async () => {
    const patches = patchesOf([1, 2, 3]);
    expect((await consolidated(patches, { fanIn: 4, duplication: 2 })).calls).toBe(1);
  });

  test("costs no more merge calls than are announced", async () => {
    for (const [count, fanIn] of [
      [4, 2],
      [9, 3],
      [13, 4],
    ] as const) {
      const patches = patchesOf(Array.from({ length: count }, (_, i) => i));
      const { calls } = await consolidated(patches, { fanIn, duplication: 2 });
      expect(calls).toBeLessThanOrEqual(callsFor(count, fanIn, 2));
    }
  });
});
