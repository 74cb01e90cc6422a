import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readManifest } from "../../../domains/shared/manifest.ts";
import type { DataSet, Domain } from "../../../harness/contracts/index.ts";
import {
  fetchSpreadsheet,
  SPREADSHEET_ADDRESS,
  spreadsheetArchives,
  verifySpreadsheet,
} from "./fetch-spreadsheet.ts";

const spreadsheetManifest = () =>
  readManifest(new URL("../../../domains/spreadsheet/verified-400.sha256", import.meta.url));

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
    fetch: (job) => fetchSpreadsheet(job, archive),
    verify: (directory) => verifySpreadsheet(name, directory, kind, manifest()),
  };
}

/** What the spreadsheet domain will say itself; here until it does. */
export const spreadsheetEntries: Pick<
  Domain,
  "dataSets" | "openCaseGrader" | "caseHelp" | "sample"
> = {
  dataSets: {
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
  },
  async openCaseGrader({ grader, root }) {
    const { openCaseGrader } = await import("../../../domains/spreadsheet/grade-cases.ts");
    return openCaseGrader(grader, root);
  },
  caseHelp:
    "{id, answer, output, answer_position, answer_sheet?, input?}; --grader strict, upstream or reference; --root DIR",
  sample: {
    directory: fileURLToPath(new URL("../../../domains/spreadsheet/sample", import.meta.url)),
    build: async () =>
      (await import("../../../domains/spreadsheet/rule-agent/generate/build.ts")).buildSample(),
  },
};
