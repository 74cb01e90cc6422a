import { expect, test } from "vitest";
import type { Row } from "../../harness/contracts/index.ts";
import { Progress } from "../../scripts/lib/progress.ts";
import { callContext, leapingClock, said } from "../support/models.ts";

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

test("on a pipe: a line every half minute and at the end of a part, with what is known", async () => {
  const { clock, progress, written } = setUp(false, 0.001);
  progress.stage("evolve skills", undefined);
  progress.onFinish(rowOf("rollout"));
  progress.onFinish(rowOf("rollout"));
  await clock.sleep(25_000);
  progress.onFinish(rowOf("analyse"));
  expect(written()).toBe("");
  await clock.sleep(5000);
  progress.onStored();
  progress.stage("evaluate", 10);
  await clock.sleep(30_000);
  progress.onFinish(rowOf("rollout", { kind: "ungraded", because: "model: 503" }));
  progress.onStored();
  progress.close();
  progress.close();
  expect(written().trimEnd().split("\n")).toEqual([
    "evolve skills: 3 done, 1 stored, 0.1/s, 3.0k tokens, USD 0.0030 (2 rollout, 1 analyse)",
    "evaluate: 1 done, 9 to run, 1 ungraded, 2.0/min, 4.0k tokens, USD 0.0040, 4.5 min left",
    "evaluate: 1 done, 1 stored, 8 to run, 1 ungraded, 2.0/min, 4.0k tokens, USD 0.0040, 4.0 min left",
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

test("what is under way is told while nothing is finished, and no longer than that", async () => {
  const { clock, progress, written } = setUp(false, 0);
  progress.stage("evaluate", 2);
  const first = callContext(0, "k");
  progress.onSent(first);
  await clock.sleep(10_000);
  progress.onEnded(first, said("five tokens"));
  const second = callContext(1, "k");
  progress.onSent(second);
  progress.onSent(callContext(0, "another"));
  await clock.sleep(20_000);
  progress.tick();
  progress.onEnded(second, undefined);
  progress.onFinish(rowOf("rollout"));
  await clock.sleep(300_000);
  progress.tick();
  progress.onFinish({ ...rowOf("rollout"), key: "another" });
  progress.close();
  expect(written().trimEnd().split("\n")).toEqual([
    "evaluate: 0 done, 2 to run, 0 tokens, USD 0.00; 2 under way in 1 turn, 0 tokens/s, the oldest of 2 calls waits for 20 s",
    "evaluate: 1 done, 1 to run, 0.2/min, 1.0k tokens, USD 0.00, 5.5 min left; 1 under way in 0 turns, 0 tokens/s, a call waits for 5.3 min",
    "evaluate: 2 done, 0 to run, 0.4/min, 2.0k tokens, USD 0.00",
  ]);
});

test("the share of what was read from a cache is told where an endpoint says it", async () => {
  const { progress, written } = setUp(false, 0);
  progress.stage("evaluate", 1);
  const row = rowOf("rollout");
  progress.onFinish({ ...row, spent: { ...row.spent, cachedInputTokens: 720 } });
  progress.close();
  expect(written()).toContain("1.0k tokens (80% of those read cached), USD");
});

test("on a narrow terminal the line is cut rather than wrapped", async () => {
  const { clock, progress, written } = setUp(true, 0, 40);
  progress.stage("evaluate", 2);
  await clock.sleep(500);
  progress.onFinish(rowOf("rollout"));
  expect(written()).toBe("\r\x1b[2Kevaluate: 1 done, 1 to run, 2.0/s, 1.0k");
});
