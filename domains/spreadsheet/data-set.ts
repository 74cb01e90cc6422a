import { existsSync } from "node:fs";
import { join } from "node:path";
import type {
  DataSet,
  FetchJob,
  FetchReport,
  VerifyReport,
} from "../../harness/contracts/index.ts";
import { compareWithManifest, type Manifest, readManifest } from "../shared/manifest.ts";
import { openpyxlPackages } from "./python-packages.ts";
import { DATASET, openSources } from "./source.ts";

/** The archives, by the kind of data set that is in them. */
export const archives = {
  verified: "spreadsheetbench_verified_400.tar.gz",
  full: "spreadsheetbench_912_v0.1.tar.gz",
} as const;

/** Of both sets: the folder of the archives, at a commit of RUCKBReasoning/SpreadsheetBench. */
const address =
  "https://raw.githubusercontent.com/RUCKBReasoning/SpreadsheetBench/49b73a94775fb489063f60ca1865e3a650079a79/data/";

/** SpreadsheetBench's sets, each in an archive that the domain reads as it is, or unpacked; and a package for its agents. */
export const dataSets: Readonly<Record<string, DataSet>> = {
  spreadsheet: {
    title: "SpreadsheetBench-Verified, 400 tasks (RUCKBReasoning), CC BY-SA 4.0",
    folder: "spreadsheetbench-verified-400",
    ...sheetSet("verified", ["spreadsheetbench_verified_400"]),
  },
  "spreadsheet-912": {
    title: "SpreadsheetBench v0.1, 912 tasks of three cases (Ma et al., 2024), CC BY-SA 4.0",
    folder: "spreadsheetbench-912",
    ...sheetSet("full", ["spreadsheetbench_912_v0.1", "all_data_912_v0.1"]),
  },
  openpyxl: openpyxlPackages,
};

function sheetSet(kind: keyof typeof archives, folders: readonly string[]) {
  const names = [DATASET, archives[kind], ...folders];
  const manifest = new URL("verified-400.sha256", import.meta.url);
  return {
    address,
    isThere: (directory: string) => names.some((name) => existsSync(join(directory, name))),
    fetch: (job: FetchJob) => fetchArchive(job, archives[kind]),
    verify: (directory: string) =>
      verifySheets(directory, kind, kind === "full" ? new Map() : readManifest(manifest)),
  };
}

/**
 * Brings one archive into a directory.
 *
 * No digest of the archives is known, so they are reported as unchecked; what is in the verified one is
 * checked by `verifySheets`.
 *
 * @throws {InputError} when it cannot be had, or is no archive of a data set.
 */
export async function fetchArchive(job: FetchJob, archive: string): Promise<FetchReport> {
  const path = join(job.into, archive);
  const kept = existsSync(path);
  if (!kept) await job.download({ url: new URL(archive, job.from).href, path, sha256: undefined });
  await openSources(job.into);
  job.onProgress?.(1, 1);
  return { downloaded: kept ? 0 : 1, kept: kept ? 1 : 0, unchecked: [archive] };
}

/**
 * Recomputes the digests of all files of a data set, unpacked or in its archive.
 *
 * @param manifest expected digests; empty where none are known, and then the set is unchecked as a whole.
 */
export async function verifySheets(
  directory: string,
  kind: keyof typeof archives,
  manifest: Manifest,
): Promise<VerifyReport> {
  const source = (await openSources(directory)).find((it) => it.kind === kind);
  const found = new Map([...(source?.files ?? [])].map(([path, { sha256 }]) => [path, sha256]));
  const { unchecked, ...compared } = compareWithManifest(found, manifest);
  const isPacked = source?.path.endsWith(archives[kind]) === true;
  const isUnknown = source !== undefined && manifest.size === 0;
  const own = isPacked ? [...unchecked, archives[kind]].sort() : unchecked;
  return {
    name: kind === "verified" ? "spreadsheet" : "spreadsheet-912",
    path: source?.path,
    ok: source !== undefined && compared.missing.length === 0 && compared.wrong.length === 0,
    ...compared,
    unchecked: isUnknown ? [archives[kind]] : own,
  };
}
