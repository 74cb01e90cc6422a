import type { Message, ModelRequest, Reply, ToolCall, ToolSpec } from "../../contracts/index.ts";
import { type CallForm, readWrittenCalls, type WrittenCalls } from "./written/forms.ts";

/** A reply that said something. */
export type Said = Extract<Reply, { readonly kind: "said" }>;

/** What the loop takes from a reply. `said` is what stays in the conversation. */
export type Heard = { readonly said: string } & (
  | {
      readonly kind: "calls";
      readonly calls: readonly ToolCall[];
      /** What the model has to be told with the observation. */
      readonly note: string | undefined;
      /** The form that they were understood from, where that is not the one that was asked for. */
      readonly recovered?: CallForm;
    }
  | { readonly kind: "complete"; readonly answer: string }
  | {
      readonly kind: "unusable";
      readonly problem: string;
      /** Why a text without a call may yet be a final answer: nothing was tried, or something failed. */
      readonly because: "no-call" | "bad-call" | "cut-off";
    }
);

/** How tool calls travel between the loop and a model. */
export interface Protocol {
  /** The conversation and tools as the model gets to see them. */
  present(messages: readonly Message[]): Pick<ModelRequest, "messages" | "tools">;
  /** @param call number of the call, which makes the ids of its tool calls. */
  hear(reply: Said, call: number): Heard;
}

/** Tool calls as the provider has them. */
export function nativeProtocol(tools: readonly ToolSpec[]): Protocol {
  const names = tools.map((tool) => tool.name).join(" or ");
  return {
    present: (messages) => ({ messages, tools }),
    hear(reply, call) {
      const said = afterThinking(reply.text);
      const cut = reply.finish.reason === "length";
      if (reply.calls.length > 0)
        return { kind: "calls", said, calls: reply.calls, note: cut ? cutOff : undefined };
      const written = readWrittenCalls(said, tools);
      if (written !== undefined) return heardFrom(written, call, cut);
      const problem = cut ? cutOff : `You called no tool. Go on by calling ${names}`;
      return { kind: "unusable", said, problem, because: cut ? "cut-off" : "no-call" };
    },
  };
}

/** Calls that were written into the text, as what was asked for. @param call number of the model call. */
export function heardFrom(written: WrittenCalls, call: number, isCut: boolean): Heard {
  const { form, said, dropped } = written;
  const calls = written.calls.map(({ name, arguments: args }, i) => {
    return { id: i === 0 ? `call-${call}` : `call-${call}-${i}`, name, arguments: args };
  });
  const note = droppedNotes[dropped] ?? (isCut ? cutOff : undefined);
  return { kind: "calls", said, calls, note, recovered: form };
}

/** What a model is told of what came behind its call. */
export const droppedNotes = {
  nothing: undefined,
  action: "Your reply had more than one action. Only the first was run; the rest was dropped.",
  completion: "TASK_COMPLETE was not taken, since the same reply had an action, which was run.",
  observation: "Do not write observations yourself; what you wrote after the action was dropped.",
} as const;

/** What a model is told whose reply was cut off. */
export const cutOff =
  "Your reply reached the limit of its length and was cut off. Think less and call a tool sooner";

/** A reply without its thinking: all up to the last `</think>`, or from a `<think>` that never ends. */
export function afterThinking(text: string): string {
  const end = text.lastIndexOf("</think>");
  if (end >= 0) return text.slice(end + "</think>".length).replace(/^\s+/, "");
  return /^\s*<think>/.test(text) ? "" : text;
}
