import type { JsonObject, Message, ToolSpec } from "../../contracts/index.ts";
import { isJsonObject, readObject } from "../../lenient-json.ts";
import { loadPrompt } from "../../prompts.ts";
import { afterThinking, cutOff, type Protocol } from "./native.ts";

const prompt = loadPrompt(new URL("../prompts/text-protocol.md", import.meta.url));

/** Digest of the words that teach the text protocol. */
export const textProtocolDigest = prompt.digest;

const form = 'Action: and then {"name": "<tool>", "arguments": {...}}';

const notes = {
  nothing: undefined,
  action: "Your reply had more than one action. Only the first was run; the rest was dropped.",
  completion: "TASK_COMPLETE was not taken, since the same reply had an action, which was run.",
  observation: "Do not write observations yourself; what you wrote after the action was dropped.",
} as const;

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
          return { kind: "calls", said, calls, note: notes[dropped] ?? (cut ? cutOff : undefined) };
        }
        case "complete":
          return { kind: "complete", said: text, answer: reading.answer };
        case "malformed": {
          const because = `The action could not be read: ${reading.problem}. Write it as ${form}`;
          return { kind: "unusable", said: text, problem: cut ? cutOff : because };
        }
        case "none": {
          const because = `There was no action in your reply. End it with ${form}`;
          return { kind: "unusable", said: text, problem: cut ? cutOff : because };
        }
      }
    },
  };
}

/** What a reply of the text protocol asks for. */
export type TextReply =
  | {
      readonly kind: "action";
      readonly name: string;
      readonly arguments: JsonObject;
      /** The reply up to the end of the action. */
      readonly said: string;
      /** What came after the action and was not taken. */
      readonly dropped: "nothing" | "action" | "completion" | "observation";
    }
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
    const action = reading.kind === "object" ? actionOf(reading.value) : reading;
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

function droppedIn(
  rest: string,
  completedBefore: boolean,
): "nothing" | "action" | "completion" | "observation" {
  for (const marker of rest.matchAll(/action[ \t]*:/gi)) {
    const from = marker.index + marker[0].length;
    if (isCompletion(rest, from)) return "completion";
    if (braceAfter(rest, from) !== undefined) return "action";
  }
  if (/^\s*observation[ \t]*:/im.test(rest)) return "observation";
  return completedBefore ? "completion" : "nothing";
}

const nameKeys = ["name", "tool", "tool_name", "function"];
const argumentKeys = ["arguments", "args", "parameters", "input"];

type Action = { readonly name: string; readonly arguments: JsonObject };

/** Takes an action in the spellings that models use; names of keys differ, meaning does not. */
function actionOf(value: JsonObject): Action | { readonly problem: string } {
  const nameKey = nameKeys.find((key) => typeof value[key] === "string");
  if (nameKey === undefined) return { problem: 'it has no "name"' };
  const name = String(value[nameKey]);
  const argumentKey = argumentKeys.find((key) => key in value);
  if (argumentKey === undefined) {
    // Models also put the arguments beside the name.
    const { [nameKey]: _, ...rest } = value;
    return { name, arguments: rest };
  }
  const given = value[argumentKey];
  if (given === null) return { name, arguments: {} };
  if (isJsonObject(given)) return { name, arguments: given };
  if (typeof given === "string" && given.trimStart().startsWith("{")) {
    const inner = readObject(given.trim());
    if (inner.kind === "object") return { name, arguments: inner.value };
  }
  return { problem: '"arguments" is not a JSON object' };
}
