import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ARCHIVE } from "../../../domains/wtq/source.ts";
import type { DataSet } from "./data-set.ts";
import { fetchMath, MATH_ADDRESS, mathFiles, verifyMath } from "../../../domains/math/data-set.ts";
import {
  fetchSpreadsheet,
  SPREADSHEET_ADDRESS,
  spreadsheetArchives,
  verifySpreadsheet,
} from "./fetch-spreadsheet.ts";
import { fetchWtq, WTQ_ADDRESS } from "../../../domains/wtq/data-set.ts";
import { readManifest } from "./manifest.ts";
import { verifyVisionqa } from "../../../domains/visionqa/data-set.ts";
import { verifyWtq } from "./verify-wtq.ts";

const wtqManifest = () =>
  readManifest(fileURLToPath(new URL("../../../domains/wtq/upstream.sha256", import.meta.url)));

const spreadsheetManifest = () =>
  readManifest(
    fileURLToPath(new URL("../../../domains/spreadsheet/verified-400.sha256", import.meta.url)),
  );

/** A set of SpreadsheetBench; `inside` are the names that it may have unpacked. */
function spreadsheetSet(
  name: string,
  kind: keyof typeof spreadsheetArchives,
  inside: readonly string[],
): Pick<DataSet, "address" | "isThere" | "fetch" | "verify"> {
  const archive = spreadsheetArchives[kind];
  const manifest = kind === "verified" ? spreadsheetManifest : () => new Map<string, string>();
  return {
    address: SPREADSHEET_ADDRESS,
    isThere: (directory) =>
      ["dataset.json", archive, ...inside].some((it) => existsSync(join(directory, it))),
    fetch: (job) => fetchSpreadsheet({ ...job, archive }),
    verify: (directory) => verifySpreadsheet(name, directory, kind, manifest()),
  };
}

/** Every data set, by the name that `npm run data` calls it. */
export const dataSets: Readonly<Record<string, DataSet>> = {
  wtq: {
    title: "WikiTableQuestions 1.0.2 (Pasupat and Liang, ACL 2015), CC BY-SA 4.0",
    address: WTQ_ADDRESS,
    folder: "wtq",
    isThere: (directory) => [ARCHIVE, "data"].some((name) => existsSync(join(directory, name))),
    fetch: (job) => fetchWtq({ ...job, manifest: wtqManifest() }),
    verify: (directory) => verifyWtq(directory, wtqManifest()),
  },
  math: {
    title:
      "DAPO-Math (400 and 100), MATH-500, GSM8K test, AIME 2025 and 2026; licences in domains/math/README.md",
    address: MATH_ADDRESS,
    folder: "math",
    isThere: (directory) => mathFiles.some(({ path }) => existsSync(join(directory, path))),
    fetch: fetchMath,
    verify: verifyMath,
  },
  spreadsheet: {
    title: "SpreadsheetBench-Verified, 400 tasks (RUCKBReasoning), CC BY-SA 4.0",
    folder: "spreadsheetbench-verified-400",
    ...spreadsheetSet("spreadsheet", "verified", ["spreadsheetbench_verified_400"]),
  },
  "spreadsheet-912": {
    title: "SpreadsheetBench v0.1, 912 tasks of three cases (Ma et al., 2024), CC BY-SA 4.0",
    folder: "spreadsheetbench-912",
    ...spreadsheetSet("spreadsheet-912", "full", [
      "spreadsheetbench_912_v0.1",
      "all_data_912_v0.1",
    ]),
  },
  visionqa: {
    title: "DocVQA, task 1, validation split (Mathew et al., 2021); terms at rrc.cvc.uab.es",
    byHand:
      "register at https://rrc.cvc.uab.es/?ch=17, and unpack val_v1.0.json and documents/ as domains/visionqa/README.md says",
    folder: "visionqa",
    isThere: (directory) => existsSync(directory),
    verify: verifyVisionqa,
  },
};
