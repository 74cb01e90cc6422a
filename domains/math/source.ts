import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

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
 */
export async function openSource(
  path: string,
  names: readonly string[],
): Promise<Source | undefined> {
  const read = await Promise.all(
    names.map(async (name) => [name, await readFile(join(path, name)).catch(missing)] as const),
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

/** For a file or directory that need not be there; any other failure goes on. */
function missing(error: unknown): undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") return undefined;
  throw error;
}
