import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../../harness/contracts/index.ts";
import { BudgetSpent, InputError, ModelFault, messageOf } from "../../harness/errors.ts";

/** What a finished script tells the shell. */
export const exitCodes = { ok: 0, failed: 1, badInput: 2, stopped: 3 } as const;

/**
 * Runs a script's body and turns what it throws into one clear line and an exit code.
 *
 * Bad input and endpoint faults exit with 2 and no stack trace (`T2S_DEBUG=1` shows it); anything
 * else is our own fault, so it shows its stack and exits with 1.
 */
export async function runMain(body: () => Promise<number>): Promise<void> {
  // A reader that has seen enough, such as `| head`, is no reason to stop: results go to files too.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", passOverClosedPipe);
  try {
    process.exitCode = await body();
  } catch (error) {
    if (isUsage(error)) {
      process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.badInput;
      return;
    }
    const debug = process.env["T2S_DEBUG"] === "1";
    const expected = error instanceof InputError || error instanceof ModelFault;
    const fix = error instanceof ModelFault && error.fix !== "" ? ` ${error.fix}` : "";
    if (expected && !debug) process.stderr.write(`error: ${messageOf(error)}${fix}\n`);
    else process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = expected ? exitCodes.badInput : exitCodes.failed;
  }
}

function passOverClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

/** Help that was asked for, or a flag that does not fit; the command line parser has said so already. */
function isUsage(error: unknown): error is { readonly exitCode: number } {
  return (
    error instanceof Error && String((error as { code?: unknown }).code).startsWith("commander.")
  );
}

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
    tell(`\n${reason.message}. What was finished is stored; the same command continues.`);
    return exitCodes.stopped;
  } finally {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  }
}

/** The machine's clock. */
export const systemClock: Clock = {
  nowIso: () => new Date().toISOString(),
  ticksMs: () => performance.now(),
  async sleep(ms, signal) {
    await delay(ms, undefined, signal ? { signal } : {}).catch(() => signal?.throwIfAborted());
  },
};

/** Tells a person something; results alone go to standard output. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}
