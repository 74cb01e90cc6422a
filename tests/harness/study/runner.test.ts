import { describe, expect, test } from "vitest";
import type { Grade, Row, Unit } from "../../../harness/contracts/index.ts";
import { BudgetSpent, ModelFault } from "../../../harness/errors.ts";
import { keyOf, type RunnerOptions, StudyRunner } from "../../../harness/study/runner.ts";
import { createBudget } from "../../../harness/study/spending.ts";
import { memoryStore } from "../../support/memory-store.ts";
import { steppingClock } from "../../support/stepping-clock.ts";

const spent = { calls: 1, inputTokens: 1, outputTokens: 1, unmetered: 0, retries: [] };
const right: Grade = { kind: "graded", score: 1, passed: true, because: "equal" };
const broken: Grade = { kind: "ungraded", because: "model: 503" };

/** A unit that ends with each grade in turn, then stays with the last. */
function unit(name: string, grades: readonly Grade[] = [right], log: string[] = []): Unit {
  let runs = 0;
  return {
    stage: "rollout",
    version: 1,
    inputs: { name },
    about: { model: "m" },
    async run() {
      log.push(name);
      await Promise.resolve();
      const grade = grades[Math.min(runs++, grades.length - 1)] ?? right;
      return { result: { name }, grade, spent, elapsedMs: 1 };
    },
  };
}
const setUp = (over: Partial<RunnerOptions> = {}) => {
  const store = memoryStore();
  const controller = new AbortController();
  const clock = steppingClock();
  return {
    store,
    controller,
    runner: new StudyRunner({ store, clock, controller, concurrency: 4, ...over }),
  };
};

const runAll = (runner: StudyRunner, units: Iterable<Unit>) => {
  function* jobs() {
    for (const unit of units) yield { unit };
  }
  return runner.runAll(jobs(), () => {});
};

describe("a runner", () => {
  test("hands every row of a stream on with what asked for it", async () => {
    const { runner } = setUp({ retries: 0 });
    const stored = unit("b");
    await runner.run(stored);
    const jobs = [
      { unit: unit("a", [broken]), place: 0 },
      { unit: stored, place: 1 },
    ];
    const seen = new Map<number, Row>();
    await runner.runAll(jobs, (row, { place }) => seen.set(place, row));
    expect([seen.get(0)?.grade, seen.get(1)?.grade]).toEqual([broken, right]);
    expect(seen.get(1)?.key).toBe(keyOf(stored));
  });

  test("runs a unit once, however often and at once it is asked for", async () => {
    const { runner } = setUp();
    const log: string[] = [];
    const one = unit("a", [right], log);
    const rows = await Promise.all([runner.run(one), runner.run(one)]);
    rows.push(await runner.run(one));
    expect(log).toEqual(["a"]);
    expect(new Set(rows.map((row) => row.key))).toEqual(new Set([keyOf(one)]));
  });

  test("runs an ungraded unit again, records why, and counts the first grade that it gets", async () => {
    const { runner } = setUp();
    const row = await runner.run(unit("a", [broken, broken, right]));
    expect(row.grade).toEqual(right);
    expect(row.spent.retries).toEqual(["model: 503", "model: 503"]);
  });

  test("keeps an ungraded row when it stays so, and runs it again next time", async () => {
    const { runner, store } = setUp({ retries: 1 });
    const log: string[] = [];
    const bad = unit("a", [broken, broken, right], log);
    expect((await runner.run(bad)).grade).toEqual(broken);
    expect(store.rows.get(keyOf(bad))?.grade).toEqual(broken);
    expect((await runner.run(bad)).grade).toEqual(right);
    expect(log).toEqual(["a", "a", "a"]);
  });

  test("has no more units under way than it may", async () => {
    const { runner } = setUp({ concurrency: 3 });
    let running = 0;
    let most = 0;
    const units = Array.from(
      { length: 20 },
      (_, i): Unit => ({
        ...unit(`u${i}`),
        async run() {
          most = Math.max(most, ++running);
          await new Promise((resolve) => setImmediate(resolve));
          running--;
          return { result: {}, grade: right, spent, elapsedMs: 1 };
        },
      }),
    );
    await Promise.all([runAll(runner, units.slice(0, 10)), runAll(runner, units.slice(10))]);
    expect(most).toBe(3);
  });

  test("pulls a stream of units only as it goes", async () => {
    const { runner } = setUp({ concurrency: 2 });
    let pulled = 0;
    function* stream() {
      for (let i = 0; i < 10; i++) {
        pulled++;
        yield unit(`u${i}`, [right], []);
      }
    }
    const first = { ...unit("slow"), run: () => new Promise<never>(() => {}) };
    void runAll(runner, [first]);
    await runAll(runner, stream());
    expect(pulled).toBe(10);
  });

  test("a permanent fault stops everything, with its reason", async () => {
    const { runner, controller } = setUp();
    const fault = new ModelFault({ kind: "permanent", message: "401" });
    const bad: Unit = { ...unit("bad"), run: () => Promise.reject(fault) };
    const log: string[] = [];
    const later = Array.from({ length: 50 }, (_, i) => unit(`u${i}`, [right], log));
    await expect(runAll(runner, [bad, ...later])).rejects.toBe(fault);
    expect(controller.signal.reason).toBe(fault);
    expect(log.length).toBeLessThan(10);
  });

  test("stops when forty units in a row are broken", async () => {
    const { runner } = setUp({ retries: 0 });
    const units = Array.from({ length: 100 }, (_, i) => unit(`u${i}`, [broken]));
    await expect(runAll(runner, units)).rejects.toThrow(
      /40 units in a row.*503.*run the same command/,
    );
  });
});

