import { type FileHandle, mkdir, open, unlink } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import type { Reply } from "../../contracts/index.ts";
import { InputError, messageOf } from "../../errors.ts";
import type { RequestDigest } from "./request-digest.ts";

/** One answered call, a line of a cassette. */
export interface CassetteEntry {
  readonly unit: string;
  /** Number of the call within its unit, from 0. */
  readonly call: number;
  /** The id of the model, for people. */
  readonly model: string;
  readonly request: RequestDigest;
  readonly answer: CassetteAnswer;
}

/** A reply, or the one fault that is an answer: the conversation is too long. */
export type CassetteAnswer =
  | { readonly kind: "reply"; readonly reply: Reply }
  | { readonly kind: "context-length"; readonly message: string };

/**
 * Writes entries to a cassette of its own, each as a line that is compressed by itself, so that a kill
 * harms the last one at most; a cassette that stays empty is removed.
 */
export interface Recording {
  /** Resolves when the line is in the file. */
  write(entry: CassetteEntry): Promise<void>;
  close(): Promise<void>;
}

/** More writers than this in one directory is a mistake. */
const maxWriters = 9999;

/**
 * Opens a new cassette in a directory; other processes may write theirs beside it.
 *
 * @throws {InputError} when the directory cannot be written.
 */
export async function openRecording(directory: string): Promise<Recording> {
  const { file, name } = await newFile(directory);
  let isEmpty = true;
  let last: Promise<void> = Promise.resolve();
  return {
    write(entry) {
      isEmpty = false;
      const line = gzipSync(`${JSON.stringify(entry)}\n`);
      const written = last.then(() => file.appendFile(line));
      last = written.catch(() => undefined);
      return written;
    },
    async close() {
      await last;
      await file.close();
      if (isEmpty) await unlink(name);
    },
  };
}

async function newFile(directory: string): Promise<{ file: FileHandle; name: string }> {
  try {
    await mkdir(directory, { recursive: true });
    for (let number = 1; number <= maxWriters; number++) {
      const name = path.join(directory, `calls-${String(number).padStart(4, "0")}.jsonl.gz`);
      const file = await open(name, "ax").catch((error: unknown) => {
        if (error instanceof Error && "code" in error && error.code === "EEXIST") return undefined;
        throw error;
      });
      if (file !== undefined) return { file, name };
    }
    throw new Error(`it has ${maxWriters} cassettes already`);
  } catch (cause) {
    throw new InputError({
      where: directory,
      problem: `cannot be recorded to: ${messageOf(cause)}`,
      fix: "Name a directory that can be written with --record.",
      cause,
    });
  }
}
