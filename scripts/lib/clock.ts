import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../../harness/contracts/index.ts";

/** The machine's clock. */
export const systemClock: Clock = {
  nowIso: () => new Date().toISOString(),
  ticksMs: () => performance.now(),
  async sleep(ms, signal) {
    await delay(ms, undefined, signal ? { signal } : {}).catch(() => signal?.throwIfAborted());
  },
};
