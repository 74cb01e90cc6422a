import type {
  Clock,
  Episode,
  Message,
  Model,
  Outcome,
  Reply,
  Tool,
  ToolCall,
} from "../contracts/index.ts";
import { ModelFault, messageOf, unreachable } from "../errors.ts";
import { nothingSpent, plusReply } from "../models/spent.ts";
import type { PatientContext } from "../models/wrappers/waits.ts";
import { type Heard, protocolOf } from "./protocols/native.ts";
import { trimObservation } from "./trim-observation.ts";

/** What stops an episode that does not end by itself. */
export interface LoopLimits {
  /** Model calls that led to an action, an answer or a refusal. */
  readonly turns: number;
  /** Input and output tokens together; calls without token counts do not count. @default no limit */
  readonly tokens?: number;
  /** Minutes of the agent's own time; waiting for the endpoint's slots and retries is not. @default no limit */
  readonly minutes?: number;
  /** Characters of an observation that the model gets to see. */
  readonly observationChars: number;
  /** Replies without a usable action that are answered with a reminder; one more ends the episode. */
  readonly malformed: number;
}

/** What the loop works with. */
export interface LoopDeps {
  readonly model: Model;
  readonly tools: readonly Tool[];
  readonly clock: Clock;
}

/**
 * Runs one agent until it submits, or until a limit stops it.
 *
 * Limits are checked before a call, so `turns: 0` calls nothing. Nothing that a model or a sandbox
 * does makes this throw, with two exceptions: an abort, since an aborted episode has no outcome,
 * and a permanent `ModelFault`, since every further episode would end the same way.
 *
 * @param opening the messages before the first call; not changed.
 * @param at `unit` and `signal` go with every call; `seed` is the sampling seed of all of them.
 * @returns `opening` followed by all that was said, and how it ended.
 * @see the paper, section 3.1 (the rollout)
 */
export async function runEpisode(
  opening: readonly Message[],
  deps: LoopDeps,
  limits: LoopLimits,
  at: { readonly unit: string; readonly seed: number; readonly signal: AbortSignal },
): Promise<Episode> {
  const { model, clock } = deps;
  const specs = deps.tools.map((tool) => tool.spec);
  const protocol = protocolOf(model.protocol, specs);
  const messages: Message[] = [...opening];
  const startedAt = clock.ticksMs();
  let spent = nothingSpent;
  let turns = 0;
  let malformed = 0;
  let waitedMs = 0;

  const ended = (outcome: Outcome): Episode => {
    return { messages, outcome, turns, spent, elapsedMs: clock.ticksMs() - startedAt };
  };
  const remind = (said: string, problem: string): Outcome | undefined => {
    messages.push({ role: "assistant", text: said, calls: [] });
    malformed++;
    if (malformed > limits.malformed) return { kind: "malformed-too-often" };
    messages.push({ role: "user", text: `${problem}.` });
    return undefined;
  };

  for (let call = 0; ; call++) {
    at.signal.throwIfAborted();
    if (turns >= limits.turns) return ended({ kind: "out-of-turns" });
    if (spent.inputTokens + spent.outputTokens >= (limits.tokens ?? Infinity))
      return ended({ kind: "out-of-tokens" });
    if (clock.ticksMs() - startedAt - waitedMs >= (limits.minutes ?? Infinity) * 60_000)
      return ended({ kind: "out-of-time" });

    const context: PatientContext = {
      unit: at.unit,
      call,
      signal: at.signal,
      waited: (ms) => {
        waitedMs += ms;
      },
    };
    const request = { ...protocol.present(messages), seed: at.seed };
    const reply = await ask(model, request, context);
    if ("outcome" in reply) return ended(reply.outcome);
    spent = plusReply(spent, reply);

    let outcome: Outcome | undefined;
    if (reply.kind === "malformed") {
      const raw = trimObservation(reply.raw, limits.observationChars);
      outcome = remind(raw, `Your reply could not be read: ${reply.problem}`);
    } else if (reply.kind === "refused") {
      turns++;
      messages.push({ role: "assistant", text: reply.text, calls: [] });
      outcome = { kind: "refused" };
    } else {
      const heard = protocol.hear(reply, call);
      if (heard.kind === "unusable") {
        outcome = remind(heard.said, heard.problem);
      } else {
        turns++;
        outcome = await act(heard, messages, deps.tools, limits, at.signal);
      }
    }
    if (outcome !== undefined) return ended(outcome);
  }
}

/** Asks for a reply; a fault that ends this episode only becomes its outcome. */
async function ask(
  model: Model,
  request: Parameters<Model["complete"]>[0],
  context: PatientContext,
): Promise<Reply | { readonly outcome: Outcome }> {
  try {
    return await model.complete(request, context);
  } catch (error) {
    context.signal.throwIfAborted();
    if (!(error instanceof ModelFault)) return brokenAt("model", error);
    switch (error.kind) {
      case "permanent":
        throw error;
      case "context-length":
        return { outcome: { kind: "context-exceeded" } };
      case "transient":
        return brokenAt("model", error);
      default:
        return unreachable(error.kind);
    }
  }
}

function brokenAt(where: "model" | "sandbox", error: unknown): { readonly outcome: Outcome } {
  return { outcome: { kind: "broken", where, error: messageOf(error) } };
}

/** Does what a reply asks for, in order, and puts what came of it into the conversation. */
async function act(
  heard: Exclude<Heard, { readonly kind: "unusable" }>,
  messages: Message[],
  tools: readonly Tool[],
  limits: LoopLimits,
  signal: AbortSignal,
): Promise<Outcome | undefined> {
  if (heard.kind === "complete") {
    messages.push({ role: "assistant", text: heard.said, calls: [] });
    return { kind: "submitted", submission: heard.answer };
  }
  messages.push({ role: "assistant", text: heard.said, calls: heard.calls });
  for (const [index, call] of heard.calls.entries()) {
    const tool = toolNamed(call.name, tools);
    if (tool === undefined) {
      messages.push(unknownTool(call, tools));
      continue;
    }
    try {
      const result = await tool.run(call.arguments, signal);
      if (result.kind === "end") return { kind: "submitted", submission: result.submission };
      const trimmed = trimObservation(result.text, limits.observationChars);
      const isLast = index === heard.calls.length - 1;
      const text = isLast && heard.note !== undefined ? `${trimmed}\n\n[${heard.note}]` : trimmed;
      const images = result.images ? { images: result.images } : {};
      messages.push({ role: "tool", callId: call.id, text, ...images });
    } catch (error) {
      signal.throwIfAborted();
      return brokenAt("sandbox", error).outcome;
    }
  }
  return undefined;
}

/** The tool that was meant; models vary the case of names. */
function toolNamed(name: string, tools: readonly Tool[]): Tool | undefined {
  const plain = name.trim().toLowerCase();
  return (
    tools.find((tool) => tool.spec.name === name) ??
    tools.find((tool) => tool.spec.name.toLowerCase() === plain)
  );
}

function unknownTool(call: ToolCall, tools: readonly Tool[]): Message {
  const names = tools.map((tool) => tool.spec.name).join(", ");
  const text = `Error: there is no tool named ${JSON.stringify(call.name.slice(0, 100))}. The tools are: ${names}.`;
  return { role: "tool", callId: call.id, text };
}
