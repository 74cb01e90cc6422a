import type { Dataset, Task } from "../../harness/contracts/index.ts";
import { InputError } from "../../harness/errors.ts";
import { datasetOf, realOrSample } from "../shared/dataset.ts";
import { sha256Of } from "../shared/files.ts";
import { caseFinder } from "./case-files.ts";
import type { Library } from "./library.ts";
import { readDatasetRows } from "./rows.ts";
import { DATASET, fetchAgain, openSources, type SheetSource } from "./source.ts";
import { stratify } from "./stratify.ts";

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
type Kind = SheetSource["kind"];

/** Of `dataset.json`; the released ones have less than a megabyte. */
const mostDatasetBytes = 64 * 2 ** 20;

const names: Readonly<Record<Kind, string>> = {
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
  const path = sources.map((source) => source.path).join(" and ");
  const digests = sources.map(({ digest }) => digest);
  const loaded = new Map<Kind, readonly Task[]>();
  const tasksOf = (kind: Kind): readonly Task[] => {
    const source = sources.find((it) => it.kind === kind);
    if (source === undefined) throw notHere(kind, path);
    const tasks = loaded.get(kind) ?? tasksIn(source);
    loaded.set(kind, tasks);
    return tasks;
  };
  return datasetOf({
    info: {
      name: real ? sources.map(({ kind }) => names[kind]).join(" and ") : "spreadsheet sample",
      real,
      digest: digests.length === 1 ? (digests[0] ?? "") : sha256Of(digests.join("\0")),
      path,
    },
    names: splits,
    has: (split) => sources.some(({ kind }) => (kind === "full") === (split === "full")),
    tasksOf: (split) => choose(split, tasksOf),
  });
}

function choose(split: Split, tasksOf: (kind: Kind) => readonly Task[]): readonly Task[] {
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

function notHere(kind: Kind, path: string): InputError {
  return new InputError({
    where: path,
    problem: `${names[kind]} is not there`,
    fix:
      kind === "full"
        ? "Put all_data_912_v0.1 (folder or .tar.gz) beside it, or choose another split than full."
        : "Fetch it with `npm run data -- fetch spreadsheet`, or choose the split full.",
  });
}

/** The tasks of a source, of the form that `spreadsheetTask` reads. */
function tasksIn(source: SheetSource): readonly Task[] {
  const casesOf = caseFinder(source);
  const digested = (path: string) => ({ path, sha256: source.files.get(path)?.sha256 ?? "" });
  const groups = new Map<string, string>();
  return readDatasetRows(datasetText(source), `${source.path}: ${DATASET}`).map((row) => {
    const cases = casesOf(row);
    const workbooks = cases.map(({ input }) => digested(input));
    // Tasks on one workbook are one cluster of the statistics.
    const first = workbooks[0]?.sha256 ?? "";
    const group = groups.get(first) ?? row.id;
    groups.set(first, group);
    const input = {
      instruction: row.instruction,
      type: row.instruction_type,
      answerPosition: row.answer_position,
      answerSheet: row.answer_sheet,
      workbooks,
    };
    const goldens = cases.map(({ golden }) => digested(golden));
    return { id: row.id, group, input, reference: { goldens, exclude: row.exclude } };
  });
}

function datasetText({ files, path }: SheetSource): string {
  const bytes = files.get(DATASET)?.bytes;
  if (bytes !== undefined && bytes.length <= mostDatasetBytes)
    return new TextDecoder().decode(bytes);
  const problem =
    bytes === undefined ? "it is no file" : `it has ${bytes.length} bytes, far too many`;
  throw new InputError({ where: `${path}: ${DATASET}`, problem, fix: fetchAgain });
}
