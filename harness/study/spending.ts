import type { Row } from "../contracts/index.ts";
import { BudgetSpent, InputError } from "../errors.ts";
import type { RunBudget, RunEvents } from "./runner.ts";

/** USD of what a unit took; undefined where a price or the usage is unknown. */
export type CostOfRow = (row: Pick<Row, "about" | "spent">) => number | undefined;

/** USD of tokens for a model; undefined where its price is unknown. */
export type PriceOf = (
  model: string,
  inputTokens: number,
  outputTokens: number,
) => number | undefined;

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

/**
 * What rows took together; each counts as often as it is there.
 *
 * @returns `costUsd` null where the cost of one is unknown.
 */
export function takenBy(rows: readonly Pick<Row, "about" | "spent">[], costOf: CostOfRow) {
  const sum = (of: "calls" | "inputTokens" | "outputTokens" | "unmetered") =>
    rows.reduce((total, { spent }) => total + spent[of], 0);
  return {
    calls: sum("calls"),
    inputTokens: sum("inputTokens"),
    outputTokens: sum("outputTokens"),
    unmetered: sum("unmetered"),
    costUsd: rows.map(costOf).reduce(plus, 0),
  };
}

/** Every unit once, whoever asked for it. */
export function onceEach(rows: readonly Row[]): readonly Row[] {
  return [...new Map(rows.map((row) => [row.key, row])).values()];
}

/** Adds up, by stage, what a run uses: what it pays for and what it finds stored. */
export interface Spending extends RunEvents {
  byStage(): Readonly<Record<string, StageSpending>>;
}

/** Counts units by stage, each once. */
export function createSpending(costOf: CostOfRow): Spending {
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

/**
 * Stops a run at a sum: no unit starts that, by the mean price of those before it, would go over.
 *
 * @param maxUsd the sum, for this run alone; stored units cost nothing.
 * @throws {InputError} from `paid` when a cost is unknown: a limit that cannot be kept is no limit.
 */
export function createBudget(maxUsd: number, costOf: CostOfRow): RunBudget {
  let spent = 0;
  let units = 0;
  let underway = 0;
  const waiting = new Set<() => void>();
  return {
    async mayStart(signal) {
      // What a unit costs is known once one is paid for, so the first runs alone.
      while (units === 0 && underway > 0) await woken(waiting, signal);
      const each = units === 0 ? 0 : spent / units;
      const over = spent + each * (underway + 1) > maxUsd;
      if (over || spent >= maxUsd) {
        throw new BudgetSpent(
          `--max-cost: USD ${spent.toFixed(4)} of ${maxUsd} is spent after ${units} units, and another could go over`,
        );
      }
      underway++;
    },
    paid(row) {
      underway--;
      const cost = costOf(row);
      if (cost === undefined) {
        throw new InputError({
          where: "--max-cost",
          problem: `the cost of ${String(row.about["model"])} is unknown: its price or its token usage is missing`,
          fix: "Give the model a price in its config (price: {input, output} in USD per million tokens), or leave --max-cost out.",
        });
      }
      spent += cost;
      units++;
      for (const wake of waiting) wake();
      waiting.clear();
    },
  };
}

/** @throws the signal's reason when aborted. */
function woken(waiting: Set<() => void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) return stop();
    signal.addEventListener("abort", stop, { once: true });
    waiting.add(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    });
  });
}
