import type { Row } from "../contracts/index.ts";
import { InputError } from "../errors.ts";
import type { Budget } from "./runner.ts";

/** Raised when the money a run may spend is used up; what is stored stays, and the run can go on later. */
export class BudgetSpent extends Error {
  override readonly name = "BudgetSpent";
}

/**
 * Stops a run at a sum: no unit starts that, by the mean price of those before it, would go over.
 *
 * @param maxUsd the sum, for this run alone; stored units cost nothing.
 * @param costOf the cost of a row, undefined where a price or the usage is unknown.
 * @throws {InputError} from `paid` when a cost is unknown: a limit that cannot be kept is no limit.
 */
export function createBudget(maxUsd: number, costOf: (row: Row) => number | undefined): Budget {
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
