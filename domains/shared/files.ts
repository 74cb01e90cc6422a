import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { gunzipSync } from "node:zlib";
import { extract } from "tar-stream";
import { InputError, messageOf } from "../../harness/errors.ts";

/** The files of a data set, wherever they come from. */
export interface Files {
  /** Where they lie, for messages: a directory or an archive. */
  readonly path: string;
  /** By path inside the data set, with `/` between its parts. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** SHA-256 over names and contents of all files; the same for an archive and its unpacked tree. */
  readonly digest: string;
}

/** Files that were read, with their digest. */
export function filesOf(path: string, files: ReadonlyMap<string, Uint8Array>): Files {
  const hash = createHash("sha256");
  for (const [name, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  return { path, files, digest: hash.digest("hex") };
}

/**
 * The files of a `.tar.gz`, by their paths in it.
 *
 * @param isWanted which to keep.
 * @param at where the archive lies, and what to do where it is damaged; for messages.
 * @throws {InputError} when it cannot be read.
 */
export async function filesOfArchive(
  archive: Uint8Array,
  isWanted: (path: string) => boolean,
  { where, fix }: { readonly where: string; readonly fix: string },
): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  try {
    const entries = extract();
    Readable.from([gunzipSync(archive)]).pipe(entries);
    for await (const entry of entries) {
      const name = entry.header.name.replace(/^\.\//, "");
      const chunks: Uint8Array[] = [];
      for await (const chunk of entry as AsyncIterable<Uint8Array>) chunks.push(chunk);
      if (entry.header.type === "file" && isWanted(name)) files.set(name, Buffer.concat(chunks));
    }
  } catch (cause) {
    const problem = `the archive cannot be read (${messageOf(cause)})`;
    throw new InputError({ where, problem, fix, cause });
  }
  return files;
}

/** SHA-256 as hexadecimal digits; a text is taken as UTF-8. */
export function sha256Of(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/**
 * For reads of what need not be at a path: `read(path).catch(missingAt(path))` is undefined where nothing is.
 *
 * @throws {InputError} from what it returns, for whatever else is wrong with the file.
 */
export function missingAt(path: string): (error: unknown) => undefined {
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

/**
 * Works through a list with so many at a time.
 *
 * @throws the first failure; it stops the others before their next item.
 */
export async function inParallel<Item>(
  items: Iterable<Item>,
  width: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items[Symbol.iterator]();
  let failed = false;
  const worker = async () => {
    for (let next = queue.next(); !next.done && !failed; next = queue.next()) {
      try {
        await work(next.value);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const results = await Promise.allSettled(Array.from({ length: width }, worker));
  const broken = results.find((result) => result.status === "rejected");
  if (broken !== undefined) throw broken.reason;
}
