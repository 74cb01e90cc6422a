import type { Row } from "../contracts/index.ts";
import { BudgetSpent, InputError } from "../errors.ts";
import { keptIn } from "../kept.ts";
import type { RunBudget, RunEvents } from "./runner.ts";

/** USD of what a unit took; undefined where a price or the usage is unknown. */
export type CostOfRow = (row: PaidRow) => number | undefined;

/** USD of tokens for a model; undefined where its price is unknown. */
export type PriceOf = (
  model: string,
  inputTokens: number,
  outputTokens: number,
) => number | undefined;

/** A row as far as its cost goes. */
type PaidRow = Pick<Row, "about" | "spent">;

/**
 * What rows took together; each counts as often as it is there.
 *
 * @returns `unmetered`: calls whose provider gave no token counts; `costUsd` null where the cost of one is unknown.
 */
export function takenBy(rows: readonly PaidRow[], costOf: CostOfRow) {
  const sum = (of: "calls" | "inputTokens" | "outputTokens" | "unmetered") =>
    rows.reduce((total, { spent }) => total + spent[of], 0);
  return {
    calls: sum("calls"),
    inputTokens: sum("inputTokens"),
    outputTokens: sum("outputTokens"),
    unmetered: sum("unmetered"),
    costUsd: rows
      .map(costOf)
      .reduce<number | null>(
        (total, cost) => (total === null || cost === undefined ? null : total + cost),
        0,
      ),
  };
}

/** Every unit once, whoever asked for it. */
export function onceEach(rows: readonly Row[]): readonly Row[] {
  return [...new Map(rows.map((row) => [row.key, row])).values()];
}

/** Adds up, by stage, what a run uses: what it pays for and what it finds stored. */
export interface Spending extends RunEvents {
  byStage(): Readonly<Record<string, ReturnType<typeof stageSpending>>>;
}

/** Counts units by stage, each once. */
export function createSpending(costOf: CostOfRow): Spending {
  const stages = new Map<string, CountedRow[]>();
  const seen = new Set<string>();
  const add = ({ key, stage, about, spent }: Row, isStored: boolean): void => {
    if (seen.has(key)) return;
    seen.add(key);
    keptIn(stages, stage, () => []).push({ about, spent, isStored });
  };
  return {
    onStored: (row) => add(row, true),
    onFinish: (row) => add(row, false),
    byStage: () =>
      Object.fromEntries(
        [...stages]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([stage, rows]) => [stage, stageSpending(rows, costOf)]),
      ),
  };
}

/** A row, and whether it was stored before this run. */
type CountedRow = PaidRow & { readonly isStored: boolean };

/** What the units of a stage took, each counted once; `costUsd` of all, whenever they were paid for, `paidUsd` of this run's. */
function stageSpending(rows: readonly CountedRow[], costOf: CostOfRow) {
  const fresh = rows.filter(({ isStored }) => !isStored);
  const { costUsd, ...taken } = takenBy(rows, costOf);
  return {
    units: rows.length,
    stored: rows.length - fresh.length,
    ...taken,
    retries: rows.reduce((sum, { spent }) => sum + spent.retries.length, 0),
    costUsd,
    paidUsd: takenBy(fresh, costOf).costUsd,
  };
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
