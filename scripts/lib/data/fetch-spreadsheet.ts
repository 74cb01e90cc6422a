import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Manifest } from "../../../domains/shared/manifest.ts";
import { openSources } from "../../../domains/spreadsheet/source.ts";
import type { FetchJob, FetchReport, VerifyReport } from "../../../harness/contracts/index.ts";

/** The commit of RUCKBReasoning/SpreadsheetBench whose archives are fetched. */
const COMMIT = "49b73a94775fb489063f60ca1865e3a650079a79";

/** Where the archives are served. */
export const SPREADSHEET_ADDRESS = `https://raw.githubusercontent.com/RUCKBReasoning/SpreadsheetBench/${COMMIT}/data/`;

/** The archives, by the kind of data set that is in them. */
export const spreadsheetArchives = {
  verified: "spreadsheetbench_verified_400.tar.gz",
  full: "spreadsheetbench_912_v0.1.tar.gz",
} as const;

/**
 * Brings one archive of SpreadsheetBench into a directory, where the domain reads it as it is.
 *
 * No digest of the archives is known, so they are reported as unchecked; what is in the verified one is
 * checked by `verifySpreadsheet`.
 *
 * @throws {InputError} when it cannot be had, or is no archive of a data set.
 */
export async function fetchSpreadsheet(job: FetchJob, archive: string): Promise<FetchReport> {
  const path = join(job.into, archive);
  const kept = existsSync(path);
  if (!kept) {
    const url = new URL(archive, job.from).href;
    await job.download({ url, path, sha256: undefined });
  }
  await openSources(job.into);
  job.onProgress?.(1, 1);
  return { downloaded: kept ? 0 : 1, kept: kept ? 1 : 0, unchecked: [archive] };
}

/**
 * Recomputes the digests of all files of a data set, unpacked or in its archive.
 *
 * @param manifest expected digests; empty where none are known.
 */
export async function verifySpreadsheet(
  name: string,
  directory: string,
  kind: keyof typeof spreadsheetArchives,
  manifest: Manifest,
): Promise<VerifyReport> {
  const source = (await openSources(directory)).find((it) => it.kind === kind);
  const files = source?.files ?? new Map<string, { readonly sha256: string }>();
  const expected = [...manifest];
  const missing = expected.filter(([path]) => !files.has(path)).map(([path]) => path);
  const wrong = expected
    .filter(([path, sha256]) => files.has(path) && files.get(path)?.sha256 !== sha256)
    .map(([path]) => path);
  const unknown = [...files.keys()].filter((path) => manifest.size > 0 && !manifest.has(path));
  const archive = spreadsheetArchives[kind];
  const isPacked = source?.path.endsWith(archive) === true;
  return {
    name,
    path: source?.path,
    ok: source !== undefined && missing.length === 0 && wrong.length === 0,
    right: expected.length - missing.length - wrong.length,
    missing,
    wrong,
    unchecked: [
      ...(isPacked || (source && manifest.size === 0) ? [archive] : []),
      ...unknown,
    ].sort(),
  };
}
