import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Dataset, Task } from "../../harness/contracts/index.ts";
import { InputError, messageOf } from "../../harness/errors.ts";
import { issueAt } from "../shared/cases.ts";
import { datasetOf, realOrSample } from "../shared/dataset.ts";
import { type Files, filesOf, missingAt } from "../shared/files.ts";

/** The splits, and the names that the file of each may have. */
const splitFiles = {
  "dapo-train": ["dapo-train-400.jsonl", "dapo-train.jsonl"],
  "dapo-test": ["dapo-test-100.jsonl", "dapo-test.jsonl"],
  "math-500": ["math-500.jsonl"],
  gsm8k: ["gsm8k-test.jsonl", "gsm8k.jsonl"],
  aime: ["aime.jsonl"],
  "aime-2024": ["aime-2024.jsonl"],
  "aime-2025": ["aime-2025.jsonl"],
  "aime-2026": ["aime-2026.jsonl"],
} as const;
type Split = keyof typeof splitFiles;

export const splits = Object.keys(splitFiles) as readonly Split[];

const rowSchema = z.object({
  id: z.string().min(1),
  problem: z.string().trim().min(1),
  answer: z.string().trim().min(1),
  source: z.string().optional(),
  subject: z.string().optional(),
  level: z.union([z.number(), z.string()]).optional(),
});

/**
 * Opens the problem sets in `dataDir`, and otherwise the sample.
 *
 * @param dataDir may be absent or empty; one of the files is enough.
 * @param sampleDir where the shipped sample lies.
 */
export async function openDataset(
  dataDir: string | undefined,
  sampleDir: string,
): Promise<Dataset> {
  const places = { real: dataDir, sample: sampleDir };
  const { source, real } = await realOrSample(places, openSource, "math");
  const name = real ? "math problem sets" : "math sample";
  return datasetOf({
    info: { name, real, digest: source.digest, path: source.path },
    names: splits,
    has: (split) => fileIn(source, split) !== undefined,
    tasksOf: (split) => tasksOf(source, split),
  });
}

/** Reads the files that are there; undefined where none is. */
async function openSource(directory: string): Promise<Files | undefined> {
  const names = splits.flatMap((split) => splitFiles[split]);
  const files = new Map<string, Uint8Array>();
  for (const name of names) {
    const path = join(directory, name);
    const bytes = await readFile(path).catch(missingAt(path));
    if (bytes !== undefined) files.set(name, bytes);
  }
  return files.size === 0 ? undefined : filesOf(directory, files);
}

function tasksOf(source: Files, split: Split): readonly Task[] {
  const tasks: Task[] = [];
  const lineOf = new Map<string, string>();
  const groupOf = new Map<string, string>();
  for (const { where, row } of rowsOf(source, split)) {
    const earlier = lineOf.get(row.id);
    if (earlier !== undefined)
      throw new InputError({
        where,
        field: "id",
        problem: `${JSON.stringify(row.id)} was used before, at ${earlier}`,
        fix: "Give every problem an id of its own.",
      });
    lineOf.set(row.id, where);
    // A problem that is there twice is one cluster of the statistics.
    const text = row.problem.replace(/\s+/g, " ");
    const group = groupOf.get(text) ?? row.id;
    groupOf.set(text, group);
    const { id, problem, answer, subject, level } = row;
    const input = {
      problem,
      ...(subject === undefined ? {} : { subject }),
      ...(level === undefined ? {} : { level }),
    };
    tasks.push({ id, group, input, reference: { answer } });
  }
  if (tasks.length === 0)
    throw new InputError({
      where: `${source.path}: ${split}`,
      problem: "the file has no problems",
      fix: "Copy it again; domains/math/README.md says where it comes from.",
    });
  return tasks;
}

/** The file of a split that the data set has. */
function fileIn(source: Files, split: Split): string | undefined {
  return splitFiles[split].find((name) => source.files.has(name));
}

type Row = z.infer<typeof rowSchema>;

function* rowsOf(
  source: Files,
  split: Split,
): Generator<{ readonly where: string; readonly row: Row }> {
  const name = fileIn(source, split);
  const bytes = name === undefined ? undefined : source.files.get(name);
  if (bytes === undefined)
    throw new InputError({
      where: `${source.path}: ${splitFiles[split][0]}`,
      problem: "the file is missing",
      fix: "Put it there; domains/math/README.md says where each file comes from.",
    });
  const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const where = `${source.path}: ${name}:${index + 1}`;
    yield { where, row: rowOf(line, where) };
  }
}

function rowOf(line: string, where: string): Row {
  const parsed = rowSchema.safeParse(objectOf(line, where));
  if (parsed.success) return parsed.data;
  throw issueAt(
    parsed.error,
    where,
    'Write {"id": "...", "problem": "...", "answer": "..."} on one line, all three as text.',
  );
}

function objectOf(line: string, where: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new InputError({
      where,
      problem: `the line is no JSON (${messageOf(error)})`,
      fix: "Write one problem a line, or copy the file again if it was cut off.",
      cause: error,
    });
  }
}
