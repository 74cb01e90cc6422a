import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { InputError, messageOf } from "../../harness/errors.ts";

/** The files of a data set that are there. */
export interface Source {
  /** Where they lie, for messages. */
  readonly path: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** SHA-256 over names and contents of all files. */
  readonly digest: string;
}

/**
 * Reads what there is of the named files.
 *
 * @returns undefined where the directory holds none of them.
 * @throws {InputError} naming one that is there and cannot be read.
 */
export async function openSource(
  path: string,
  names: readonly string[],
): Promise<Source | undefined> {
  const read = await Promise.all(
    names.map(async (name) => {
      const file = join(path, name);
      return [name, await readFile(file).catch(missingAt(file))] as const;
    }),
  );
  const files = new Map<string, Uint8Array>();
  const hash = createHash("sha256");
  for (const [name, bytes] of read.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (bytes === undefined) continue;
    files.set(name, bytes);
    hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  }
  return files.size === 0 ? undefined : { path, files, digest: hash.digest("hex") };
}

/** For what need not be at a path; whatever else is wrong with it is said to the person. */
function missingAt(path: string): (error: unknown) => undefined {
  return (error) => {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new InputError({
      where: path,
      problem: `it is there and cannot be read: ${messageOf(error)}`,
      fix: "Put the data set's own file there, and give yourself the right to read it.",
      cause: error,
    });
  };
}
