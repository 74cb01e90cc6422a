import { describe, expect, test } from "vitest";
import { visionqa } from "../../../domains/visionqa/domain.ts";
import type { Dataset, Task } from "../../../harness/contracts/index.ts";
import { realPages } from "../../support/visionqa/places.ts";
import { fileSandbox } from "../../support/wtq/file-sandbox.ts";

const real = realPages();
const sets: readonly [string, string | undefined][] = [
  ["sample", undefined],
  [
    `real pages${real === undefined ? " (skipped: none at T2S_DATA_DIR or ../shared/data)" : ""}`,
    real,
  ],
];
const opened = new Map<string | undefined, Promise<Dataset>>();

async function load(dir: string | undefined, split: string): Promise<readonly Task[]> {
  const dataset = opened.get(dir) ?? visionqa.open(dir);
  opened.set(dir, dataset);
  return (await dataset).load(split, {});
}

async function gradeOf(task: Task, submission: string) {
  const evidence = await visionqa.collect(task, submission, fileSandbox(), {});
  return visionqa.grade(task, evidence);
}

async function idsWhere(
  tasks: readonly Task[],
  submissionOf: (task: Task) => string,
  expected: { readonly score: number; readonly passed: boolean },
): Promise<readonly string[]> {
  const others: string[] = [];
  for (const task of tasks) {
    const grade = await gradeOf(task, submissionOf(task));
    const agrees =
      grade.kind === "graded" && grade.score === expected.score && grade.passed === expected.passed;
    if (!agrees) others.push(task.id);
  }
  return others;
}

const wrong = { score: 0, passed: false };

for (const [name, dir] of sets) {
  describe.skipIf(name.startsWith("real") && dir === undefined)(name, () => {
    describe.each(visionqa.splits)("%s", (split) => {
      test("has tasks with distinct ids, accepted answers and a picture", async () => {
        const tasks = await load(dir, split);
        expect(tasks.length).toBeGreaterThan(50);
        expect(new Set(tasks.map(({ id }) => id)).size).toBe(tasks.length);
        for (const task of tasks) {
          expect(visionqa.reveal(task).items.length, task.id).toBeGreaterThan(0);
          expect(task.input["digest"], task.id).toMatch(/^[0-9a-f]{64}$/);
        }
      });

      test("every accepted answer scores 1 on every task", async () => {
        const tasks = await load(dir, split);
        const longest = Math.max(...tasks.map((task) => visionqa.reveal(task).items.length));
        for (let at = 0; at < longest; at++) {
          const answerOf = (task: Task) => {
            const { items } = visionqa.reveal(task);
            return items[at % items.length] ?? "";
          };
          expect(await idsWhere(tasks, answerOf, { score: 1, passed: true })).toEqual([]);
        }
      });

      test("an empty submission scores 0 on every task", async () => {
        expect(await idsWhere(await load(dir, split), () => "", wrong)).toEqual([]);
      });

      // No accepted answer has a tilde, so more than half of the characters differ from every one of them.
      const longestOf = (task: Task) =>
        Math.max(...visionqa.reveal(task).items.map((item) => item.length));
      test.each<[string, (task: Task) => string]>([
        ["every character replaced", (task) => "~".repeat(longestOf(task))],
        [
          "the answer, then more than its length again",
          (task) => `${visionqa.reveal(task).items[0]}${"~".repeat(longestOf(task) * 2 + 1)}`,
        ],
        [
          "a wrong text with much space behind it",
          (task) => `${"~".repeat(longestOf(task))}${" ".repeat(1000)}`,
        ],
        ["a sentence about nothing", () => `${"I could not find it on the page. ".repeat(20)}~`],
      ])("%s scores 0 on every task", async (_, mutated) => {
        expect(await idsWhere(await load(dir, split), mutated, wrong)).toEqual([]);
      });
    });

    test("no document is in both halves by document", async () => {
      const groupsOf = async (split: string) =>
        new Set((await load(dir, split)).map(({ group }) => group));
      const [evolve, held] = [await groupsOf("document-evolve"), await groupsOf("document-test")];
      expect([...held].filter((group) => evolve.has(group))).toEqual([]);
    });

    test("the first pages can be opened and shown", async () => {
      const tasks = await load(dir, "all");
      const first = new Map(tasks.map((task) => [task.input["image"], task]));
      for (const task of [...first.values()].slice(0, 12)) {
        const files = await visionqa.files(task, {});
        expect([...files.keys()]).toEqual(["page.png"]);
        const [image] = (await visionqa.images?.(task, {})) ?? [];
        expect(image?.mediaType).toMatch(/^image\/(png|jpeg)$/);
        expect(image?.base64.length).toBeLessThan(1_400_000);
      }
    });
  });
}
