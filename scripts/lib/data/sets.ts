import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ARCHIVE } from "../../../domains/wtq/source.ts";
import type { DataSet } from "./data-set.ts";
import { fetchMath, MATH_ADDRESS, mathFiles, verifyMath } from "./fetch-math.ts";
import { fetchWtq, WTQ_ADDRESS } from "./fetch-wtq.ts";
import { readManifest } from "./manifest.ts";
import { verifyWtq } from "./verify-wtq.ts";

const wtqManifest = () =>
  readManifest(fileURLToPath(new URL("../../../domains/wtq/upstream.sha256", import.meta.url)));

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
};
