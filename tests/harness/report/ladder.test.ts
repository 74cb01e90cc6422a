import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Format, formats } from "../../../harness/report/formats.ts";
import { buildLadder, hasLadder, type LadderRow } from "../../../harness/report/ladder.ts";
import { renderLadder } from "../../../harness/report/ladder-text.ts";
import { readRows, writeRows } from "../../../harness/report/rows-file.ts";
import { buildTable } from "../../../harness/report/table.ts";
import type { TableInput } from "../../../harness/report/table-input.ts";
import { bothSeeds, makings, rungOf, smallLadder } from "../../support/ladder-facts.ts";
import { smallStudy } from "../../support/table-facts.ts";

const rowOf = (input: TableInput, rung: string, user: string | null): LadderRow => {
  const row = buildLadder(input).rows.find((one) => one.rung === rung && one.user === user);
  if (row === undefined) throw new Error(`no ${rung} of ${user}`);
  return row;
};
const small = (rung: string, input = smallLadder()) => rowOf(input, rung, "small");
const large = (rung: string, input = smallLadder()) => rowOf(input, rung, "large");
const all = (rung: string, input = smallLadder()) => rowOf(input, rung, null);
/** The small ladder with one arm changed. */
const changed = (index: number, over: object): TableInput => {
  const input = smallLadder();
  return { ...input, arms: input.arms.map((arm, i) => (i === index ? { ...arm, ...over } : arm)) };
};

describe("a ladder", () => {
  test("has a row a rung for all cells together and then for each cell, rungs in the study's order", () => {
    const rows = buildLadder(smallLadder()).rows.map(({ rung, user }) => `${rung} ${user}`);
    expect(rows).toEqual(
      ["null", "small", "large"].flatMap((user) =>
        ["faithful", "+ledger", "+gate"].map((rung) => `${rung} ${user}`),
      ),
    );
  });

  test("of one cell has no row for all of them", () => {
    const input = smallLadder();
    const arms = input.arms.filter(({ user }) => user === "small");
    expect(buildLadder({ ...input, arms }).rows.map(({ user }) => user)).toEqual(
      Array(3).fill("small"),
    );
  });

  test("is there for a study with variants only", () => {
    expect(hasLadder(smallLadder())).toBe(true);
    expect(hasLadder(smallStudy())).toBe(false);
  });
});

describe("gain and step", () => {
  test("are paired differences to the baseline and to the rung before", () => {
    expect(small("faithful")).toMatchObject({ baseline: "parametric", gain: 0.083333, step: null });
    expect(small("+ledger")).toMatchObject({ gain: 0.208333, step: 0.125 });
    expect(small("+gate")).toMatchObject({ gain: 0, step: -0.208333 });
  });

  test("of all cells together are those of their episodes side by side", () => {
    expect(all("faithful")).toMatchObject({ cells: 2, gain: 0.083333, mean: 0.25 });
    expect(all("+ledger").gain).toBeCloseTo((5 + 8) / 48, 6);
  });

  test("keep a group of tasks together over cells: two cells that agree are no more evidence than one", () => {
    const input = smallLadder();
    const arms = input.arms.flatMap((arm) =>
      arm.user === "small" ? [arm, { ...arm, user: "large" }] : [],
    );
    const [together, one] = [
      all("+ledger", { ...input, arms }),
      small("+ledger", { ...input, arms }),
    ];
    expect(together.gainCi95).toEqual(one.gainCi95);
    expect(together.minimumDetectableEffect).toBe(one.minimumDetectableEffect);
  });

  test("have p-values corrected over the cells, and over the rows of all cells apart from them", () => {
    for (const kind of [true, false]) {
      const family = buildLadder(smallLadder()).rows.filter(({ user }) => (user === null) === kind);
      const smallest = [...family].sort((a, b) => (a.p ?? 1) - (b.p ?? 1))[0];
      expect(smallest?.pHolm).toBeCloseTo(Math.min(1, (smallest?.p ?? 1) * family.length), 5);
    }
  });

  test("are withheld where the graded shares differ, with the reason, and with them those of all cells", () => {
    const input = changed(4, { observations: bothSeeds("1111001000??") });
    const absent = "graded 83.3% against 100%";
    expect(small("faithful", input)).toMatchObject({ gain: null, gainAbsent: absent, p: null });
    expect(all("faithful", input)).toMatchObject({ gain: null, gainAbsent: absent });
    expect(small("+ledger", input)).toMatchObject({ gain: 0.208333, step: null });
    expect(large("faithful", input).gain).toBe(0.083333);
  });

  test("need a baseline that was run", () => {
    const input = smallLadder();
    const arms = input.arms.filter(({ condition }) => condition !== "parametric");
    expect(small("faithful", { ...input, arms })).toMatchObject({
      gain: null,
      gainAbsent: "baseline not run",
      retention: null,
    });
  });
});

