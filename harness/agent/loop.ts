import type {
  Clock,
  Episode,
  Message,
  Model,
  Outcome,
  Reply,
  Spent,
  Tool,
} from "../contracts/index.ts";
import { ModelFault, messageOf, unreachable } from "../errors.ts";
import { nothingSpent, plusReply } from "../models/spent.ts";
import type { PatientContext } from "../models/wrappers/waits.ts";
import { formWatch } from "./form-watch.ts";
import { type Heard, nativeProtocol, type Protocol } from "./protocols/native.ts";
import { textProtocol } from "./protocols/text.ts";
import { addNotes, trimObservation, useTools } from "./tools.ts";

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
  /** The answer that a reply without a call states; without it only tools take answers. */
  readonly answerIn?: ((reply: string) => string | undefined) | undefined;
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
  const { model, tools, clock } = deps;
  const { unit, seed, signal } = at;
  const specs = tools.map((tool) => tool.spec);
  const protocol = model.protocol === "native" ? nativeProtocol(specs) : textProtocol(specs);
  const messages: Message[] = [...opening];
  const startedAt = clock.ticksMs();
  let spent = nothingSpent;
  let turns = 0;
  const watch = formWatch(limits.malformed);
  let waitedMs = 0;
  const waited = (ms: number) => {
    waitedMs += ms;
  };
  const agentMs = () => clock.ticksMs() - startedAt - waitedMs;
  const ended = (outcome: Outcome): Episode => {
    const recovered = watch.recovered.size > 0 && Object.fromEntries(watch.recovered);
    const elapsedMs = clock.ticksMs() - startedAt;
    return { messages, outcome, turns, ...(recovered && { recovered }), spent, elapsedMs };
  };

  for (let call = 0; ; call++) {
    signal.throwIfAborted();
    const reached = limitReached(limits, turns, spent, agentMs);
    if (reached !== undefined) return ended(reached);

    const request = { ...protocol.present(messages), seed };
    const reply = await replyOrOutcome(model, request, { unit, call, signal, waited });
    if ("outcome" in reply) return ended(reply.outcome);
    spent = plusReply(spent, reply);

    const heard = hear(reply, call, protocol, limits);
    const calls = heard.kind === "calls" ? heard.calls : [];
    messages.push({ role: "assistant", text: heard.said, calls });
    if (heard.kind === "unusable") {
      const outcome = stated(heard, deps) ?? watch.unusable(heard.because === "cut-off");
      if (outcome?.kind === "submitted") turns++;
      if (outcome !== undefined) return ended(outcome);
      messages.push({ role: "user", text: `${heard.problem}.` });
      continue;
    }
    turns++;
    if (heard.kind === "refused") return ended({ kind: "refused" });
    if (heard.kind === "complete") return ended({ kind: "submitted", submission: heard.answer });
    if (heard.recovered !== undefined) watch.recover(heard.recovered);
    const from = messages.length;
    const outcome = await useTools(calls, messages, { tools, signal, ...limits });
    if (outcome !== undefined) return ended(outcome);
    const step = watch.step(calls, messages.slice(from));
    if ("kind" in step) return ended(step);
    addNotes(messages, [heard.note, step.note]);
  }
}

/** What a reply without a call submits by its text; one whose call failed wanted to go on. */
function stated(
  { said, because }: Extract<Heard, { kind: "unusable" }>,
  { answerIn }: LoopDeps,
): Outcome | undefined {
  const answer = because === "bad-call" ? undefined : answerIn?.(said);
  return answer === undefined ? undefined : { kind: "submitted", submission: answer, by: "text" };
}

/** The limit that stops an episode before its next call. */
function limitReached(
  limits: LoopLimits,
  turns: number,
  { inputTokens, outputTokens }: Spent,
  agentMs: () => number,
): Outcome | undefined {
  if (turns >= limits.turns) return { kind: "out-of-turns" };
  if (inputTokens + outputTokens >= (limits.tokens ?? Infinity)) return { kind: "out-of-tokens" };
  if (agentMs() >= (limits.minutes ?? Infinity) * 60_000) return { kind: "out-of-time" };
  return undefined;
}

/** Asks for a reply; a fault that ends this episode only becomes its outcome. */
export async function replyOrOutcome(
  model: Model,
  request: Parameters<Model["complete"]>[0],
  context: PatientContext,
): Promise<Reply | { readonly outcome: Outcome }> {
  try {
    return await model.complete(request, context);
  } catch (error) {
    context.signal.throwIfAborted();
    if (error instanceof ModelFault && error.kind === "permanent") throw error;
    if (error instanceof ModelFault && error.kind === "context-length")
      return { outcome: { kind: "context-exceeded" } };
    return { outcome: { kind: "broken", where: "model", error: messageOf(error) } };
  }
}

/** What a reply asks for, whatever became of it on the way. */
function hear(
  reply: Reply,
  call: number,
  protocol: Protocol,
  { observationChars }: LoopLimits,
): Heard | { readonly kind: "refused"; readonly said: string } {
  switch (reply.kind) {
    case "said":
      return protocol.hear(reply, call);
    case "refused":
      return { kind: "refused", said: reply.text };
    case "malformed": {
      const problem = `Your reply could not be read: ${reply.problem}`;
      const said = trimObservation(reply.raw, observationChars);
      return { kind: "unusable", said, problem, because: "bad-call" };
    }
    default:
      return unreachable(reply);
  }
}
