import { expect, test } from "vitest";
import type { Row } from "../../harness/contracts/index.ts";
import { Progress } from "../../scripts/lib/progress.ts";
import { leapingClock } from "../support/models.ts";

function rowOf(stage: string, grade?: Row["grade"]): Row {
  return {
    key: "k",
    stage,
    at: "2026-01-01T00:00:00.000Z",
    about: { model: "small" },
    result: {},
    spent: { calls: 2, inputTokens: 900, outputTokens: 100, unmetered: 0, retries: [] },
    elapsedMs: 1,
    ...(grade === undefined ? {} : { grade }),
  };
}

function setUp(terminal: boolean, cost: number | undefined, columns = 200) {
  const clock = leapingClock();
  let written = "";
  const output = {
    terminal,
    columns: () => columns,
    write: (text: string) => {
      written += text;
    },
  };
  const progress = new Progress(output, clock, () => cost);
  return { clock, progress, written: () => written };
}

test("on a pipe: a line every five seconds and at the end of a part, with what is known", async () => {
  const { clock, progress, written } = setUp(false, 0.001);
  progress.stage("evolve skills", undefined);
  progress.onFinish(rowOf("rollout"));
  progress.onFinish(rowOf("rollout"));
  await clock.sleep(4000);
  progress.onFinish(rowOf("analyse"));
  expect(written()).toBe("");
  await clock.sleep(2000);
  progress.onStored();
  progress.stage("evaluate", 10);
  await clock.sleep(6000);
  progress.onFinish(rowOf("rollout", { kind: "ungraded", because: "model: 503" }));
  progress.onStored();
  progress.close();
  progress.close();
  expect(written().trimEnd().split("\n")).toEqual([
    "evolve skills: 3 done, 1 stored, 0.5/s, 3.0k tokens, USD 0.0030 (2 rollout, 1 analyse)",
    "evaluate: 1 done, 9 to run, 1 ungraded, 0.2/s, 4.0k tokens, USD 0.0040, 54 s left",
    "evaluate: 1 done, 1 stored, 8 to run, 1 ungraded, 0.2/s, 4.0k tokens, USD 0.0040, 48 s left",
  ]);
});

test("on a terminal one line is written over; a cost that is not known is not 0", async () => {
  const { clock, progress, written } = setUp(true, undefined);
  progress.stage("evaluate", 2);
  for (let i = 0; i < 2; i++) {
    await clock.sleep(500);
    progress.onFinish(rowOf("rollout"));
  }
  progress.close();
  expect(written()).toBe(
    "\r\x1b[2Kevaluate: 1 done, 1 to run, 2.0/s, 1.0k tokens, cost unknown, 1 s left" +
      "\r\x1b[2Kevaluate: 2 done, 0 to run, 2.0/s, 2.0k tokens, cost unknown\n",
  );
});

test("on a narrow terminal the line is cut rather than wrapped", async () => {
  const { clock, progress, written } = setUp(true, 0, 40);
  progress.stage("evaluate", 2);
  await clock.sleep(500);
  progress.onFinish(rowOf("rollout"));
  expect(written()).toBe("\r\x1b[2Kevaluate: 1 done, 1 to run, 2.0/s, 1.0k");
});
