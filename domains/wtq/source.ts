import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gunzipSync } from "node:zlib";
import { extract } from "tar-stream";
import { InputError, messageOf } from "../../harness/errors.ts";

/** Name of the archive that may stand in place of the unpacked tree. */
export const ARCHIVE = "wtq.tar.gz";

/** The files of a data set, wherever they come from. */
export interface Source {
  /** Where it lies, for messages. */
  readonly path: string;
  /** By path inside the data set, such as `csv/204-csv/590.csv`. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** SHA-256 over names and contents of all files; the same for an archive and its unpacked tree. */
  readonly digest: string;
}

// What the loader reads; pages, pictures and other renderings of the tables are left alone.
const wanted =
  /^(?:data\/[\w-]+\.tsv|csv\/\d+-csv\/\d+\.csv|tagged\/data\/[\w-]+\.tagged|canon\/[\w.-]+\.tsv)$/;

/**
 * Reads all files of a data set that may be an archive or a directory tree.
 *
 * @returns undefined where `directory` holds neither.
 * @throws {InputError} when an archive is damaged.
 */
export async function openSource(directory: string): Promise<Source | undefined> {
  const archive = await readFile(join(directory, ARCHIVE)).catch(missing);
  if (archive !== undefined) {
    const path = join(directory, ARCHIVE);
    return sourceOf(path, await filesOfArchive(archive, path));
  }
  const names = await readdir(join(directory, "data")).catch(missing);
  if (!names?.some((name) => name.endsWith(".tsv"))) return undefined;
  return sourceOf(directory, await filesOfTree(directory));
}

function sourceOf(path: string, files: ReadonlyMap<string, Uint8Array>): Source {
  const hash = createHash("sha256");
  for (const [name, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  return { path, files, digest: hash.digest("hex") };
}

async function filesOfArchive(
  archive: Uint8Array,
  path: string,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  try {
    const entries = extract();
    Readable.from([gunzipSync(archive)]).pipe(entries);
    for await (const entry of entries) {
      const name = entry.header.name.replace(/^\.\//, "");
      const chunks: Uint8Array[] = [];
      for await (const chunk of entry as AsyncIterable<Uint8Array>) chunks.push(chunk);
      if (entry.header.type === "file" && wanted.test(name)) files.set(name, Buffer.concat(chunks));
    }
  } catch (error) {
    throw new InputError({
      where: path,
      problem: `the archive cannot be read (${messageOf(error)})`,
      fix: "Copy it again, or fetch the data set with `npm run data -- fetch wtq`.",
      cause: error,
    });
  }
  return files;
}

async function filesOfTree(root: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const tables = await readdir(join(root, "csv")).catch(missing);
  const folders = ["data", "canon", "tagged/data", ...(tables ?? []).map((name) => `csv/${name}`)];
  const files = new Map<string, Uint8Array>();
  for (const folder of folders) {
    const names = (await readdir(join(root, folder)).catch(missing)) ?? [];
    const paths = names.map((name) => `${folder}/${name}`).filter((path) => wanted.test(path));
    const contents = await Promise.all(paths.map((path) => readFile(join(root, path))));
    for (const [index, path] of paths.entries()) {
      const bytes = contents[index];
      if (bytes !== undefined) files.set(path, bytes);
    }
  }
  return files;
}

/** For a file or directory that need not be there; any other failure goes on. */
function missing(error: unknown): undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") return undefined;
  throw error;
}
