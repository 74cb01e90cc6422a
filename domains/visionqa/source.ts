import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { inParallel, missingAt, sha256Of } from "../shared/files.ts";

/** The names of the file with the questions: as released first, and again with the types of the questions. */
const questionFiles = ["val_v1.0.json", "val_v1.0_withQT.json"];

/** Files that are read at a time for their digests. */
const SIDE_BY_SIDE = 8;

/** A data set on disk: a file of questions, and pictures beside it. */
export interface Source {
  /** The directory. */
  readonly root: string;
  /** Path of the file of questions. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * Finds the data set of a directory: the file of questions in it, or in the first of its directories that
 * has one, by name.
 *
 * @returns undefined where there is none.
 * @throws {InputError} when it is there and cannot be read.
 */
export async function findSource(directory: string): Promise<Source | undefined> {
  const entries =
    (await readdir(directory, { withFileTypes: true }).catch(missingAt(directory))) ?? [];
  const folders = entries.filter((entry) => !entry.isFile()).map(({ name }) => name);
  for (const root of [directory, ...folders.sort().map((name) => join(directory, name))]) {
    for (const name of questionFiles) {
      const path = join(root, name);
      const bytes = await readFile(path).catch(missingAt(path));
      if (bytes !== undefined) return { root, path, bytes };
    }
  }
  return undefined;
}

/**
 * Digests of pictures, by their paths relative to the data set.
 *
 * @returns without those that are missing or no files.
 * @throws {InputError} naming one that is there and cannot be read.
 */
export async function imageDigests(
  root: string,
  images: Iterable<string>,
): Promise<ReadonlyMap<string, string>> {
  const digests = new Map<string, string>();
  await inParallel(new Set(images), SIDE_BY_SIDE, async (image) => {
    const path = join(root, image);
    if (!(await stat(path).catch(missingAt(path)))?.isFile()) return;
    const bytes = await readFile(path).catch(missingAt(path));
    if (bytes !== undefined) digests.set(image, sha256Of(bytes));
  });
  return digests;
}
