import { setMaxListeners } from "node:events";
import type { CallContext, Clock, Model, ModelRequest, Reply } from "../../contracts/index.ts";
import { ModelFault } from "../../errors.ts";
import { CallLimit } from "./call-limit.ts";
import type { PatientContext } from "./waits.ts";
import { workOf } from "./work.ts";

/** Where the calls to an endpoint wait for their turn; models that share the endpoint share it. */
export class Gate {
  readonly #clock: Clock;
  readonly #limit: CallLimit;
  readonly #waiting = new Set<Waiting>();
  #inFlight = 0;

  /** @param most calls in flight, at least 1. */
  constructor(clock: Clock, most: number) {
    this.#clock = clock;
    this.#limit = new CallLimit(most);
  }

  /** Makes a call when its turn has come. */
  async pass(context: PatientContext, call: () => Promise<Reply>): Promise<Reply> {
    const queuedAt = this.#clock.ticksMs();
    if (!this.#isFull() && this.#waiting.size === 0) this.#enter();
    else {
      await this.#turn(context);
      context.waited?.(this.#clock.ticksMs() - queuedAt);
    }
    const { refusals } = this.#limit;
    try {
      const reply = await call();
      this.#limit.answered(workOf(reply.usage), this.#isFull(), this.#clock.ticksMs());
      return reply;
    } catch (error) {
      if (error instanceof ModelFault && error.status === 429) this.#limit.refused(refusals);
      throw error;
    } finally {
      this.#inFlight--;
      this.#admit();
    }
  }

  #isFull(): boolean {
    return this.#inFlight >= this.#limit.calls;
  }

  #enter(): void {
    this.#inFlight++;
    if (this.#isFull()) this.#limit.filled(this.#clock.ticksMs());
  }

  /**
   * Lets in whose unit is furthest on, and among equals who came first: units are finished rather than begun,
   * and a server still has their conversations in its cache.
   */
  #admit(): void {
    while (!this.#isFull() && this.#waiting.size > 0) {
      const next = [...this.#waiting].reduce((a, b) => (b.call > a.call ? b : a));
      this.#waiting.delete(next);
      this.#enter();
      next.enter();
    }
  }

  /** Resolves when a place was taken for us; an abort leaves the queue. */
  #turn({ call, signal }: CallContext): Promise<void> {
    return new Promise((resolve, reject) => {
      const enter = () => {
        signal.removeEventListener("abort", leave);
        resolve();
      };
      const mine = { call, enter };
      const leave = () => {
        this.#waiting.delete(mine);
        reject(signal.reason);
      };
      if (signal.aborted) return reject(signal.reason);
      // A study has one signal for all of its calls, and Node warns of more than ten listeners.
      setMaxListeners(0, signal);
      signal.addEventListener("abort", leave, { once: true });
      this.#waiting.add(mine);
    });
  }
}

interface Waiting {
  /** Number of the call within its unit. */
  readonly call: number;
  readonly enter: () => void;
}

/** A model whose calls go through a gate. */
export function limited(model: Model, gate: Gate): Model {
  return {
    ...model,
    complete: (request: ModelRequest, context: PatientContext) =>
      gate.pass(context, () => model.complete(request, context)),
  };
}
