import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gunzipSync } from "node:zlib";
import { extract } from "tar-stream";
import { InputError, messageOf } from "../../harness/errors.ts";
import { type Files, filesOf, missingAt } from "../shared/files.ts";

/** Name of the archive that may stand in place of the unpacked tree. */
export const ARCHIVE = "wtq.tar.gz";

// What the loader reads; pages, pictures and other renderings of the tables are left alone.
const wanted =
  /^(?:data\/[\w-]+\.tsv|csv\/\d+-csv\/\d+\.csv|tagged\/data\/[\w-]+\.tagged|canon\/[\w.-]+\.tsv)$/;

/**
 * Reads all files of a data set that may be an archive or a directory tree.
 *
 * @returns undefined where `directory` holds neither.
 * @throws {InputError} when an archive is damaged, or a file cannot be read.
 */
export async function openSource(directory: string): Promise<Files | undefined> {
  const path = join(directory, ARCHIVE);
  const archive = await readFile(path).catch(missingAt(path));
  if (archive !== undefined) return filesOf(path, await filesOfArchive(archive, path));
  const data = join(directory, "data");
  const names = await readdir(data).catch(missingAt(data));
  if (!names?.some((name) => name.endsWith(".tsv"))) return undefined;
  return filesOf(directory, await filesOfTree(directory));
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
  const namesIn = async (folder: string) =>
    (await readdir(join(root, folder)).catch(missingAt(join(root, folder)))) ?? [];
  const tables = (await namesIn("csv")).map((name) => `csv/${name}`);
  const folders = ["data", "canon", "tagged/data", ...tables];
  const files = new Map<string, Uint8Array>();
  for (const folder of folders) {
    const paths = (await namesIn(folder))
      .map((name) => `${folder}/${name}`)
      .filter((path) => wanted.test(path));
    const contents = await Promise.all(
      paths.map((path) => readFile(join(root, path)).catch(missingAt(join(root, path)))),
    );
    for (const [index, path] of paths.entries()) {
      const bytes = contents[index];
      if (bytes !== undefined) files.set(path, bytes);
    }
  }
  return files;
}
