import { z } from "zod";
import type { DataInfo, Dataset, JsonObject, Task } from "../../harness/contracts/index.ts";
import { InputError, messageOf } from "../../harness/errors.ts";
import { openSource, type Source } from "./source.ts";

/** The splits, and the names that the file of each may have. */
const filesOf = {
  "dapo-train": ["dapo-train-400.jsonl", "dapo-train.jsonl"],
  "dapo-test": ["dapo-test-100.jsonl", "dapo-test.jsonl"],
  "math-500": ["math-500.jsonl"],
  gsm8k: ["gsm8k-test.jsonl", "gsm8k.jsonl"],
  aime: ["aime.jsonl"],
  "aime-2024": ["aime-2024.jsonl"],
  "aime-2025": ["aime-2025.jsonl"],
  "aime-2026": ["aime-2026.jsonl"],
} as const;
type Split = keyof typeof filesOf;

export const splits = Object.keys(filesOf) as readonly Split[];

/** Every file that is read, for the digest of the data. */
const dataFiles: readonly string[] = splits.flatMap((split) => filesOf[split]);

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
  const real = dataDir === undefined ? undefined : await openSource(dataDir, dataFiles);
  const source = real ?? (await openSource(sampleDir, dataFiles));
  if (source === undefined)
    throw new InputError({
      where: sampleDir,
      problem: "the shipped sample is not there",
      fix: "Build it with `npx tsx scripts/build-math-sample.ts`.",
    });
  const info: DataInfo = {
    name: real ? "math problem sets" : "math sample",
    real: real !== undefined,
    digest: source.digest,
    path: source.path,
  };
  const loaded = new Map<Split, readonly Task[]>();
  return {
    info,
    has: (name) =>
      splits.some((split) => split === name && fileIn(source, filesOf[split]) !== undefined),
    async load(name) {
      const split = splits.find((known) => known === name);
      if (split === undefined)
        throw new InputError({
          where: info.name,
          problem: `there is no split ${JSON.stringify(name)}`,
          fix: `Choose one of ${splits.join(", ")}.`,
        });
      const tasks = loaded.get(split) ?? tasksOf(source, split);
      loaded.set(split, tasks);
      return tasks;
    },
  };
}

function tasksOf(source: Source, split: Split): readonly Task[] {
  const tasks: Task[] = [];
  const lineOf = new Map<string, string>();
  const groupOf = new Map<string, string>();
  for (const { where, row } of rowsOf(source, filesOf[split])) {
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
    const input: Record<string, JsonObject[string]> = { problem: row.problem };
    if (row.subject !== undefined) input["subject"] = row.subject;
    if (row.level !== undefined) input["level"] = row.level;
    tasks.push({ id: row.id, group, input, reference: { answer: row.answer } });
  }
  if (tasks.length === 0)
    throw new InputError({
      where: `${source.path}: ${split}`,
      problem: "the file has no problems",
      fix: "Copy it again; domains/math/README.md says where it comes from.",
    });
  return tasks;
}

/** The first of these names that the data set has. */
function fileIn(source: Source, candidates: readonly string[]): string | undefined {
  return candidates.find((candidate) => source.files.has(candidate));
}

function* rowsOf(
  source: Source,
  candidates: readonly string[],
): Generator<{ readonly where: string; readonly row: z.infer<typeof rowSchema> }> {
  const name = fileIn(source, candidates);
  const bytes = name === undefined ? undefined : source.files.get(name);
  if (bytes === undefined)
    throw new InputError({
      where: `${source.path}: ${candidates[0] ?? ""}`,
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

function rowOf(line: string, where: string): z.infer<typeof rowSchema> {
  const parsed = rowSchema.safeParse(objectOf(line, where));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join(".") ?? "";
  throw new InputError({
    where,
    ...(field === "" ? {} : { field }),
    problem: issue?.message ?? "this is no problem",
    fix: 'Write {"id": "...", "problem": "...", "answer": "..."} on one line, all three as text.',
  });
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
