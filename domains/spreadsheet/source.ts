import { readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { missingAt, sha256Of } from "../shared/files.ts";
import { openArchive } from "./archive.ts";
import type { SourceFile } from "./library.ts";

/** The files of one data set, wherever they come from. */
export interface Source {
  /** Directory or archive, for messages. */
  readonly path: string;
  /** By path relative to the folder of `dataset.json`, such as `spreadsheet/13-1/1_13-1_init.xlsx`. */
  readonly files: ReadonlyMap<string, SourceFile>;
  /** SHA-256 over names and contents of all files; the same for an archive and its unpacked tree. */
  readonly digest: string;
  /** `full` has several cases a task, `verified` one. */
  readonly kind: "verified" | "full";
}

/** The list of the tasks, at the top of every data set. */
export const DATASET = "dataset.json";

/** Where the data sets lie below the data directory. */
export const dataFolders = ["spreadsheetbench-verified-400", "spreadsheetbench-912", "spreadsheet"];

/** Upstream's names of an unpacked set; with `.tar.gz` behind them, of the archives. */
const setNames = [
  "spreadsheetbench_verified_400",
  "spreadsheetbench_912_v0.1",
  "all_data_912_v0.1",
  "all_data_912",
];

/** Whether the loader reads a file: the list of tasks and workbooks, and nothing an archiver hid beside them. */
const isWanted = (path: string) => {
  const name = basename(path);
  return (name === DATASET || /\.xlsx$/i.test(name)) && !name.startsWith(".");
};

/**
 * Finds the data sets in a directory: an unpacked set itself, a folder or archive of one in it, or
 * either in one of the `dataFolders` below it.
 *
 * @returns at most one of each kind; an unpacked set is preferred to an archive beside it.
 * @throws {InputError} when an archive is damaged, or a file cannot be read.
 */
export async function openSources(directory: string): Promise<readonly Source[]> {
  const found: Source[] = [];
  const add = (source: Source) => {
    if (!found.some(({ kind }) => kind === source.kind)) found.push(source);
  };
  for (const folder of ["", ...dataFolders]) {
    const root = join(directory, folder);
    const names = await readdir(root).catch(missingAt(root));
    if (names === undefined) continue;
    if (names.includes(DATASET)) add(await treeSource(root));
    for (const name of setNames.filter((it) => names.includes(it))) {
      const folder = join(root, name);
      const inside = await readdir(folder).catch(missingAt(folder));
      if (inside?.includes(DATASET)) add(await treeSource(folder));
    }
    for (const name of setNames.map((it) => `${it}.tar.gz`).filter((it) => names.includes(it))) {
      const path = join(root, name);
      add(sourceOf(path, await openArchive(path, isWanted, DATASET)));
    }
  }
  return found;
}

async function treeSource(root: string): Promise<Source> {
  const entries =
    (await readdir(root, { recursive: true, withFileTypes: true }).catch(missingAt(root))) ?? [];
  const files = new Map<string, SourceFile>();
  for (const entry of entries) {
    const full = join(entry.parentPath, entry.name);
    const path = full
      .slice(root.length)
      .replace(/^[\\/]+/, "")
      .replaceAll("\\", "/");
    if (!entry.isFile() || !isWanted(path)) continue;
    const bytes = await readFile(full).catch(missingAt(full));
    if (bytes === undefined) continue;
    files.set(path, { sha256: sha256Of(bytes), read: () => readFileSync(full) });
  }
  return sourceOf(root, withoutInnerSets(files));
}

/** One set may lie inside another's folder. */
function withoutInnerSets(files: ReadonlyMap<string, SourceFile>): ReadonlyMap<string, SourceFile> {
  const inner = [...files.keys()].filter((path) => path.endsWith(`/${DATASET}`));
  const tops = inner.map((path) => path.slice(0, -DATASET.length));
  return new Map([...files].filter(([path]) => !tops.some((top) => path.startsWith(top))));
}

function sourceOf(path: string, files: ReadonlyMap<string, SourceFile>): Source {
  const names = [...files.keys()].sort();
  const digest = sha256Of(names.map((name) => `${name}\0${files.get(name)?.sha256}\0`).join(""));
  const several = names.some((name) => /(?:^|\/)[23]_[^/]*_(?:input|init)\.xlsx$/i.test(name));
  return { path, files, digest, kind: several ? "full" : "verified" };
}
