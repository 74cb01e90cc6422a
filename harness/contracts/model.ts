import type { Json, JsonObject } from "./json.ts";

/** A picture shown to the model. */
export interface Image {
  /** Such as `image/png`. */
  readonly mediaType: string;
  readonly base64: string;
}

/** One turn of a conversation, in the order it was said. */
export type Message =
  | { readonly role: "system"; readonly text: string }
  | { readonly role: "user"; readonly text: string; readonly images?: readonly Image[] }
  | { readonly role: "assistant"; readonly text: string; readonly calls: readonly ToolCall[] }
  | {
      readonly role: "tool";
      readonly callId: string;
      readonly text: string;
      readonly images?: readonly Image[];
    };

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: JsonObject;
}

/** What a model is told of a tool. */
export interface ToolSpec {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments object. */
  readonly parameters: JsonObject;
}

/** A tool as an agent uses it. */
export interface Tool {
  readonly spec: ToolSpec;
  /** Throws only when the harness or the sandbox is broken; a bad argument is an observation. */
  run(args: JsonObject, signal: AbortSignal): Promise<ToolResult>;
}

/** What a tool call led to: something for the model to read, or the end of the episode. */
export type ToolResult =
  | { readonly kind: "observation"; readonly text: string; readonly images?: readonly Image[] }
  | { readonly kind: "end"; readonly submission: Json };

/** Tokens as the provider counted them. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** The part of `inputTokens` that the provider served from its prompt cache. */
  readonly cachedInputTokens?: number;
}

/** Why generation ended: our word, and the provider's own. */
export interface Finish {
  readonly reason: "stop" | "tool-calls" | "length" | "content-filter" | "other";
  readonly raw: string;
}

/** What a model said, or why it said nothing usable. */
export type Reply = { readonly usage: Usage | undefined; readonly retries: readonly string[] } & (
  | {
      readonly kind: "said";
      readonly text: string;
      readonly calls: readonly ToolCall[];
      readonly finish: Finish;
    }
  | { readonly kind: "malformed"; readonly problem: string; readonly raw: string }
  | { readonly kind: "refused"; readonly text: string }
);

/** The form that a reply has to have. */
export interface ReplyShape {
  /** Of letters, digits, `_` and `-`. */
  readonly name: string;
  /** JSON Schema of an object, of which every field is required and no other is allowed. */
  readonly schema: JsonObject;
}

/** All that a model gets to see. */
export interface ModelRequest {
  readonly messages: readonly Message[];
  readonly tools: readonly ToolSpec[];
  /** Sampling seed of the episode; the same at every call of it. */
  readonly seed: number;
  /**
   * The form that the messages ask for. An endpoint that can holds the reply to it; one that cannot, and a model
   * that is no endpoint, pass it over.
   */
  readonly shape?: ReplyShape;
}

/** What the harness knows of a call and the model must not see. */
export interface CallContext {
  /** Key of the unit on whose behalf the call is made. */
  readonly unit: string;
  /** Number of the call within its unit, from 0. */
  readonly call: number;
  readonly signal: AbortSignal;
}

/**
 * A model behind an endpoint, rule-based, or recorded.
 *
 * `complete` throws a `ModelFault` when it gives no reply, and the signal's reason when aborted.
 */
export interface Model {
  /** The name a study calls it by. */
  readonly id: string;
  /** Everything that decides what it answers: provider, name, endpoint, parameters, protocol. Part of every key. */
  readonly identity: JsonObject;
  /** How tool calls travel: the provider's own, or as text. */
  readonly protocol: "native" | "text";
  /** Printed wherever its numbers appear. */
  readonly label: string;
  complete(request: ModelRequest, context: CallContext): Promise<Reply>;
}
