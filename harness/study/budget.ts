import type { Row } from "../contracts.ts";
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
  return {
    mayStart(running) {
      const each = units === 0 ? 0 : spent / units;
      const over = spent + each * (running + 1) > maxUsd;
      if (over || spent >= maxUsd) {
        throw new BudgetSpent(
          `--max-cost: USD ${spent.toFixed(4)} of ${maxUsd} is spent after ${units} units, and another could go over`,
        );
      }
    },
    paid(row) {
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
    },
  };
}
