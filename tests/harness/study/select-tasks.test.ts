import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readStudy } from "../../../harness/study/config/read-study.ts";
import { selectTasks } from "../../../harness/study/select-tasks.ts";
import { toyDomain, toyTasks } from "../../support/toy-domain.ts";

const study = (splits: string) =>
  readStudy(
    {
      file: "s.yaml",
      sets: [],
      text: `study: s\ndomain: toy\nmodels: { m: { provider: builtin, name: small } }\nsplits: ${splits}\nconditions: [no-skill]\nusers: [m]\n`,
    },
    { toy: toyDomain() },
  );
const select = async (splits: string, limit?: number, count = 60) => {
  const domain = toyDomain(toyTasks(count));
  const open = { domain, dataset: await domain.open(undefined) };
  return selectTasks(study(splits), new Map([[domain.name, open]]), limit);
};
const ids = (split: { tasks: readonly { id: string }[] } | undefined) =>
  split?.tasks.map(({ id }) => id) ?? [];

describe("tasks are picked", () => {
  test("in the official order, from skip on, as many as take says", async () => {
    const [test1] = await select("{ test: { from: all, skip: 6, take: 3 } }");
    expect(ids(test1)).toEqual(["t6", "t7", "t8"]);
  });

  test("passing over groups that an earlier split uses, and saying how many", async () => {
    const [evolve, selection, held] = await select(
      "{ evolve: { from: all, take: 4 }, select: { from: all, take: 3 }, test: { from: all, take: 2 } }",
    );
    expect(ids(evolve)).toEqual(["t0", "t1", "t2", "t3"]);
    expect(ids(selection)).toEqual(["t6", "t7", "t8"]);
    expect(selection?.leftOut).toBe(6);
    expect(ids(held)).toEqual(["t9", "t10"]);
  });

  test("held-out splits may share groups with each other", async () => {
    const [a, b] = await select(
      "{ test: { from: all, take: 4 }, again: { from: all, take: 4, render: words } }",
    );
    expect(ids(a)).toEqual(ids(b));
    expect(b?.options).toEqual({ render: "words" });
    expect(a?.options).toEqual({ render: "plain" });
  });

  test("no group is shared between evolve, select and the held-out splits, whatever the numbers", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          a: fc.integer({ min: 1, max: 20 }),
          b: fc.integer({ min: 1, max: 15 }),
          skip: fc.nat(20),
        }),
        async ({ a, b, skip }) => {
          const splits = await select(
            `{ evolve: { from: all, take: ${a} }, select: { from: all, skip: ${skip}, take: ${b} }, test: { from: all, take: 5 } }`,
          );
          const groups = splits.map(({ tasks }) => new Set(tasks.map(({ group }) => group)));
          for (const [i, one] of groups.entries())
            for (const other of groups.slice(i + 1))
              expect([...one].filter((group) => other.has(group))).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("a split whose files are not there is taken from the sample, with what the sample is called", async () => {
    const domain = toyDomain();
    const real = { ...(await domain.open(undefined)), has: (split: string) => split === "all" };
    const sample = {
      ...(await domain.open(undefined)),
      info: { ...real.info, name: "toy sample" },
    };
    const open = {
      domain,
      dataset: { ...real, info: { ...real.info, real: true } },
      sample: async () => sample,
    };
    const splits = await selectTasks(
      study("{ evolve: { from: all, skip: 6, take: 3 }, test: { from: few } }"),
      new Map([[domain.name, open]]),
      undefined,
    );
    expect(splits.map(({ data }) => [data.name, data.real])).toEqual([
      ["toy", true],
      ["toy sample", false],
    ]);
  });

  test("a limit gives tasks of as many groups as there are, and changes nothing else", async () => {
    const text = "{ evolve: { from: all, take: 9 }, test: { from: all, take: 9 } }";
    const [whole, limited] = [await select(text), await select(text, 2)];
    expect(whole.map((split) => ids(split).slice(0, 4))).toEqual([
      ["t0", "t1", "t2", "t3"],
      ["t9", "t10", "t11", "t12"],
    ]);
    expect(limited.map(ids)).toEqual([
      ["t0", "t3"],
      ["t9", "t12"],
    ]);
    const more = await select(text, 4);
    expect(more.map(ids)).toEqual([
      ["t0", "t1", "t3", "t6"],
      ["t9", "t10", "t12", "t15"],
    ]);
  });

  test("an empty split is refused with file, line, field and numbers", async () => {
    await expect(select("{ test: { from: all, skip: 60 } }")).rejects.toThrow(
      /s\.yaml:4: splits\.test: empty: all has 60 tasks, 0 after skip/,
    );
  });
});
