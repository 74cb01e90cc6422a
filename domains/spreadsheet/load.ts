import type { DataInfo, Dataset, Task } from "../../harness/contracts/index.ts";
import { InputError } from "../../harness/errors.ts";
import { datasetOf, realOrSample } from "../shared/dataset.ts";
import { sha256Of } from "../shared/files.ts";
import { caseFinder } from "./case-files.ts";
import type { Library } from "./library.ts";
import { type DatasetRow, readRows } from "./rows.ts";
import { DATASET, openSources, type Source } from "./source.ts";
import { stratify } from "./stratify.ts";
import type { CaseFile, SpreadsheetTask } from "./task.ts";

/** The splits, by the names a study uses; README.md says what is in each. */
export const splits = [
  "evolve",
  "test",
  "stratified-evolve",
  "stratified-test",
  "verified",
  "full",
] as const;
type Split = (typeof splits)[number];

/** Of `dataset.json`; the released ones have less than a megabyte. */
const mostDatasetBytes = 64 * 2 ** 20;

const names: Readonly<Record<Source["kind"], string>> = {
  verified: "SpreadsheetBench-Verified",
  full: "SpreadsheetBench 912",
};

/**
 * Opens SpreadsheetBench: the verified set, the set of 912 with several cases a task, or both, as
 * archives or unpacked, in `dataDir`; and otherwise the sample.
 *
 * @param dataDir may be absent or empty.
 * @param sampleDir where the shipped sample lies.
 * @param library gets every workbook that was found.
 */
export async function openDataset(
  dataDir: string | undefined,
  sampleDir: string,
  library: Library,
): Promise<Dataset> {
  const open = async (directory: string) => {
    const found = await openSources(directory);
    return found.length === 0 ? undefined : found;
  };
  const places = { real: dataDir, sample: sampleDir };
  const { source: sources, real } = await realOrSample(places, open, "spreadsheet");
  for (const { files } of sources) library.add(files.values());
  const info: DataInfo = {
    name: real ? sources.map(({ kind }) => names[kind]).join(" and ") : "spreadsheet sample",
    ...{ real, digest: digestOf(sources) },
    path: sources.map(({ path }) => path).join(" and "),
  };
  const loaded = new Map<Source["kind"], readonly Task[]>();
  const tasksOf = (kind: Source["kind"]): readonly Task[] => {
    const source = sources.find((it) => it.kind === kind);
    if (source === undefined) throw notHere(kind, info.path);
    const tasks = loaded.get(kind) ?? tasksIn(source);
    loaded.set(kind, tasks);
    return tasks;
  };
  return datasetOf({
    ...{ info, names: splits },
    has: (split) => sources.some(({ kind }) => kind === kindOf(split)),
    tasksOf: (split) => choose(split, tasksOf),
  });
}

function kindOf(split: Split): Source["kind"] {
  return split === "full" ? "full" : "verified";
}

function digestOf([first, second]: readonly Source[]): string {
  if (first === undefined || second === undefined) return first?.digest ?? "";
  return sha256Of(`${first.digest}\0${second.digest}`);
}

function choose(split: Split, tasksOf: (kind: Source["kind"]) => readonly Task[]): readonly Task[] {
  if (split === "full") return tasksOf("full");
  const tasks = tasksOf("verified");
  if (split === "verified") return tasks;
  // As released: rows 0 to 200 of the 400, and the others.
  const middle = Math.ceil(tasks.length / 2);
  if (split === "evolve") return tasks.slice(0, middle);
  if (split === "test") return tasks.slice(middle);
  const halves = stratify(tasks, (task) => String(task.input["type"]));
  return split === "stratified-evolve" ? halves.evolve : halves.test;
}

function notHere(kind: Source["kind"], path: string): InputError {
  return new InputError({
    where: path,
    problem: `${names[kind]} is not there`,
    fix:
      kind === "full"
        ? "Put all_data_912_v0.1 (folder or .tar.gz) beside it, or choose another split than full."
        : "Fetch it with `npm run data -- fetch spreadsheet`, or choose the split full.",
  });
}

function tasksIn(source: Source): readonly Task[] {
  const rows = readRows(datasetText(source), `${source.path}: ${DATASET}`);
  const finder = caseFinder(source);
  const digested = (path: string): CaseFile => ({
    path,
    sha256: source.files.get(path)?.sha256 ?? "",
  });
  const groupOf = new Map<string, string>();
  return rows.map((row) => {
    const cases = finder.casesOf(row);
    const task = taskOf(
      row,
      cases.map(({ input }) => digested(input)),
      cases.map(({ golden }) => digested(golden)),
    );
    // Tasks on one workbook are one cluster of the statistics.
    const workbook = task.input.workbooks[0]?.sha256 ?? "";
    const group = groupOf.get(workbook) ?? row.id;
    groupOf.set(workbook, group);
    return { ...task, group };
  });
}

function datasetText({ files, path }: Source): string {
  const bytes = files.get(DATASET)?.read();
  if (bytes !== undefined && bytes.length <= mostDatasetBytes)
    return new TextDecoder().decode(bytes);
  throw new InputError({
    where: `${path}: ${DATASET}`,
    problem: bytes === undefined ? "it is no file" : `it has ${bytes.length} bytes, far too many`,
    fix: "Copy the data set again, or fetch it with `npm run data -- fetch spreadsheet`.",
  });
}

function taskOf(
  row: DatasetRow,
  workbooks: readonly CaseFile[],
  goldens: readonly CaseFile[],
): SpreadsheetTask {
  return {
    id: row.id,
    input: {
      instruction: row.instruction,
      type: row.type,
      answerPosition: row.answerPosition,
      answerSheet: row.answerSheet ?? null,
      workbooks,
    },
    reference: { goldens, exclude: row.exclude ?? null },
  };
}
