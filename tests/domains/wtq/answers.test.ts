import { describe, expect, test } from "vitest";
import { wtq } from "../../../domains/wtq/domain.ts";
import type { Dataset, Task } from "../../../harness/contracts/index.ts";
import { fileSandbox } from "../../support/wtq/file-sandbox.ts";
import { realWtq } from "../../support/wtq/places.ts";

const real = realWtq();
const sets: readonly [string, string | undefined, Readonly<Record<string, number>>][] = [
  [
    "sample",
    undefined,
    {
      training: 224,
      "random-split-1-train": 184,
      "random-split-1-dev": 40,
      "pristine-seen": 56,
      "pristine-unseen": 200,
    },
  ],
  [
    `real data${real === undefined ? " (skipped: none at T2S_DATA_DIR or ../shared/data)" : ""}`,
    real,
    {
      training: 14152,
      "random-split-1-train": 11321,
      "random-split-1-dev": 2831,
      "pristine-seen": 3537,
      "pristine-unseen": 4344,
    },
  ],
];
let opened: { readonly dir: string | undefined; readonly dataset: Dataset } | undefined;

async function load(dir: string | undefined, split: string): Promise<readonly Task[]> {
  if (opened === undefined || opened.dir !== dir) opened = { dir, dataset: await wtq.open(dir) };
  return opened.dataset.load(split, {});
}

async function score(task: Task, submission: string): Promise<number> {
  const evidence = await wtq.collect(task, submission, fileSandbox(), { render: "csv" });
  const grade = wtq.grade(task, evidence);
  return grade.kind === "graded" ? grade.score : Number.NaN;
}

async function scored(
  tasks: readonly Task[],
  submissionOf: (task: Task) => string,
  expected: number,
): Promise<readonly string[]> {
  const others: string[] = [];
  for (const task of tasks)
    if ((await score(task, submissionOf(task))) !== expected) others.push(task.id);
  return others;
}

for (const [name, dir, sizes] of sets) {
  describe.skipIf(name.startsWith("real") && dir === undefined)(name, () => {
    describe.each(wtq.splits)("%s", (split) => {
      test("has its official number of tasks, with distinct ids", async () => {
        const tasks = await load(dir, split);
        expect(tasks).toHaveLength(sizes[split] ?? Number.NaN);
        expect(new Set(tasks.map(({ id }) => id)).size).toBe(tasks.length);
      });

      test("the expected items score 1 on every task", async () => {
        const tasks = await load(dir, split);
        expect(await scored(tasks, (task) => wtq.reveal(task).items.join("\n"), 1)).toEqual([]);
      });

      test("an empty submission scores 0 on every task", async () => {
        expect(await scored(await load(dir, split), () => "", 0)).toEqual([]);
      });

      // An unknown word added in front or behind makes another text, no number and no date, so its set
      // has one member too many; and no target can match a word that is in none of them.
      test.each([
        ["one item more", (items: readonly string[]) => [...items, "zyxwv"]],
        ["one item replaced", (items: readonly string[]) => [...items.slice(1), "zyxwv"]],
        [
          "a word before every item",
          (items: readonly string[]) => items.map((it) => `zyxwv ${it}`),
        ],
        ["all items on one line", (items: readonly string[]) => [`${items.join(", ")}, zyxwv`]],
      ])("%s scores 0 on every task", async (_, mutate) => {
        const tasks = await load(dir, split);
        const mutated = (task: Task) => mutate(wtq.reveal(task).items).join("\n");
        expect(await scored(tasks, mutated, 0)).toEqual([]);
      });
    });

    test("pristine-unseen shares no table with other splits, and pristine-seen most with training", async () => {
      const groups = async (split: string) =>
        new Set((await load(dir, split)).map(({ group }) => group));
      const training = await groups("training");
      const unseen = await groups("pristine-unseen");
      const seen = await groups("pristine-seen");
      expect([...unseen].filter((it) => training.has(it) || seen.has(it))).toEqual([]);
      // Eight of upstream's 1,455 are in no other split, in spite of the name.
      expect([...seen].filter((it) => !training.has(it)).length).toBeLessThanOrEqual(8);
      const dev = await groups("random-split-1-dev");
      const train = await groups("random-split-1-train");
      expect([...dev].filter((it) => train.has(it))).toEqual([]);
    });
  });
}
