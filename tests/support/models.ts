import type {
  CallContext,
  Clock,
  Model,
  ModelRequest,
  Reply,
  ToolCall,
} from "../../harness/contracts/index.ts";

/** A clock that never waits: sleeping moves it on, and what was slept is kept. */
export function leapingClock(
  startIso = "2026-01-01T00:00:00.000Z",
): Clock & { readonly slept: number[] } {
  let now = 0;
  const slept: number[] = [];
  return {
    slept,
    nowIso: () => new Date(Date.parse(startIso) + now).toISOString(),
    ticksMs: () => now,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      slept.push(ms);
      now += ms;
    },
  };
}

/** A reply that says this. */
export function said(text: string, calls: readonly ToolCall[] = [], finish = "stop"): Reply {
  const reason = finish === "length" ? "length" : calls.length > 0 ? "tool-calls" : "stop";
  return {
    kind: "said",
    text,
    calls,
    finish: { reason, raw: finish },
    usage: { inputTokens: 10, outputTokens: 5 },
    retries: [],
  };
}

/** One step of a script: a reply, or a fault to throw, or either made from the request. */
export type Step = Reply | Error | ((request: ModelRequest, context: CallContext) => Reply | Error);

/** A model that follows a script, keeps what it was asked, and throws when the script runs out. */
export function scriptedModel(
  steps: readonly Step[],
  protocol: Model["protocol"] = "native",
): Model & { readonly asked: { request: ModelRequest; context: CallContext }[] } {
  const asked: { request: ModelRequest; context: CallContext }[] = [];
  return {
    asked,
    id: "scripted",
    identity: { provider: "scripted" },
    protocol,
    label: "scripted",
    async complete(request, context) {
      const step = steps[asked.length];
      asked.push({ request, context });
      if (step === undefined) throw new Error(`the script has no step ${asked.length}`);
      const given = typeof step === "function" ? step(request, context) : step;
      if (given instanceof Error) throw given;
      return given;
    },
  };
}

/** The context of a call that nothing depends on. */
export function callContext(call = 0, unit = "unit-1"): CallContext {
  return { unit, call, signal: new AbortController().signal };
}

/** A request of one message. */
export function askFor(text: string): ModelRequest {
  return { messages: [{ role: "user", text }], tools: [], seed: 41 };
}
