import type { Message, ToolSpec } from "../../contracts/index.ts";
import { readObject } from "../../lenient-json.ts";
import { loadPrompt } from "../../prompts.ts";
import {
  afterThinking,
  cutOff,
  droppedNotes,
  type Heard,
  heardFrom,
  type Protocol,
} from "./native.ts";
import { callIn, type WrittenCall } from "./written/call.ts";
import { hasObservation, readWrittenCalls } from "./written/forms.ts";

const prompt = loadPrompt(new URL("../prompts/text-protocol.md", import.meta.url));

/** Digest of the words that teach the text protocol. */
export const textProtocolDigest = prompt.digest;

const form = 'Action: and then {"name": "<tool>", "arguments": {...}}';

/** Tool calls as text: `Action:` and a JSON object, as in the reference implementation. */
export function textProtocol(tools: readonly ToolSpec[]): Protocol {
  return {
    present: (messages) => ({ messages: asTextConversation(messages, tools), tools: [] }),
    hear(reply, call) {
      const text = afterThinking(reply.text);
      const cut = reply.finish.reason === "length";
      const reading = readTextReply(text);
      switch (reading.kind) {
        case "action": {
          const { name, arguments: args, said, dropped } = reading;
          const calls = [{ id: `call-${call}`, name, arguments: args }];
          const note = droppedNotes[dropped] ?? (cut ? cutOff : undefined);
          return { kind: "calls", said, calls, note };
        }
        case "complete":
          return { kind: "complete", said: text, answer: reading.answer };
        default: {
          const written = readWrittenCalls(text, tools, 1);
          if (written !== undefined) return heardFrom(written, call, cut);
          return unusable(text, reading.kind === "malformed" ? reading.problem : undefined, cut);
        }
      }
    },
  };
}

/** @param badAction what is wrong with the action, where there is one. */
function unusable(said: string, badAction: string | undefined, isCut: boolean): Heard {
  if (isCut) return { kind: "unusable", said, problem: cutOff, because: "cut-off" };
  if (badAction === undefined) {
    const problem = `There was no action in your reply. End it with ${form}`;
    return { kind: "unusable", said, problem, because: "no-call" };
  }
  const problem = `The action could not be read: ${badAction}. Write it as ${form}`;
  return { kind: "unusable", said, problem, because: "bad-call" };
}

/** What a reply of the text protocol asks for. */
export type TextReply =
  | (WrittenCall & {
      readonly kind: "action";
      /** The reply up to the end of the action. */
      readonly said: string;
      /** What came after the action and was not taken. */
      readonly dropped: keyof typeof droppedNotes;
    })
  /** The completion literal and no action: the answer is the text before it. */
  | { readonly kind: "complete"; readonly answer: string }
  | { readonly kind: "malformed"; readonly problem: string }
  | { readonly kind: "none" };

/**
 * The conversation as a model without tool calls of its own sees it.
 *
 * The tools are described at the end of the system message, observations come as user messages,
 * and an assistant message is its text, in which the action stands as it was written.
 */
export function asTextConversation(
  messages: readonly Message[],
  tools: readonly ToolSpec[],
): Message[] {
  const taught = prompt.fill({ tools: tools.map(describe).join("\n") });
  const [first] = messages;
  const opening: Message =
    first?.role === "system"
      ? { role: "system", text: `${first.text}\n\n${taught}` }
      : { role: "system", text: taught };
  return [opening, ...messages.slice(first?.role === "system" ? 1 : 0).map(asText)];
}

function describe(tool: ToolSpec): string {
  return `- ${tool.name}: ${tool.description} Arguments (JSON Schema): ${JSON.stringify(tool.parameters)}`;
}

function asText(message: Message): Message {
  if (message.role === "assistant") return { role: "assistant", text: message.text, calls: [] };
  if (message.role !== "tool") return message;
  const text = `Observation: ${message.text}`;
  return message.images ? { role: "user", text, images: message.images } : { role: "user", text };
}

/**
 * Finds the action in a reply, `Action:` and a JSON object with `name` and `arguments`.
 *
 * The marker is taken in any case, in bold or before a code fence, and only where an object with a
 * name follows, so prose about actions does no harm. The first such action counts; the completion
 * literal counts only where there is none.
 *
 * @param reply without its thinking.
 */
export function readTextReply(reply: string): TextReply {
  let completion: number | undefined;
  let problem: string | undefined;
  for (const marker of reply.matchAll(/action[ \t]*:/gi)) {
    const from = marker.index + marker[0].length;
    if (isCompletion(reply, from)) {
      completion ??= marker.index;
      continue;
    }
    const brace = braceAfter(reply, from);
    if (brace === undefined) continue;
    const reading = readObject(reply, brace);
    const action = reading.kind === "object" ? callIn(reading.value) : reading;
    if ("problem" in action) {
      problem ??= action.problem;
      continue;
    }
    const end = closingFence(reply, reading.end);
    return {
      kind: "action",
      ...action,
      said: reply.slice(0, end),
      dropped: droppedIn(reply.slice(end), completion !== undefined),
    };
  }
  if (problem !== undefined) return { kind: "malformed", problem };
  if (completion !== undefined)
    return { kind: "complete", answer: reply.slice(0, completion).trim() };
  return { kind: "none" };
}

/** Index of the brace that follows a marker, with nothing but decoration between. */
function braceAfter(reply: string, from: number): number | undefined {
  const gap = /^[\s*_`]*(?:```[ \t]*(?:json[c5]?|JSON)?\s*)?(?:json\s+)?(?=\{)/.exec(
    reply.slice(from, from + 200),
  );
  return gap === null ? undefined : from + gap[0].length;
}

function isCompletion(reply: string, from: number): boolean {
  return /^[\s*_`"]*TASK_COMPLETE\b/i.test(reply.slice(from, from + 40));
}

function closingFence(reply: string, end: number): number {
  const fence = /^\s*```/.exec(reply.slice(end, end + 20));
  return fence === null ? end : end + fence[0].length;
}

function droppedIn(rest: string, completedBefore: boolean): keyof typeof droppedNotes {
  for (const marker of rest.matchAll(/action[ \t]*:/gi)) {
    const from = marker.index + marker[0].length;
    if (isCompletion(rest, from)) return "completion";
    if (braceAfter(rest, from) !== undefined) return "action";
  }
  if (hasObservation(rest)) return "observation";
  return completedBefore ? "completion" : "nothing";
}
