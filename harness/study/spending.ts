import type { Row } from "../contracts/index.ts";
import type { RunEvents } from "./runner.ts";

/** What the units of a stage took, each counted once. */
export interface StageSpending {
  readonly units: number;
  /** Of them, those that were stored before this run. */
  readonly stored: number;
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Calls whose provider gave no token counts. */
  readonly unmetered: number;
  readonly retries: number;
  /** USD of all units, whenever they were paid for; null where a price or a count is unknown. */
  readonly costUsd: number | null;
  /** USD that this run paid. */
  readonly paidUsd: number | null;
}

/** Adds up, by stage, what a run uses: what it pays for and what it finds stored. */
export interface Spending extends RunEvents {
  byStage(): Readonly<Record<string, StageSpending>>;
}

/** @param costOf USD of a row, undefined where it is unknown. */
export function createSpending(costOf: (row: Row) => number | undefined): Spending {
  const stages = new Map<string, StageSpending>();
  const seen = new Set<string>();
  const add = (row: Row, stored: boolean): void => {
    if (seen.has(row.key)) return;
    seen.add(row.key);
    const sum = stages.get(row.stage) ?? nothing;
    const cost = costOf(row);
    stages.set(row.stage, {
      units: sum.units + 1,
      stored: sum.stored + (stored ? 1 : 0),
      calls: sum.calls + row.spent.calls,
      inputTokens: sum.inputTokens + row.spent.inputTokens,
      outputTokens: sum.outputTokens + row.spent.outputTokens,
      unmetered: sum.unmetered + row.spent.unmetered,
      retries: sum.retries + row.spent.retries.length,
      costUsd: plus(sum.costUsd, cost),
      paidUsd: stored ? sum.paidUsd : plus(sum.paidUsd, cost),
    });
  };
  return {
    onStored: (row) => add(row, true),
    onFinish: (row) => add(row, false),
    byStage: () => Object.fromEntries([...stages].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

const nothing: StageSpending = {
  units: 0,
  stored: 0,
  calls: 0,
  inputTokens: 0,
  outputTokens: 0,
  unmetered: 0,
  retries: 0,
  costUsd: 0,
  paidUsd: 0,
};

function plus(sum: number | null, cost: number | undefined): number | null {
  return sum === null || cost === undefined ? null : sum + cost;
}
