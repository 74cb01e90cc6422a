import { setMaxListeners } from "node:events";

/**
 * Runs a call of the `openai` package with a signal that is forgotten with it.
 *
 * The client never takes its listener off a signal, and a study has one signal for all of its calls.
 */
export async function withSignalOfItsOwn<Result>(
  signal: AbortSignal,
  run: (own: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const abort = () => controller.abort(signal.reason);
  // Node warns of more than ten listeners, which hundreds of calls in flight have.
  setMaxListeners(0, signal);
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await run(controller.signal);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
