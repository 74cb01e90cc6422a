import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Domain } from "../../harness/contracts/index.ts";
import { InputError, messageOf } from "../../harness/errors.ts";

/** The repository. */
export const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));

/** Where results go unless a flag says otherwise. */
export const defaultStore = path.join(root, "results", "store");
export const defaultRuns = path.join(root, "results", "runs");

/** What `Domain.open` is given: the directory with a domain's data, or undefined where there is none. */
export function domainDataDir(flag: string | undefined, domain: Domain): string | undefined {
  const found = dataFoldersOf(flag, domain).find((folder) => existsSync(folder));
  if (found === undefined) return undefined;
  return domain.dataFolders === undefined ? found : dataDir(flag);
}

/** The directories in which a domain looks for its data. */
export function dataFoldersOf(flag: string | undefined, domain: Domain): readonly string[] {
  return (domain.dataFolders ?? [domain.name]).map((name) => path.join(dataDir(flag), name));
}

/**
 * The directory that holds data sets: `--data-dir`, else `T2S_DATA_DIR`, else `./data`.
 *
 * @throws {InputError} where the flag names no directory.
 */
export function dataDir(flag: string | undefined): string {
  if (flag !== undefined && !statSync(flag, { throwIfNoEntry: false })?.isDirectory())
    throw new InputError({
      where: "--data-dir",
      problem: `${flag} is no directory`,
      fix: "Name the directory that holds the data sets, or leave the flag out.",
    });
  return path.resolve(flag ?? process.env["T2S_DATA_DIR"] ?? path.join(root, "data"));
}

/** A path as a person would write it from here. */
export function shown(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative === "" || relative.startsWith("..") ? file : relative;
}

/**
 * Makes a directory that results go to, before anything is paid for that could not be written.
 *
 * @param flag what names it, for the message.
 * @throws {InputError} when it cannot be made or written.
 */
export function makeResultDir(dir: string, flag: string): void {
  try {
    mkdirSync(dir, { recursive: true });
    accessSync(dir, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new InputError({
      where: flag,
      problem: `${dir} is no directory that can be written (${messageOf(cause)})`,
      fix: "Name another directory, or make this one writable.",
      cause,
    });
  }
}

/** Writes a file so that a reader sees the old one or the new one, never half of it. */
export function replaceFile(file: string, text: string): void {
  const staged = `${file}.${process.pid}.tmp`;
  writeFileSync(staged, text);
  renameSync(staged, file);
}
