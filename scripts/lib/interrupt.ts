import { BudgetSpent } from "../../harness/study/budget.ts";
import { exitCodes } from "./main.ts";

/** Raised when a person asks a run to stop. */
class Interrupted extends Error {}

/**
 * Runs work that Ctrl-C, SIGTERM or a spent budget may stop before its end.
 *
 * @returns `ok`, or `stopped` after saying why.
 * @throws whatever else stopped it; where a unit stopped the run, that unit's error.
 */
export async function untilStopped(
  controller: AbortController,
  say: (text: string) => void,
  work: () => Promise<void>,
): Promise<number> {
  const stop = () => controller.abort(new Interrupted("stopped by hand"));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  try {
    await work();
    return exitCodes.ok;
  } catch (error) {
    const reason: unknown = controller.signal.aborted ? controller.signal.reason : error;
    if (!(reason instanceof BudgetSpent || reason instanceof Interrupted)) throw reason;
    say(`\n${reason.message}. What was finished is stored; the same command continues.`);
    return exitCodes.stopped;
  } finally {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  }
}
