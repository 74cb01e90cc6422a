import { digestOf } from "../../canonical.ts";
import type { JsonObject, Message, ModelRequest } from "../../contracts/index.ts";

/** What a recorded request is known by, in parts, so that a difference can be named. */
export interface RequestDigest {
  readonly identity: string;
  readonly seed: number;
  readonly tools: string;
  /** One a message. */
  readonly messages: readonly string[];
}

/** Hexadecimal digits kept of a digest: a conversation is told apart, not proved. */
const digits = 16;

/** Messages do not change, and an episode sends them again with every call. */
const known = new WeakMap<Message, string>();

/** Digests a request to a model of the given identity. */
export function requestDigest(request: ModelRequest, identity: JsonObject): RequestDigest {
  return {
    identity: digestOf(identity).slice(0, digits),
    seed: request.seed,
    tools: digestOf(request.tools).slice(0, digits),
    messages: request.messages.map((message) => {
      const digest = known.get(message) ?? digestOf(message).slice(0, digits);
      known.set(message, digest);
      return digest;
    }),
  };
}

/** Where two requests differ first, in words, or undefined where they are the same. */
export function requestDifference(
  recorded: RequestDigest,
  asked: RequestDigest,
): string | undefined {
  if (recorded.identity !== asked.identity)
    return "the model (its name, endpoint, protocol or parameters)";
  if (recorded.seed !== asked.seed)
    return `the seed (${recorded.seed} recorded, ${asked.seed} asked)`;
  if (recorded.tools !== asked.tools) return "the tools";
  const count = Math.max(recorded.messages.length, asked.messages.length);
  for (let at = 0; at < count; at++) {
    if (recorded.messages[at] === asked.messages[at]) continue;
    if (at >= recorded.messages.length || at >= asked.messages.length)
      return `the number of messages (${recorded.messages.length} recorded, ${asked.messages.length} asked)`;
    return `message ${at + 1} of ${asked.messages.length}`;
  }
  return undefined;
}
