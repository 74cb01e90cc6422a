import { expect, test } from "vitest";
import type { Row } from "../../../harness/contracts/index.ts";
import { type CostOfRow, createSpending } from "../../../harness/study/spending.ts";

const row = (key: string, stage: string, cost: number | undefined): Row => ({
  key,
  stage,
  at: "2000-01-01T00:00:00.000Z",
  about: cost === undefined ? {} : { cost },
  result: {},
  spent: { calls: 2, inputTokens: 10, outputTokens: 3, unmetered: 0, retries: ["429"] },
  elapsedMs: 1,
});
const costOf: CostOfRow = ({ about }) =>
  typeof about["cost"] === "number" ? about["cost"] : undefined;

test("a unit counts once, however often it is asked for, and what was stored is not paid again", () => {
  const spending = createSpending(costOf);
  spending.onFinish?.(row("a", "rollout", 0.5));
  spending.onStored?.(row("a", "rollout", 0.5));
  spending.onStored?.(row("b", "rollout", 0.25));
  expect(spending.byStage()).toEqual({
    rollout: {
      units: 2,
      stored: 1,
      calls: 4,
      inputTokens: 20,
      outputTokens: 6,
      unmetered: 0,
      retries: 2,
      costUsd: 0.75,
      paidUsd: 0.5,
    },
  });
});

test("one unknown cost makes the sum unknown, never smaller", () => {
  const spending = createSpending(costOf);
  spending.onFinish?.(row("a", "merge", 0.5));
  spending.onFinish?.(row("b", "merge", undefined));
  expect(spending.byStage()["merge"]).toMatchObject({ units: 2, costUsd: null, paidUsd: null });
});
