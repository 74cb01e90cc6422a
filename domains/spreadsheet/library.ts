import { InputError } from "../../harness/errors.ts";

/** A file of a data set; its bytes are read when they are asked for and not kept. */
export interface SourceFile {
  /** SHA-256 of the bytes, as they were when the data set was opened. */
  readonly sha256: string;
  read(): Uint8Array;
}

/**
 * The workbooks of opened data sets, by the digest of their bytes.
 *
 * Tasks name workbooks by digest, so they are plain data that is the same on every machine; only
 * this knows where the bytes lie.
 */
export interface Library {
  add(files: Iterable<SourceFile>): void;
  /**
   * The bytes of a workbook, read anew.
   *
   * @param path where the data set has it, for messages.
   * @throws {InputError} when the data set has not been opened or the file has gone.
   */
  read(sha256: string, path: string): Uint8Array;
}

/** An empty library. */
export function createLibrary(): Library {
  const files = new Map<string, SourceFile>();
  return {
    add(more) {
      for (const file of more) files.set(file.sha256, file);
    },
    read(sha256, path) {
      try {
        const file = files.get(sha256);
        if (file !== undefined) return file.read();
      } catch (error) {
        throw gone(path, error);
      }
      throw gone(path, undefined);
    },
  };
}

function gone(path: string, cause: unknown): InputError {
  return new InputError({
    where: path,
    problem: "the workbook is not there any more",
    fix: "Leave the data directory alone while a study runs, and start again.",
    cause,
  });
}