describe("a key changes with", () => {
  const base = unit("a");
  test.each<[string, Unit]>([
    ["the stage", { ...base, stage: "analyse" }],
    ["the stage's version", { ...base, version: 2 }],
    ["any input", { ...base, inputs: { name: "b" } }],
    ["an input more", { ...base, inputs: { name: "a", more: 1 } }],
  ])("%s", (_name, other) => {
    expect(keyOf(other)).not.toBe(keyOf(base));
  });
  test("nothing else", () => {
    expect(keyOf({ ...base, about: { task: "x" } })).toBe(keyOf(base));
    expect(keyOf({ ...base, inputs: { b: 1, a: 2 } })).toBe(
      keyOf({ ...base, inputs: { a: 2, b: 1 } }),
    );
  });
});

describe("a budget", () => {
  const cost = (row: Pick<Row, "about">) => (row.about["model"] === "m" ? 0.3 : undefined);
  test("stops new units before the sum is passed, and keeps what is stored", async () => {
    const { runner, store } = setUp({ concurrency: 1, budget: createBudget(1, cost) });
    const units = Array.from({ length: 9 }, (_, i) => unit(`u${i}`));
    await expect(runAll(runner, units)).rejects.toThrow(BudgetSpent);
    await runner.settled();
    expect(store.rows.size).toBe(3);
  });
  test("the first unit runs alone, so that many at a time keep the sum too", async () => {
    const { runner, store } = setUp({ concurrency: 8, budget: createBudget(1, cost) });
    const units = Array.from({ length: 9 }, (_, i) => unit(`u${i}`));
    await expect(runAll(runner, units)).rejects.toThrow(BudgetSpent);
    await runner.settled();
    expect(store.rows.size).toBe(3);
  });
  test("stored units cost nothing", async () => {
    const rows = new Map<string, Row>();
    const units = Array.from({ length: 3 }, (_, i) => unit(`u${i}`));
    await runAll(setUp({ store: memoryStore(rows) }).runner, units);
    const again = setUp({ store: memoryStore(rows), budget: createBudget(0.0001, cost) });
    await runAll(again.runner, units);
  });
  test("an unknown cost ends the run: the limit could not be kept", async () => {
    const { runner } = setUp({ budget: createBudget(1, () => undefined) });
    await expect(runner.run(unit("a"))).rejects.toThrow(/--max-cost: the cost of m is unknown/);
  });
});
