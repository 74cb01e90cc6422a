import { setMaxListeners } from "node:events";
import type { CallContext, Clock, Model, ModelRequest, Reply } from "../../contracts/index.ts";
import { ModelFault } from "../../errors.ts";
import type { PatientContext } from "./waits.ts";

/** A change of how many calls may be in flight. */
export interface LimitChange {
  /** Milliseconds since the limiter was made. */
  readonly atMs: number;
  readonly limit: number;
  readonly because: "start" | "grew" | "cut";
}

/** A model whose calls in flight are limited, and the story of the limit. */
export interface LimitedModel extends Model {
  /** Growth between two cuts is one entry. */
  history(): readonly LimitChange[];
  /** Most calls that were in flight at once. */
  peakInFlight(): number;
}

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
export function limited(model: Model, deps: { readonly clock: Clock }, max: number): LimitedModel {
  const { clock } = deps;
  const madeAt = clock.ticksMs();
  let limit = max;
  let inFlight = 0;
  let peak = 0;
  let cuts = 0;
  const waiting = new Set<() => void>();
  const history: LimitChange[] = [{ atMs: 0, limit, because: "start" }];

  const changed = (because: "grew" | "cut") => {
    const change = { atMs: clock.ticksMs() - madeAt, limit: Math.floor(limit), because };
    if (because === "grew" && history.at(-1)?.because === "grew") history.pop();
    history.push(change);
  };
  const admit = () => {
    for (const enter of waiting) {
      if (inFlight >= Math.floor(limit)) return;
      waiting.delete(enter);
      take();
      enter();
    }
  };
  const take = () => {
    inFlight++;
    if (inFlight > peak) peak = inFlight;
  };
  const succeeded = (wasFull: boolean) => {
    // A limit that was not used up has not been tried; growing it would mean nothing.
    if (!wasFull || limit >= max) return;
    const before = Math.floor(limit);
    limit = Math.min(max, limit + 1 / limit);
    if (Math.floor(limit) > before) changed("grew");
  };
  const refused = (cutsAtStart: number) => {
    if (cutsAtStart < cuts || limit <= 1) return;
    limit = Math.max(1, Math.floor(limit / 2));
    cuts++;
    changed("cut");
  };

  const complete = async (request: ModelRequest, context: PatientContext): Promise<Reply> => {
    if (inFlight < Math.floor(limit) && waiting.size === 0) take();
    else {
      const queuedAt = clock.ticksMs();
      await turn(waiting, context.signal);
      context.waited?.(clock.ticksMs() - queuedAt);
    }
    const cutsAtStart = cuts;
    try {
      const reply = await model.complete(request, context);
      succeeded(inFlight >= Math.floor(limit));
      return reply;
    } catch (error) {
      if (error instanceof ModelFault && error.status === 429) refused(cutsAtStart);
      throw error;
    } finally {
      inFlight--;
      admit();
    }
  };
  return { ...model, complete, history: () => history, peakInFlight: () => peak };
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
