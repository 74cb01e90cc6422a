import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InputError } from "../../../harness/errors.ts";
import { readRows, writeRows } from "../../../harness/report/rows-file.ts";
import type { TableInput } from "../../../harness/report/table-input.ts";
import { byGroupTaskSeed } from "../../../harness/stats/observations.ts";
import { armOf, smallStudy } from "../../support/table-facts.ts";

const sorted = (input: TableInput): TableInput => ({
  ...input,
  arms: input.arms.map((arm) => ({
    ...arm,
    observations: [...arm.observations].sort(byGroupTaskSeed),
  })),
});

test("what was written is read back: scores, ungraded, and episodes that were not asked for", () => {
  const score = fc.oneof(
    fc.constantFrom(0, 1, undefined),
    fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0),
  );
  const asked = fc.uniqueArray(
    fc.record({ t: fc.integer({ min: 0, max: 9 }), seed: fc.constantFrom(41, 42), score }),
    { selector: ({ t, seed }) => `${t} ${seed}` },
  );
  fc.assert(
    fc.property(asked, asked, (first, second) => {
      const observations = (items: typeof first) =>
        items.map(({ t, seed, score: own }) => ({
          task: `task ${t}`,
          group: `g${t % 3}`,
          seed,
          score: own,
        }));
      const input = smallStudy({
        asked: [{ split: "test", domain: "toy", grader: "toy/1", from: "all", options: {} }],
        arms: [armOf("no-skill", observations(first)), armOf("placebo", observations(second))],
      });
      expect(sorted(readRows(writeRows(input), "rows.json"))).toEqual(sorted(input));
    }),
  );
});

test("what making a skill took is read back, with its time where that was taken", () => {
  const spent = { calls: 3, inputTokens: 5, outputTokens: 7, unmetered: 0, costUsd: 0.5 };
  const making = { skills: 2, rollouts: 4, spent };
  const arms = [
    armOf("no-skill", [], { making }),
    armOf("placebo", [], { making: { ...making, seconds: 12.5 } }),
  ];
  const read = readRows(writeRows(smallStudy({ arms })), "rows.json");
  expect(read.arms.map((arm) => arm.making)).toEqual(arms.map((arm) => arm.making));
});

test("a study of 60 arms with 600 episodes takes less than 100 kB", () => {
  const observations = Array.from({ length: 600 }, (_, i) => ({
    task: `nu-${i % 200}`,
    group: `csv/203-csv/${(i % 200) % 180}.csv`,
    seed: i < 300 ? 41 : 42,
    score: i % 3 === 0 ? 1 : 0,
  })).filter(({ task, seed }, i, all) => {
    return all.findIndex((item) => item.task === task && item.seed === seed) === i;
  });
  const conditions = Array.from({ length: 60 }, (_, i) => `condition ${i}`);
  const arms = conditions.map((condition) => armOf(condition, observations));
  expect(writeRows(smallStudy({ conditions, arms })).length).toBeLessThan(100_000);
});

describe("a file that cannot be read says where and why", () => {
  const good = JSON.parse(writeRows(smallStudy()));
  const arm = good.arms[0];
  const withArm = (over: object) => JSON.stringify({ ...good, arms: [{ ...arm, ...over }] });
  test.each<[string, string, string]>([
    ["empty", "", "run/rows.json: not JSON"],
    ["cut off", writeRows(smallStudy()).slice(0, 300), "run/rows.json: not JSON"],
    ["another file", "{}", "run/rows.json: format: "],
    ["a later version", JSON.stringify({ ...good, version: 2 }), "run/rows.json: version: "],
    ["a wrong type", withArm({ user: 3 }), "run/rows.json: arms.0.user: "],
    ["an unknown key", withArm({ colour: "red" }), "run/rows.json: arms.0: "],
    ["a strange mark", withArm({ scores: ["x", ""] }), "run/rows.json: arms.0.scores.0: "],
    ["a column too few", withArm({ scores: [] }), "arms.0: 0 columns of scores for 2 seeds"],
    ["a short column", withArm({ scores: ["1", "1"] }), "1 scores for 12 tasks with seed 41"],
    ["no panel", withArm({ split: "x" }), 'arms.0.split: there is no panel "x"'],
    ["a number missing", withArm({ scores: ["+".repeat(12), ".".repeat(12)] }), "fewer scores"],
    ["a number left over", withArm({ between: [0.5] }), "more scores between"],
    [
      "a group that is not there",
      JSON.stringify({ ...good, panels: { test: { groups: [], tasks: good.panels.test.tasks } } }),
      'task "t0" is in group 0, which is not listed',
    ],
  ])("%s", (_, text, message) => {
    const read = () => readRows(text, "run/rows.json");
    expect(read).toThrow(InputError);
    expect(read).toThrow(message);
  });
});
