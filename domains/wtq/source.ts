import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Files, filesOf, filesOfArchive, missingAt } from "../shared/files.ts";

/** Name of the archive that may stand in place of the unpacked tree. */
export const ARCHIVE = "wtq.tar.gz";

const fetchAgain = "Copy it again, or fetch the data set with `npm run data -- fetch wtq`.";

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
  if (archive !== undefined) {
    const isWanted = (name: string) => wanted.test(name);
    return filesOf(path, await filesOfArchive(archive, isWanted, { where: path, fix: fetchAgain }));
  }
  const data = join(directory, "data");
  const names = await readdir(data).catch(missingAt(data));
  if (!names?.some((name) => name.endsWith(".tsv"))) return undefined;
  return filesOf(directory, await filesOfTree(directory));
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
