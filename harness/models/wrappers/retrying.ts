import type { Clock, Model, ModelRequest, Reply, Rng } from "../../contracts/index.ts";
import { ModelFault } from "../../errors.ts";
import type { PatientContext } from "./waits.ts";

/** How long a call is tried before its unit is given up. */
export interface RetryPolicy {
  /** @default 10 */
  readonly attempts: number;
  /** Longest back-off after the first failure, doubled with each further one. @default 500 */
  readonly baseMs: number;
  /** The longest back-off that is ours to choose; an endpoint may ask for more. @default 30000 */
  readonly maxMs: number;
  /** Milliseconds from the first attempt, without the waiting for a turn, after which no other is begun. @default 900000 */
  readonly budgetMs: number;
}

/** Outlasts a provider's minute windows, and a server's restart. */
const defaultRetryPolicy: RetryPolicy = {
  attempts: 10,
  baseMs: 500,
  maxMs: 30_000,
  budgetMs: 900_000,
};

/**
 * Tries transient faults again: jittered exponential back-off, or what Retry-After asks for.
 *
 * The only retries there are. Every reason is in the reply's `retries`; when the policy is used up,
 * the last fault is thrown with the number of attempts in its message.
 */
export function retrying(
  model: Model,
  deps: { readonly clock: Clock; readonly rng: Rng },
  policy: RetryPolicy = defaultRetryPolicy,
): Model {
  const { clock } = deps;
  const jitter = deps.rng.fork("backoff");

  const complete = async (request: ModelRequest, context: PatientContext): Promise<Reply> => {
    const startedAt = clock.ticksMs();
    const retries: string[] = [];
    let queuedBefore = 0;
    for (;;) {
      const attemptedAt = clock.ticksMs();
      let queuedMs = 0;
      const attempt: PatientContext = {
        ...context,
        failures: retries.length,
        waited: (ms) => {
          queuedMs += ms;
        },
      };
      try {
        const reply = await model.complete(request, attempt);
        context.waited?.(attemptedAt - startedAt + queuedMs);
        return retries.length === 0 ? reply : { ...reply, retries: [...retries, ...reply.retries] };
      } catch (error) {
        if (!(error instanceof ModelFault) || error.kind !== "transient") throw error;
        retries.push(error.message);
        const pauseMs = pauseAfter(error, retries.length, policy, jitter);
        queuedBefore += queuedMs;
        const spentMs = clock.ticksMs() - startedAt - queuedBefore;
        if (retries.length >= policy.attempts || spentMs + pauseMs > policy.budgetMs)
          throw givenUp(error, retries.length, spentMs);
        await clock.sleep(pauseMs, context.signal);
      }
    }
  };
  return { ...model, complete };
}

/** Between half and all of the back-off, so that calls which failed together do not come back together. */
function pauseAfter(fault: ModelFault, failures: number, policy: RetryPolicy, jitter: Rng): number {
  const backoff = Math.min(policy.maxMs, policy.baseMs * 2 ** (failures - 1));
  const ours = backoff * (0.5 + jitter.next() / 2);
  // A little more than asked for, or all that were refused knock at the same instant.
  const asked = fault.retryAfterMs;
  return asked === undefined ? ours : Math.max(asked, 0) + jitter.next() * policy.baseMs;
}

function givenUp(last: ModelFault, attempts: number, spentMs: number): ModelFault {
  const seconds = (spentMs / 1000).toFixed(1);
  const times = attempts === 1 ? "1 attempt" : `${attempts} attempts`;
  return last.worded(`${last.message} (given up after ${times} in ${seconds} s)`);
}
