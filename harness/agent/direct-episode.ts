import type {
  Clock,
  Episode,
  Message,
  Model,
  Outcome,
  Reply,
  Sandbox,
} from "../contracts/index.ts";
import { unreachable } from "../errors.ts";
import { nothingSpent, plusReply } from "../models/spent.ts";
import { replyOrOutcome } from "./loop.ts";
import { afterThinking } from "./protocols/native.ts";

/**
 * Runs a direct episode: one call without tools, whose reply has to state the answer.
 *
 * An answer counts wherever generation stopped. Throws as `runEpisode` does.
 *
 * @param opening the system prompt and the user message.
 * @param answerIn finds the answer in a reply.
 */
export async function runDirectEpisode(
  opening: readonly Message[],
  deps: {
    readonly model: Model;
    readonly clock: Clock;
    answerIn(reply: string): string | undefined;
  },
  at: { readonly unit: string; readonly seed: number; readonly signal: AbortSignal },
): Promise<Episode> {
  const { model, clock } = deps;
  const { seed, unit, signal } = at;
  signal.throwIfAborted();
  const startedAt = clock.ticksMs();
  const request = { messages: opening, tools: [], seed };
  const context = { unit, call: 0, signal, waited: () => {} };
  const reply = await replyOrOutcome(model, request, context);
  const elapsedMs = clock.ticksMs() - startedAt;
  if ("outcome" in reply)
    return { messages: opening, outcome: reply.outcome, turns: 0, spent: nothingSpent, elapsedMs };
  const said = afterThinking(reply.kind === "malformed" ? reply.raw : reply.text);
  return {
    messages: [...opening, { role: "assistant", text: said, calls: [] }],
    outcome: outcomeOf(reply, deps.answerIn(said)),
    turns: 1,
    spent: plusReply(nothingSpent, reply),
    elapsedMs,
  };
}

function outcomeOf(reply: Reply, answer: string | undefined): Outcome {
  switch (reply.kind) {
    case "refused":
      return { kind: "refused" };
    case "malformed":
    case "said": {
      if (answer !== undefined) return { kind: "submitted", submission: answer };
      const isCut = reply.kind === "said" && reply.finish.reason === "length";
      return { kind: isCut ? "cut-off" : "no-answer" };
    }
    default:
      return unreachable(reply);
  }
}

/** What a domain is given as the sandbox of an episode that had none. */
export const noSandbox: Sandbox = {
  exec: () => Promise.reject(new Error("a direct episode has no sandbox")),
  write: () => Promise.reject(new Error("a direct episode has no sandbox")),
  read: async () => undefined,
  list: async () => [],
  close: async () => {},
};
