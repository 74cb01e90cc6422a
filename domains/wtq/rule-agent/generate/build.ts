import { seededRng } from "../../../../harness/models/rule-based/kit.ts";
import { messyCells, tableFile } from "./mess.ts";
import { askAbout, type DrawnQuestion } from "./questions.ts";
import { kinds } from "./tables.ts";

// 15 tables fill an evolve split of 120 to the last question of a table, and 25 a test split of 200.
const TRAINING_TABLES = 28;
const UNSEEN_TABLES = 25;
const QUESTIONS_PER_TABLE = 8;
const SEEN_PER_TABLE = 2;

interface Example extends DrawnQuestion {
  readonly id: string;
  readonly table: string;
}

/**
 * The files of the sample, by path, in the layout of the upstream repository.
 *
 * Answers come from clean values that the tables were written from, never from the written cells.
 * Training questions of one table stand together; every fifth training table is in `random-split-1-dev`.
 */
export function buildSample(): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const training: Example[] = [];
  const seen: Example[] = [];
  const unseen: Example[] = [];
  for (let index = 0; index < TRAINING_TABLES; index++) {
    const { table, questions } = addTable(files, `csv/1-csv/${index}.csv`, index, SEEN_PER_TABLE);
    add(training, "nt", table, questions.slice(0, QUESTIONS_PER_TABLE));
    add(seen, "ns", table, questions.slice(QUESTIONS_PER_TABLE));
  }
  for (let index = 0; index < UNSEEN_TABLES; index++) {
    const { table, questions } = addTable(files, `csv/2-csv/${index}.csv`, index, 0);
    add(unseen, "nu", table, questions);
  }
  const dev = new Set(
    [...new Set(training.map(({ table }) => table))].filter((_, index) => index % 5 === 4),
  );
  files.set("data/training.tsv", questionFile(training));
  files.set(
    "data/random-split-1-train.tsv",
    questionFile(training.filter(({ table }) => !dev.has(table))),
  );
  files.set(
    "data/random-split-1-dev.tsv",
    questionFile(training.filter(({ table }) => dev.has(table))),
  );
  files.set("data/pristine-seen-tables.tsv", questionFile(seen));
  files.set("data/pristine-unseen-tables.tsv", questionFile(unseen));
  files.set("canon/training.canon.tsv", canonFile(training));
  files.set("canon/pristine-seen-tables.canon.tsv", canonFile(seen));
  files.set("canon/pristine-unseen-tables.canon.tsv", canonFile(unseen));
  return files;
}

function addTable(
  files: Map<string, string>,
  path: string,
  index: number,
  further: number,
): { table: string; questions: readonly DrawnQuestion[] } {
  const rng = seededRng(`wtq-sample/${path}`);
  const make = kinds[index % kinds.length];
  if (make === undefined) throw new Error("there are no kinds of tables");
  const table = make(rng.fork("table"));
  files.set(path, tableFile(messyCells(table, rng.fork("mess"))));
  return {
    table: path,
    questions: askAbout(table, QUESTIONS_PER_TABLE + further, rng.fork("questions")),
  };
}

function add(
  examples: Example[],
  prefix: string,
  table: string,
  questions: readonly DrawnQuestion[],
) {
  for (const question of questions)
    examples.push({ ...question, id: `${prefix}-${examples.length}`, table });
}

function questionFile(examples: readonly Example[]): string {
  return tsv(
    ["id", "utterance", "context", "targetValue"],
    examples.map((it) => [it.id, escaped(it.text), it.table, list(it.target)]),
  );
}

function canonFile(examples: readonly Example[]): string {
  return tsv(
    ["id", "targetCanon"],
    examples.map((it) => [it.id, list(it.canon)]),
  );
}

function tsv(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return `${[header, ...rows].map((row) => row.join("\t")).join("\n")}\n`;
}

function list(items: readonly string[]): string {
  return items.map(escaped).join("|");
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("|", "\\p").replaceAll("\n", "\\n");
}
