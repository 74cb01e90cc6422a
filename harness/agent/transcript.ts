import { sha256 } from "../canonical.ts";
import type { Episode, Json, Message, Sandbox } from "../contracts/index.ts";

/** Bytes of a file the agent left that its transcript keeps. */
const keptFileChars = 20_000;
const keptFiles = 20;

/** The messages, how it ended, and the files that the agent made or changed. */
export async function transcriptOf(
  episode: Episode,
  sandbox: Sandbox,
  given: ReadonlyMap<string, Uint8Array | string>,
): Promise<Json> {
  const files: [string, string][] = [];
  for (const path of await sandbox.list().catch(() => [])) {
    if (files.length >= keptFiles) break;
    const bytes = await sandbox.read(path).catch(() => undefined);
    if (bytes === undefined || sameBytes(bytes, given.get(path))) continue;
    files.push([path, Buffer.from(bytes).toString("utf8").slice(0, keptFileChars)]);
  }
  return {
    messages: keptMessages(episode.messages),
    outcome: episode.outcome as unknown as Json,
    files,
  };
}

function sameBytes(bytes: Uint8Array, original: Uint8Array | string | undefined): boolean {
  return original !== undefined && Buffer.from(original).equals(bytes);
}

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
