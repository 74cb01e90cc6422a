import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { InputError, messageOf } from "../../harness/errors.ts";

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
  const waiting = [...new Set(images)];
  const digests = new Map<string, string>();
  const work = async () => {
    for (let image = waiting.pop(); image !== undefined; image = waiting.pop()) {
      const path = join(root, image);
      if (!(await stat(path).catch(missingAt(path)))?.isFile()) continue;
      const bytes = await readFile(path).catch(missingAt(path));
      if (bytes !== undefined) digests.set(image, digestOf(bytes));
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  return digests;
}

/** SHA-256 as hexadecimal digits. */
export function digestOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
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
