import { createReadStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { resourceUsage } from "node:process";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";
import { openCaseGrader } from "../../domains/spreadsheet/grade-cases.ts";
import { realSpreadsheets } from "../support/spreadsheet/places.ts";
import { report } from "./measured.ts";
import { fastestOf, type Ran, wholeProcess } from "./whole-process.ts";

/** Grading the 400 tasks of SpreadsheetBench-Verified, the answers against themselves. */
const what = "SpreadsheetBench-Verified, 400 answers against themselves";
const target = "<= 3.0 s, 396 pass";
const data = realSpreadsheets();
if (data === undefined)
  report({ what, target, measured: "skipped: no data at T2S_DATA_DIR or ../shared/data" });
else await measure(path.join(data, "spreadsheetbench-verified-400"));

async function measure(directory: string): Promise<void> {
  const root = mkdtempSync(path.join(os.tmpdir(), "t2s-spreadsheets-"));
  try {
    const lines = await unpack(path.join(directory, "spreadsheetbench_verified_400.tar.gz"), root);
    const cases = path.join(root, "cases.jsonl");
    writeFileSync(cases, lines.map((one) => `${JSON.stringify(one)}\n`).join(""));
    const flags = ["--grader", "upstream", "--root", root];
    let last: Ran | undefined;
    const seconds = await fastestOf(3, async () => {
      last = await wholeProcess("npm", [
        "run",
        "-s",
        "grade",
        "--",
        "spreadsheet",
        cases,
        ...flags,
      ]);
      return last;
    });
    const passed = last?.stdout.split('"passed":true').length ?? 0;
    report({
      what,
      target,
      measured: `${seconds.toFixed(1)} s, ${passed - 1} pass`,
      ok: seconds <= 3 && passed - 1 === 396,
    });

    const grader = await openCaseGrader({ grader: "upstream", root });
    await Promise.all(lines.map((one, n) => grader.grade(one, `${cases}:${n + 1}`)));
    await grader.close();
    const peak = resourceUsage().maxRSS / 1024;
    report({
      what: "the same, peak memory",
      target: "< 1000 MB",
      measured: `${Math.round(peak)} MB`,
      ok: peak < 1000,
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

interface Row {
  readonly id: string | number;
  readonly answer_position: string;
}

/** Takes the goldens out of the archive. @returns the cases of the list of tasks. */
async function unpack(archive: string, root: string) {
  let rows: readonly Row[] = [];
  const goldens = new Map<string, string>();
  const entries = createReadStream(archive).pipe(createGunzip()).pipe(extract());
  for await (const entry of entries) {
    const { name } = entry.header;
    const [, task, file] = /spreadsheet\/([^/]+)\/([^/]*golden\.xlsx)$/.exec(name) ?? [];
    const pieces: Buffer[] = [];
    for await (const piece of entry) pieces.push(piece as Buffer);
    const content = Buffer.concat(pieces);
    if (name.endsWith("/dataset.json")) rows = JSON.parse(content.toString());
    if (task === undefined || file === undefined) continue;
    mkdirSync(path.join(root, task));
    writeFileSync(path.join(root, task, file), content);
    goldens.set(task, path.join(task, file));
  }
  return rows.map(({ id, answer_position }) => {
    const golden = goldens.get(String(id));
    if (golden === undefined) throw new Error(`the archive has no golden for ${id}`);
    return { id, answer: golden, output: golden, answer_position };
  });
}
