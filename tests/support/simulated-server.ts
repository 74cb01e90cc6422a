import type { CallContext, Clock, Model } from "../../harness/contracts/index.ts";
import { said, scriptedModel } from "./models.ts";

/** A clock whose time passes from one awaited moment to the next. */
export interface SimulatedClock extends Clock {
  /** Lets time pass, and everything happen that is due in it. */
  pass(ms: number): Promise<void>;
}

/** A clock that only `pass` moves. */
export function simulatedClock(): SimulatedClock {
  let now = 0;
  const due: { readonly at: number; readonly wake: () => void }[] = [];
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return {
    nowIso: () => "2026-01-01T00:00:00.000Z",
    ticksMs: () => now,
    sleep: (ms) => new Promise((wake) => due.push({ at: now + ms, wake })),
    async pass(ms) {
      const end = now + ms;
      for (;;) {
        await settled();
        due.sort((a, b) => a.at - b.at);
        const [next] = due;
        if (next === undefined || next.at > end) break;
        now = next.at;
        for (const { wake } of due.splice(0, due.filter(({ at }) => at === now).length)) wake();
      }
      now = end;
    },
  };
}

/** A model behind a server that works on so many calls at once, in the order they came. */
export function simulatedServer(
  clock: Clock,
  {
    slots,
    callMs,
  }: {
    readonly slots: number;
    /** Of the n-th call, from 0, once it has a slot. */
    readonly callMs: (n: number) => number;
  },
): Model & { readonly seen: { calls: CallContext[]; inFlight: number; most: number } } {
  const seen = { calls: [] as CallContext[], inFlight: 0, most: 0 };
  let busy = 0;
  const waiting: (() => void)[] = [];
  return {
    ...scriptedModel([]),
    seen,
    async complete(_, context) {
      const n = seen.calls.push(context) - 1;
      seen.most = Math.max(seen.most, ++seen.inFlight);
      if (busy >= slots) await new Promise<void>((resolve) => waiting.push(resolve));
      busy++;
      await clock.sleep(callMs(n));
      busy--;
      seen.inFlight--;
      waiting.shift()?.();
      return said("ok");
    },
  };
}
