import { setMaxListeners } from "node:events";
import type { CallContext, Clock, Model, ModelRequest, Reply } from "../../contracts/index.ts";
import { ModelFault } from "../../errors.ts";
import type { PatientContext } from "./waits.ts";

/**
 * Finds by itself how many calls an endpoint takes at once.
 *
 * It starts with as many as it may, since an endpoint of one's own takes them all and waiting for a
 * limit to grow costs more than one cut. A 429 halves the limit (multiplicative decrease), at most once a
 * window: calls that began before a cut were sent under the old limit and cut nothing more. Every round
 * of calls that used the limit up adds one to it (additive increase).
 *
 * @param max calls in flight, at least 1; the limit never grows beyond.
 */
export function limited(model: Model, deps: { readonly clock: Clock }, max: number): Model {
  const { clock } = deps;
  let limit = max;
  let inFlight = 0;
  let cuts = 0;
  const waiting = new Set<() => void>();
  const isFull = () => inFlight >= Math.floor(limit);

  const admit = () => {
    for (const enter of waiting) {
      if (isFull()) return;
      waiting.delete(enter);
      inFlight++;
      enter();
    }
  };
  const refused = (cutsAtStart: number) => {
    if (cutsAtStart < cuts || limit <= 1) return;
    limit = Math.max(1, Math.floor(limit / 2));
    cuts++;
  };

  const complete = async (request: ModelRequest, context: PatientContext): Promise<Reply> => {
    if (!isFull() && waiting.size === 0) inFlight++;
    else {
      const queuedAt = clock.ticksMs();
      await turn(waiting, context.signal);
      context.waited?.(clock.ticksMs() - queuedAt);
    }
    const cutsAtStart = cuts;
    try {
      const reply = await model.complete(request, context);
      // A limit that was not used up has not been tried; growing it would mean nothing.
      if (isFull()) limit = Math.min(max, limit + 1 / limit);
      return reply;
    } catch (error) {
      if (error instanceof ModelFault && error.status === 429) refused(cutsAtStart);
      throw error;
    } finally {
      inFlight--;
      admit();
    }
  };
  return { ...model, complete };
}

/** Resolves when a slot was taken for us; an abort leaves the queue. */
function turn(waiting: Set<() => void>, signal: CallContext["signal"]): Promise<void> {
  return new Promise((resolve, reject) => {
    const enter = () => {
      signal.removeEventListener("abort", leave);
      resolve();
    };
    const leave = () => {
      waiting.delete(enter);
      reject(signal.reason);
    };
    if (signal.aborted) return reject(signal.reason);
    // A study has one signal for all of its calls, and Node warns of more than ten listeners.
    setMaxListeners(0, signal);
    signal.addEventListener("abort", leave, { once: true });
    waiting.add(enter);
  });
}
