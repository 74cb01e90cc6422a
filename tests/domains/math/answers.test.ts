import { describe, expect, test } from "vitest";
import { math } from "../../../domains/math/domain.ts";
import { graderNames } from "../../../domains/math/grading/graders.ts";
import type { Dataset, Task } from "../../../harness/contracts/index.ts";
import { realMath } from "../../support/math/places.ts";
import { fileSandbox } from "../../support/wtq/file-sandbox.ts";

const real = realMath();
const sets: readonly [string, string | undefined, Readonly<Record<string, number>>][] = [
  [
    "sample",
    undefined,
    { "dapo-train": 200, "dapo-test": 100, "math-500": 60, gsm8k: 40, aime: 20 },
  ],
  [
    `real data${real === undefined ? " (skipped: none at T2S_DATA_DIR or ../shared/data)" : ""}`,
    real,
    { "dapo-train": 400, "dapo-test": 100, "math-500": 500, gsm8k: 1319 },
  ],
];

async function score(task: Task, submission: string, grader: string): Promise<number> {
  const evidence = await math.collect(task, submission, fileSandbox(), { grader });
  const grade = math.grade(task, evidence);
  return grade.kind === "graded" ? grade.score : Number.NaN;
}

async function others(
  tasks: readonly Task[],
  submissionOf: (answer: string) => string,
  grader: string,
  expected: number,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const task of tasks) {
    const answer = math.reveal(task).items[0] ?? "";
    if ((await score(task, submissionOf(answer), grader)) !== expected) found.push(task.id);
  }
  return found;
}

for (const [name, dir, sizes] of sets) {
  describe.skipIf(name.startsWith("real") && dir === undefined)(name, () => {
    let opened: Promise<Dataset> | undefined;
    const load = async (split: string) => {
      opened ??= math.open(dir);
      return (await opened).load(split, {});
    };

    describe.each(Object.keys(sizes))("%s", (split) => {
      test("has its number of tasks, with distinct ids", async () => {
        const tasks = await load(split);
        expect(tasks).toHaveLength(sizes[split] ?? Number.NaN);
        expect(new Set(tasks.map(({ id }) => id)).size).toBe(tasks.length);
      });

      describe.each(graderNames)("graded by %s", (grader) => {
        test("the expected answer scores 1 on every task, bare and in a box or an answer line", async () => {
          const tasks = await load(split);
          expect(await others(tasks, (answer) => answer, grader, 1)).toEqual([]);
          const wrapped = (answer: string) =>
            grader === "math_dapo"
              ? `So we are done.\nAnswer: ${answer}`
              : `Thus \\boxed{${answer}}.`;
          expect(await others(tasks, wrapped, grader, 1)).toEqual([]);
        });

        test.each<[string, (answer: string) => string]>([
          ["nothing", () => ""],
          ["a word", () => "zyxwv"],
          // Before an equals sign it would be a name of the value.
          ["a word in front of the answer", (answer) => `zyxwv${answer.replace(/ ?= ?/, "")}`],
        ])("%s scores 0 on every task", async (_, submissionOf) => {
          expect(await others(await load(split), submissionOf, grader, 0)).toEqual([]);
        });

        test("one more than the answer scores 0 wherever that is a whole number", async () => {
          const whole = (await load(split)).filter((task) =>
            /^-?\d+$/.test(math.reveal(task).items[0] ?? ""),
          );
          const onMore = (answer: string) => String(BigInt(answer) + 1n);
          expect(await others(whole, onMore, grader, 0)).toEqual([]);
        });
      });

      test("by default, the answer plus one scores 0 on every task", async () => {
        expect(await others(await load(split), (answer) => `(${answer})+1`, "default", 0)).toEqual(
          [],
        );
      });
    });
  });
}
