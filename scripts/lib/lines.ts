import { createReadStream } from "node:fs";
import { InputError, messageOf } from "../../harness/errors.ts";

/**
 * The lines of a file, numbered from 1, without their ends.
 *
 * Only \n and \r\n end a line: JSON text may hold other line separators of Unicode as they are.
 *
 * @param file a path, or `-` for standard input.
 * @throws {InputError} when it cannot be read.
 */
export async function* linesOf(file: string): AsyncIterable<readonly [number, string]> {
  const input = file === "-" ? process.stdin : createReadStream(file);
  const decoder = new TextDecoder("utf-8");
  let number = 0;
  let rest = "";
  try {
    for await (const chunk of input) {
      rest += decoder.decode(chunk as Uint8Array, { stream: true });
      const lines = rest.split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) yield [++number, line.endsWith("\r") ? line.slice(0, -1) : line];
    }
  } catch (cause) {
    throw new InputError({
      where: file,
      problem: `cannot be read: ${messageOf(cause)}`,
      fix: "Name a file of lines, or - for standard input.",
      cause,
    });
  }
  rest += decoder.decode();
  if (rest !== "") yield [++number, rest];
}
