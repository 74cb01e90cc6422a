import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, join, relative, sep } from "node:path";
import { InputError } from "../../harness/errors.ts";
import { filesOfArchive, missingAt, sha256Of } from "../shared/files.ts";
import type { SourceFile } from "./library.ts";

/** The files of one data set, wherever they come from. */
export interface SheetSource {
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

/** What to do about files that are missing or damaged. */
export const fetchAgain =
  "Copy the data set again, or fetch it with `npm run data -- fetch spreadsheet`.";

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
export async function openSources(directory: string): Promise<readonly SheetSource[]> {
  const found = new Map<SheetSource["kind"], SheetSource>();
  const names = ["", ...setNames, ...setNames.map((name) => `${name}.tar.gz`)];
  for (const folder of ["", ...dataFolders])
    for (const name of names) {
      const path = join(directory, folder, name);
      const isArchive = name.endsWith(".tar.gz");
      const source = await (isArchive ? archiveSource(path) : treeSource(path));
      if (source !== undefined && !found.has(source.kind)) found.set(source.kind, source);
    }
  return [...found.values()];
}

async function archiveSource(where: string): Promise<SheetSource | undefined> {
  const archive = await readFile(where).catch(missingAt(where));
  if (archive === undefined) return undefined;
  const files = await filesOfArchive(archive, isWanted, { where, fix: fetchAgain });
  const [top] = [...files.keys()]
    .filter((name) => basename(name) === DATASET)
    .sort((a, b) => a.length - b.length);
  if (top === undefined)
    throw new InputError({ where, problem: `the archive has no ${DATASET}`, fix: fetchAgain });
  const folder = top.slice(0, -DATASET.length);
  const inside = [...files].filter(([name]) => name.startsWith(folder));
  return sourceOf(where, new Map(inside.map(([name, it]) => [name.slice(folder.length), it])));
}

async function treeSource(root: string): Promise<SheetSource | undefined> {
  if (!existsSync(join(root, DATASET))) return undefined;
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = new Map<string, Uint8Array>();
  for (const entry of entries) {
    const full = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !isWanted(full)) continue;
    const bytes = await readFile(full).catch(missingAt(full));
    if (bytes !== undefined) files.set(relative(root, full).split(sep).join("/"), bytes);
  }
  // One set may lie inside another's folder.
  const inner = [...files.keys()].filter((path) => path.endsWith(`/${DATASET}`));
  const tops = inner.map((path) => path.slice(0, -DATASET.length));
  const own = [...files].filter(([path]) => !tops.some((top) => path.startsWith(top)));
  return sourceOf(root, new Map(own));
}

function sourceOf(path: string, contents: ReadonlyMap<string, Uint8Array>): SheetSource {
  const files = new Map(
    [...contents].map(([name, bytes]) => [name, { bytes, sha256: sha256Of(bytes) }]),
  );
  const names = [...files.keys()].sort();
  const digest = sha256Of(names.map((name) => `${name}\0${files.get(name)?.sha256}\0`).join(""));
  const several = names.some((name) => /(?:^|\/)[23]_[^/]*_(?:input|init)\.xlsx$/i.test(name));
  return { path, files, digest, kind: several ? "full" : "verified" };
}
