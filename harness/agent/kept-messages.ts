import { sha256 } from "../canonical.ts";
import type { Json, Message } from "../contracts/index.ts";

/**
 * Messages as a transcript keeps them: a picture is named in the text in place of its bytes, which are
 * the task's and would be kept once a turn.
 */
export function keptMessages(messages: readonly Message[]): Json {
  return messages.map((message) => {
    if (!("images" in message) || message.images === undefined) return message;
    const { images, ...rest } = message;
    const named = images.map(
      ({ mediaType, base64 }) => `[picture: ${mediaType}, SHA-256 ${sha256(base64).slice(0, 16)}]`,
    );
    return { ...rest, text: [message.text, ...named].join("\n") };
  }) as unknown as Json;
}