describe("repairs and regressions", () => {
  test("are tasks, not episodes", () => {
    expect(small("faithful")).toMatchObject({ repairs: 2, regressions: 1 });
    expect(small("+gate")).toMatchObject({ repairs: 0, regressions: 0 });
  });

  test("count a task that changes with one of the seeds, by the sum over the seeds", () => {
    expect(small("+ledger")).toMatchObject({ repairs: 3, regressions: 1 });
  });

  test("leave out a task that wins with one seed and loses with the other", () => {
    const base = bothSeeds("100100100100");
    const flipped = base.map((item) =>
      item.task === "t0" || item.task === "t1"
        ? { ...item, score: item.seed === 41 ? 1 : 0 }
        : item,
    );
    // t0 passes by itself, so it only loses; t1 fails by itself, so it only wins.
    expect(small("faithful", changed(4, { observations: flipped }))).toMatchObject({
      repairs: 1,
      regressions: 1,
      gain: 0,
    });
  });

  test("of all cells add up", () => {
    expect(all("faithful")).toMatchObject({ repairs: 3, regressions: 1 });
  });

  test("differ by the gain where every task has one outcome with all seeds", () => {
    const marks = fc.string({ unit: fc.constantFrom("0", "1"), minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(marks, (own) => {
        const row = small("faithful", changed(4, { observations: bothSeeds(own) }));
        const net = (row.repairs ?? 0) - (row.regressions ?? 0);
        expect(row.gain).toBeCloseTo(net / 12, 5);
      }),
      { numRuns: 20 },
    );
  });
});

describe("retention", () => {
  test("is the test gain less the gain on the tasks that were learnt from", () => {
    expect(small("faithful")).toMatchObject({ trainGain: 0.5, trainTasks: 12 });
    expect(small("faithful").retention).toBeCloseTo(0.083333 - 0.5, 5);
  });

  test("pairs the tasks of this rung only, whatever the parent ran besides", () => {
    expect(small("+ledger")).toMatchObject({ trainGain: 0.5, trainTasks: 6 });
    expect(all("+ledger")).toMatchObject({ trainTasks: 12 });
  });

  test("has an interval around it", () => {
    const { retention, retentionCi95: [low, high] = [0, 0] } = small("faithful") as LadderRow & {
      retentionCi95: [number, number];
    };
    expect(low).toBeLessThan(retention ?? Number.NaN);
    expect(high).toBeGreaterThan(retention ?? Number.NaN);
    expect((low + high) / 2).toBeCloseTo(retention ?? Number.NaN, 5);
  });

  test("is absent where no training tasks were run", () => {
    const input = smallLadder();
    const arms = input.arms.filter(({ train }) => train !== true);
    const splits = ["test"];
    const row = small("faithful", { ...input, splits, arms });
    expect(row).toMatchObject({ trainGain: null, retention: null, trainTasks: null });
    expect(row.gain).toBe(0.083333);
  });

  test("takes no train arm into any result", () => {
    const table = buildTable(smallLadder());
    expect(table.rows.map(({ split }) => split)).not.toContain("evolve");
    expect(table.splits.map(({ name }) => name)).toEqual(["test"]);
    expect(buildLadder(smallLadder()).splits.map(({ name }) => name)).toEqual(["test"]);
  });
});

describe("negative cells", () => {
  test("are below their baseline or below no skill", () => {
    expect([small("faithful"), large("faithful"), all("faithful")].map(negative)).toEqual([
      0, 1, 1,
    ]);
    expect([small("+ledger"), large("+ledger"), all("+ledger")].map(negative)).toEqual([0, 0, 0]);
    expect(all("+gate").negativeCells).toBe(1);
  });
  const negative = (row: LadderRow) => row.negativeCells;

  test("are not known where there is nothing to compare with", () => {
    const input = smallLadder();
    const arms = input.arms.filter(({ variant }) => variant !== undefined);
    expect(all("faithful", { ...input, arms }).negativeCells).toBeNull();
  });
});

describe("the price of a percentage point", () => {
  test("is what one skill took by the test gain", () => {
    expect(small("faithful").making).toEqual({
      skills: 1,
      rollouts: 48,
      calls: 100,
      tokens: 10_000,
      costUsd: 2,
    });
    expect(small("faithful").tokensPerPoint).toBe(1200);
    expect(small("faithful").costPerPoint).toBeCloseTo(0.24, 5);
  });

  test("shares the making of several skills among them", () => {
    expect(small("+ledger").making).toMatchObject({ rollouts: 45, calls: 50, tokens: 5000 });
  });

  test("is unknown, not nothing, where the price or a call's tokens are", () => {
    expect(small("+ledger")).toMatchObject({ tokensPerPoint: 240, costPerPoint: null });
    const { spent } = makings["faithful"] as (typeof makings)[string];
    const unmetered = { ...makings["faithful"], spent: { ...spent, unmetered: 1 } };
    expect(small("faithful", changed(4, { making: unmetered }))).toMatchObject({
      tokensPerPoint: null,
      making: { tokens: null },
    });
  });

  test("is none where nothing was gained", () => {
    expect(small("+gate")).toMatchObject({ gain: 0, tokensPerPoint: null, costPerPoint: null });
    const worse = changed(6, { observations: bothSeeds("000000000000") });
    expect(small("+gate", worse)).toMatchObject({ tokensPerPoint: null, costPerPoint: null });
    expect(small("+gate", worse).gain).toBeLessThan(0);
  });

  test("comes with a word on evolving again where one skill serves several seeds", () => {
    const said = (input: TableInput) =>
      renderLadder(buildLadder(input), "md").includes("not that of evolving again");
    expect(said(smallLadder())).toBe(true);
    const arms = smallLadder().arms.map((arm) =>
      arm.making ? { ...arm, making: { ...arm.making, skills: 2 } } : arm,
    );
    expect(said(smallLadder({ arms }))).toBe(false);
  });

  test("counts an author once, however many users try the skill", () => {
    expect(all("faithful").making).toEqual(small("faithful").making);
  });

  test("is not known where the making is not", () => {
    const input = smallLadder();
    const arms = input.arms.map(({ making: _, ...arm }) => arm);
    expect(small("faithful", { ...input, arms })).toMatchObject({
      making: null,
      tokensPerPoint: null,
    });
  });
});

const golden = (name: string) => readFile(new URL(`golden/${name}`, import.meta.url), "utf8");
const files: Readonly<Record<Format, string>> = {
  terminal: "ladder.txt",
  md: "ladder.md",
  csv: "ladder.csv",
  tex: "ladder.tex",
  json: "ladder.json.txt",
};

describe("a rendered ladder", () => {
  test.each(formats)("as %s, to the byte", async (format) => {
    expect(renderLadder(buildLadder(smallLadder()), format)).toBe(await golden(files[format]));
  });

  test("comes out of the rows file as it does out of the study, in any order of arms", () => {
    const input = readRows(writeRows(smallLadder()), "rows.json");
    for (const format of formats) {
      const own = renderLadder(buildLadder(smallLadder()), format);
      expect(renderLadder(buildLadder(input), format)).toBe(own);
      const reversed = { ...input, arms: [...input.arms].reverse() };
      expect(renderLadder(buildLadder(reversed), format)).toBe(own);
    }
  });

  test("fits a terminal of 120 columns with the figures of a large study", () => {
    const making = {
      skills: 1,
      rollouts: 9500,
      spent: { calls: 985_000, inputTokens: 2e9, outputTokens: 4e8, unmetered: 0, costUsd: 9000 },
    };
    const input = smallLadder();
    const arms = input.arms.map((arm) => (arm.making ? { ...arm, making } : arm));
    const text = renderLadder(buildLadder({ ...input, arms }), "terminal");
    expect(text).toContain("2,400M tokens");
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  test("names the split where there are several", () => {
    const more = rungOf("faithful", bothSeeds("111111111111"), { split: "few" });
    const input = smallLadder();
    const text = renderLadder(
      buildLadder({ ...input, splits: ["test", "few", "evolve"], arms: [...input.arms, more] }),
      "terminal",
    );
    expect(text).toContain("on few, accuracy");
    expect(text).toContain("no gain: baseline not run");
  });

  test("has nothing in it that a name could do to a terminal or to Markdown", () => {
    const input = smallLadder();
    const evil = "\u001b[31m+|x*";
    const arms = input.arms.map((arm) =>
      arm.variant?.name === "+gate" ? { ...arm, variant: { ...arm.variant, name: evil } } : arm,
    );
    const ladder = buildLadder({ ...input, arms });
    expect(renderLadder(ladder, "terminal")).not.toContain("\u001b");
    expect(renderLadder(ladder, "md")).toContain("\\|x\\*");
  });
});
