import type { Clock } from "../../harness/contracts/index.ts";

/** A clock that moves `stepMs` at every look and does not wait in sleep. */
export function steppingClock(stepMs = 1): Clock {
  let now = 0;
  return {
    nowIso: () => "2000-01-01T00:00:00.000Z",
    ticksMs: () => {
      now += stepMs;
      return now;
    },
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      now += ms;
    },
  };
}
