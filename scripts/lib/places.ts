import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The repository. */
export const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));

/** Where results go unless a flag says otherwise. */
export const defaultStore = path.join(root, "results", "store");
export const defaultRuns = path.join(root, "results", "runs");

/**
 * The directory that holds data sets: `--data-dir`, else `T2S_DATA_DIR`, else `./data`.
 *
 * @returns the directory of one domain in it, or undefined where there is none.
 */
export function domainDataDir(flag: string | undefined, domain: string): string | undefined {
  const dir = path.join(dataDir(flag), domain);
  return existsSync(dir) ? dir : undefined;
}

export function dataDir(flag: string | undefined): string {
  return path.resolve(flag ?? process.env["T2S_DATA_DIR"] ?? path.join(root, "data"));
}

/** A path as a person would write it from here. */
export function shown(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative === "" || relative.startsWith("..") ? file : relative;
}
