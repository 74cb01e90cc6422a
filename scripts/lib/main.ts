import { InputError, ModelFault, messageOf } from "../../harness/errors.ts";

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
