import type { Dataset, Task } from "../../harness/contracts/index.ts";
import { InputError } from "../../harness/errors.ts";
import { datasetOf, realOrSample } from "../shared/dataset.ts";
import type { Files } from "../shared/files.ts";
import { openSource } from "./source.ts";
import { standardCsv, unescapeField, unescapeList } from "./tables.ts";

/** The official splits, by the names a study uses. */
export const splits = [
  "training",
  "random-split-1-train",
  "random-split-1-dev",
  "pristine-seen",
  "pristine-unseen",
] as const;
type Split = (typeof splits)[number];

// Upstream's file of a split, and the file whose canonical answers cover its ids.
const files: Readonly<Record<Split, { readonly questions: string; readonly canon: string }>> = {
  training: { questions: "training", canon: "training" },
  "random-split-1-train": { questions: "random-split-1-train", canon: "training" },
  "random-split-1-dev": { questions: "random-split-1-dev", canon: "training" },
  "pristine-seen": { questions: "pristine-seen-tables", canon: "pristine-seen-tables" },
  "pristine-unseen": { questions: "pristine-unseen-tables", canon: "pristine-unseen-tables" },
};

const fetchAgain = "Fetch the data set again with `npm run data -- fetch wtq`.";

/** A task's input. Strings of one table are one string in memory. */
export interface TaskInput {
  readonly question: string;
  /** Path of the table in the data set. */
  readonly table: string;
  /** The table as RFC 4180 text; the first row is the header. */
  readonly csv: string;
}

/**
 * Opens WikiTableQuestions: an archive or the upstream tree in `dataDir`, and otherwise the sample.
 *
 * @param dataDir may be absent or empty.
 * @param sampleDir where the shipped sample lies.
 */
export async function openDataset(
  dataDir: string | undefined,
  sampleDir: string,
): Promise<Dataset> {
  const places = { real: dataDir, sample: sampleDir };
  const { source, real } = await realOrSample(places, openSource, "wtq");
  const name = real ? "WikiTableQuestions 1.0.2" : "wtq sample";
  const tables = new Map<string, string>();
  return datasetOf({
    info: { name, real, digest: source.digest, path: source.path },
    names: splits,
    tasksOf: (split) => tasksOf(source, split, tables),
  });
}

function tasksOf(source: Files, split: Split, tables: Map<string, string>): readonly Task[] {
  const canon = canonOf(source, files[split].canon);
  const name = `data/${files[split].questions}.tsv`;
  return rowsOf(source, name, ["id", "utterance", "context", "targetValue"]).map(
    ({ where, fields }) => {
      const [id = "", utterance = "", table = "", targetValue = ""] = fields;
      const target = unescapeList(targetValue);
      const canonical = canon?.get(id);
      const known = canonical === undefined ? null : unescapeList(canonical);
      if (known !== null && known.length !== target.length)
        throw new InputError({
          where,
          field: "targetValue",
          problem: `${id} has ${target.length} answers but ${known.length} canonical ones`,
          fix: fetchAgain,
        });
      const input = {
        question: unescapeField(utterance),
        table,
        csv: tableText(source, table, where, tables),
      };
      return { id, group: table, input, reference: { target, canon: known } };
    },
  );
}

/** Canonical answers by task id, or undefined where the data set has none for this file. */
function canonOf(source: Files, name: string): ReadonlyMap<string, string> | undefined {
  const file = [
    `tagged/data/${name}.tagged`,
    `canon/${name}.canon.tsv`,
    `canon/${name}.canon-derived.tsv`,
  ].find((path) => source.files.has(path));
  if (file === undefined) return undefined;
  return new Map(
    rowsOf(source, file, ["id", "targetCanon"]).map(({ fields: [id = "", canon = ""] }) => [
      id,
      canon,
    ]),
  );
}

interface Row {
  readonly where: string;
  /** In the order the columns were asked for. */
  readonly fields: readonly string[];
}

function rowsOf(source: Files, name: string, columns: readonly string[]): readonly Row[] {
  const bytes = source.files.get(name);
  if (bytes === undefined)
    throw new InputError({
      where: `${source.path}: ${name}`,
      problem: "the file is missing",
      fix: fetchAgain,
    });
  const lines = textOf(bytes).split(/\r?\n/);
  const header = (lines[0] ?? "").split("\t");
  const places = columns.map((column) => {
    const place = header.indexOf(column);
    if (place >= 0) return place;
    throw new InputError({
      where: `${source.path}: ${name}:1`,
      field: column,
      problem: "the header has no such column",
      fix: fetchAgain,
    });
  });
  const rows: Row[] = [];
  for (let index = 1; index < lines.length; index++) {
    const line = lines[index];
    if (line === undefined || line === "") continue;
    const cells = line.split("\t");
    const where = `${source.path}: ${name}:${index + 1}`;
    if (cells.length !== header.length)
      throw new InputError({
        where,
        problem: `the line has ${cells.length} fields, the header ${header.length}`,
        fix: fetchAgain,
      });
    rows.push({ where, fields: places.map((place) => cells[place] ?? "") });
  }
  return rows;
}

function tableText(
  source: Files,
  name: string,
  where: string,
  tables: Map<string, string>,
): string {
  const known = tables.get(name);
  if (known !== undefined) return known;
  const bytes = source.files.get(name);
  if (bytes === undefined)
    throw new InputError({
      where,
      field: "context",
      problem: `the table ${name} is missing`,
      fix: fetchAgain,
    });
  const csv = standardCsv(textOf(bytes), `${source.path}: ${name}`);
  tables.set(name, csv);
  return csv;
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}
