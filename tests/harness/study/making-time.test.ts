import { expect, test } from "vitest";
import type { Row } from "../../../harness/contracts/index.ts";
import type { Cell } from "../../../harness/study/execute.ts";
import { makingSeconds } from "../../../harness/study/making-time.ts";

const spent = { calls: 0, inputTokens: 0, outputTokens: 0, unmetered: 0, retries: [] };

/** A unit that was under way from one second of an hour to another. */
function unit(stage: string, from: number, to: number, seed = 41): Row {
  const at = new Date(Date.UTC(2026, 0, 1) + to * 1000).toISOString();
  const elapsedMs = (to - from) * 1000;
  return {
    stage,
    key: `${stage} ${from} ${to} ${seed}`,
    at,
    elapsedMs,
    about: { seed },
    spent,
  } as unknown as Row;
}

/** What the arm's making is said to have taken, by what was made for each seed. */
function secondsOf(...made: { readonly rows: readonly Row[]; readonly candidates?: number }[]) {
  const cells = made.map(({ rows, candidates }) => ({
    resolved: {
      made: rows,
      ...(candidates === undefined ? {} : { candidates: Array.from({ length: candidates }) }),
    },
  })) as unknown as Cell[];
  return makingSeconds(cells);
}

test("units side by side take the time of the longest, units one after another that of all", () => {
  const sideBySide = [unit("propose", 0, 10), unit("propose", 2, 12), unit("merge", 12, 15)];
  const oneByOne = [
    unit("sequential", 0, 10),
    unit("sequential", 10, 20),
    unit("sequential", 20, 30),
  ];
  expect([secondsOf({ rows: sideBySide }), secondsOf({ rows: oneByOne })]).toEqual([15, 30]);
});

test("rollouts, analyses and pauses are not in it", () => {
  const rows = [
    unit("rollout", 0, 100),
    unit("analyse", 100, 200),
    unit("propose", 200, 203),
    // The study was stopped, and went on an hour later.
    unit("merge", 3800, 3802),
  ];
  expect(secondsOf({ rows })).toBe(5);
});

test("it is the mean over skills, and over the evolutions that one was chosen from", () => {
  const rows = [unit("propose", 0, 10, 41), unit("propose", 0, 20, 42), unit("propose", 0, 30, 43)];
  expect(secondsOf({ rows, candidates: 3 })).toBe(20);
  expect(secondsOf({ rows: [unit("propose", 0, 4)] }, { rows: [unit("propose", 0, 8)] })).toBe(6);
});

test("a skill that serves several seeds or splits is counted once", () => {
  const rows = [unit("propose", 0, 10)];
  expect(secondsOf({ rows }, { rows })).toBe(10);
});

test("nothing is said where no such unit ran", () => {
  expect(secondsOf({ rows: [unit("draft", 0, 5)] })).toBeUndefined();
});
