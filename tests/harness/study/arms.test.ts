import { describe, expect, test } from "vitest";
import { armsOf, rowsOf } from "../../../harness/study/arms.ts";
import { assertSameBut } from "../../../harness/study/comparable.ts";
import { readStudy } from "../../../harness/study/config/read-study.ts";
import { toyDomain } from "../../support/toy-domain.ts";

const study = (conditions: string, more = "") =>
  readStudy(
    {
      file: "s.yaml",
      sets: [],
      text: `study: s\ndomain: toy\nmodels: { a: { provider: builtin, name: small }, b: { provider: builtin, name: large } }\nsplits: { evolve: { from: all, take: 3 }, test: { from: all }, few: { from: few } }\nconditions: [${conditions}]\nauthors: [a, b]\nusers: [a, b]\n${more}`,
    },
    { toy: toyDomain() },
  );

describe("arms", () => {
  test("are conditions by author, user and held-out split", () => {
    const arms = armsOf(study("no-skill, human-written, deepening+error"));
    expect(arms).toHaveLength((1 + 1 + 2) * 2 * 2);
    expect(new Set(arms.map((arm) => arm.split))).toEqual(new Set(["test", "few"]));
  });

  test("are compared as in the paper's table 1", () => {
    const rows = rowsOf(
      study("no-skill, human-written, placebo, parametric, deepening+error, creation+combined"),
    );
    const baselines = rows.map((row) => [
      row.condition,
      row.author,
      row.baseline?.condition ?? null,
      row.baseline?.author ?? null,
    ]);
    expect(baselines).toEqual([
      ["no-skill", null, null, null],
      ["human-written", null, "no-skill", null],
      ["placebo", null, "no-skill", null],
      ["parametric", "a", "no-skill", null],
      ["parametric", "b", "no-skill", null],
      ["deepening+error", "a", "human-written", null],
      ["deepening+error", "b", "human-written", null],
      ["creation+combined", "a", "parametric", "a"],
      ["creation+combined", "b", "parametric", "b"],
    ]);
  });

  test("have no baseline where the study does not run it", () => {
    expect(rowsOf(study("creation+error"))[0]?.baseline).toBeNull();
  });

  test("of creation are compared with no skill where there is no parametric one, as in tables 2 and 3", () => {
    const rows = rowsOf(study("no-skill, creation+error"));
    expect(rows.at(-1)?.baseline).toEqual({ condition: "no-skill", author: null });
  });

  test("of the same model only: an author's skill is used by its author, and baselines by all", () => {
    const arms = armsOf(study("no-skill, parametric, creation+error", "pairing: same-model\n"));
    const pairs = arms
      .filter(({ split }) => split === "test")
      .map(({ author, user }) => [author, user]);
    expect(pairs).toEqual([
      [null, "a"],
      [null, "b"],
      ["a", "a"],
      ["b", "b"],
      ["a", "a"],
      ["b", "b"],
    ]);
  });
});

describe("retention", () => {
  const conditions = "no-skill, human-written, placebo, parametric, creation+error";
  const train = armsOf(study(conditions, "retention: true\n")).filter((arm) => arm.train);

  test("runs evolved skills and their parents on the tasks that skills are learnt from", () => {
    expect(new Set(train.map(({ condition }) => condition))).toEqual(
      new Set(["parametric", "creation+error"]),
    );
    expect(new Set(train.map(({ split }) => split))).toEqual(new Set(["evolve"]));
    expect(train).toHaveLength(2 * 2 * 2);
  });

  test("compares the skill with its parent, and the parent with nothing", () => {
    const baselines = train.map(({ condition, baseline }) => [condition, baseline?.condition]);
    expect(new Set(baselines.map(String))).toEqual(
      new Set(["parametric,", "creation+error,parametric"]),
    );
  });

  test("is off unless asked for, and adds nothing where nothing is evolved", () => {
    expect(armsOf(study(conditions)).some((arm) => arm.train)).toBe(false);
    const plain = study("no-skill, human-written, parametric", "retention: true\n");
    expect(armsOf(plain).some((arm) => arm.train)).toBe(false);
  });
});

describe("variants", () => {
  test("are rows of their own, each with the preset it names", () => {
    const rows = rowsOf(
      study("parametric, creation+error", "variants: { faithful: faithful, +gate: default }\n"),
    );
    expect(rows.map(({ condition, author }) => `${condition} by ${author}`)).toEqual([
      "parametric by a",
      "parametric by b",
      "creation+error @ faithful by a",
      "creation+error @ +gate by a",
      "creation+error @ faithful by b",
      "creation+error @ +gate by b",
    ]);
    expect(rows.at(-1)?.source).toMatchObject({ kind: "evolved", variant: "+gate" });
    expect(rows.at(-1)?.baseline).toEqual({ condition: "parametric", author: "b" });
  });
});

describe("a comparison", () => {
  const arm = { skill: "a", model: { name: "m", params: { temperature: 1 } }, tasks: ["x", "y"] };
  test("may differ in what it declares", () => {
    expect(() =>
      assertSameBut("a against b", arm, { ...arm, skill: "b" }, ["skill"]),
    ).not.toThrow();
  });
  test.each<[string, typeof arm, RegExp]>([
    [
      "a parameter",
      { ...arm, model: { name: "m", params: { temperature: 0 } } },
      /model\.params\.temperature: .*1 and 0/,
    ],
    ["a task", { ...arm, tasks: ["x", "z"] }, /tasks\.1: .*"y" and "z"/],
    ["the number of tasks", { ...arm, tasks: ["x"] }, /tasks: /],
  ])("is refused for an undeclared difference in %s, with its path", (_name, other, message) => {
    expect(() => assertSameBut("a against b", arm, { ...other, skill: "b" }, ["skill"])).toThrow(
      message,
    );
  });
});
