import type {
  Message,
  Model,
  ModelRequest,
  Reply,
  ToolCall,
  ToolSpec,
} from "../../contracts/index.ts";
import { afterThinking, asTextConversation, readTextReply } from "./text.ts";

/** A reply that said something. */
export type Said = Extract<Reply, { readonly kind: "said" }>;

/** What the loop takes from a reply. `said` is what stays in the conversation. */
export type Heard = { readonly said: string } & (
  | {
      readonly kind: "calls";
      readonly calls: readonly ToolCall[];
      /** What the model has to be told with the observation. */
      readonly note: string | undefined;
    }
  | { readonly kind: "complete"; readonly answer: string }
  | { readonly kind: "unusable"; readonly problem: string }
);

/** How tool calls travel between the loop and a model. */
export interface Protocol {
  /** The conversation and tools as the model gets to see them. */
  present(messages: readonly Message[]): Pick<ModelRequest, "messages" | "tools">;
  /** @param call number of the call, which makes the ids of its tool calls. */
  hear(reply: Said, call: number): Heard;
}

/** The protocol that a model speaks, for a set of tools. */
export function protocolOf(speaks: Model["protocol"], tools: readonly ToolSpec[]): Protocol {
  return speaks === "native" ? nativeProtocol(tools) : textProtocol(tools);
}

const cutOff =
  "Your reply reached the limit of its length and was cut off. Think less and call a tool sooner";

function nativeProtocol(tools: readonly ToolSpec[]): Protocol {
  const names = tools.map((tool) => tool.name).join(" or ");
  return {
    present: (messages) => ({ messages, tools }),
    hear(reply) {
      const said = afterThinking(reply.text);
      const cut = reply.finish.reason === "length";
      if (reply.calls.length > 0)
        return { kind: "calls", said, calls: reply.calls, note: cut ? cutOff : undefined };
      const problem = cut ? cutOff : `You called no tool. Go on by calling ${names}`;
      return { kind: "unusable", said, problem };
    },
  };
}

const form = 'Action: and then {"name": "<tool>", "arguments": {...}}';

const notes = {
  nothing: undefined,
  action: "Your reply had more than one action. Only the first was run; the rest was dropped.",
  completion: "TASK_COMPLETE was not taken, since the same reply had an action, which was run.",
  observation: "Do not write observations yourself; what you wrote after the action was dropped.",
} as const;

function textProtocol(tools: readonly ToolSpec[]): Protocol {
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
