/** How the bytes of an asset that is not text stand in a skill, whose files are text. */
const PREFIX = "data:application/octet-stream;base64,";

/** UTF-8 text of the bytes, or undefined where they are not text (invalid UTF-8, or a NUL). */
export function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The text that a skill keeps for an asset that is not text. */
export function encodeAsset(bytes: Uint8Array): string {
  return PREFIX + Buffer.from(bytes).toString("base64");
}

/** The bytes of a skill's file as they stand on disk: what a sandbox or a directory is given. */
export function fileBytes(path: string, text: string): Uint8Array {
  if (path.startsWith("assets/") && text.startsWith(PREFIX)) {
    const bytes = Buffer.from(text.slice(PREFIX.length), "base64");
    if (textOf(bytes) === undefined && encodeAsset(bytes) === text) return bytes;
  }
  return Buffer.from(text, "utf8");
}
