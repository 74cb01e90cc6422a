import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type {
  DataSet,
  FetchJob,
  FetchReport,
  VerifyReport,
} from "../../harness/contracts/index.ts";
import { InputError, messageOf } from "../../harness/errors.ts";
import { missingAt, sha256Of } from "../shared/files.ts";
import { compareWithManifest } from "../shared/manifest.ts";

/** A problem in the layout that the domain reads. */
interface Problem {
  readonly id: string;
  readonly problem: string;
  readonly answer: string;
  readonly source: string;
  readonly subject?: string;
  readonly level?: number;
}

/** One file of the domain's directory, and what it is made from. */
export interface MathFile {
  readonly path: string;
  /** Below the address. */
  readonly from: string;
  /** SHA-256 of the file that is made; absent where none is known. */
  readonly sha256?: string;
  /** Upstream's row, and its number in the file from 0. */
  read(row: Readonly<Record<string, unknown>>, index: number): Problem;
}

const esopt =
  "zz1358m/Agentic-ESOpt/8c0839364f500c4026a5e1aeaa745675dc307020/data/trace2skill/math_reasoning";
const harness = "Zhuofeng-Li/math-evaluation-harness";

/** The wrapper around every DAPO problem; the agent has instructions of its own. */
const before =
  "Solve the following math problem step by step. The last line of your response should be of the form Answer: $Answer (without quotes) where $Answer is the answer to the problem.\n\n";
const after = '\n\nRemember to put your answer on its own line after "Answer:".';

export const mathFiles: readonly MathFile[] = [
  {
    path: "dapo-train-400.jsonl",
    from: `${esopt}/dapo_evolve.jsonl`,
    sha256: "b5c563ff64761cbbbd0ca916ec4e043f771fc011dae0a5a39cfa5bf5c0fd2885",
    read: sampled,
  },
  {
    path: "dapo-test-100.jsonl",
    from: `${esopt}/dapo_test.jsonl`,
    sha256: "394e0d03db965f6e31057433d393e78d9004a067bb73f0ef3a5c69b1ef61a322",
    read: sampled,
  },
  { path: "aime-2026.jsonl", from: `${esopt}/aime_2026.jsonl`, read: sampled },
  {
    path: "aime-2025.jsonl",
    from: `${harness}/ba004e3d9d6b74521cbad30a6c3dce3bd80aa427/data/aime25/test.jsonl`,
    read: (row, index) => ({
      id: `aime-2025-${String(index + 1).padStart(2, "0")}`,
      problem: textOf(row, "problem"),
      answer: textOf(row, "answer").replace(/\^\\circ$/, ""),
      source: "AIME 2025",
    }),
  },
  {
    path: "math-500.jsonl",
    from: `${harness}/1b9885d817962a8494728376625ce6605772edbd/data/math500/test.jsonl`,
    sha256: "881eb605ff15f3f70c67530c526fc420fd32f63c2ecd3d5641ee74289a9f6363",
    read(row) {
      const place = textOf(row, "unique_id");
      const [, subject, number] = /^test\/(.+)\/(\d+)\.json$/.exec(place) ?? [];
      return {
        id: `math500-${subject}-${number}`,
        problem: textOf(row, "problem"),
        answer: textOf(row, "answer"),
        source: `MATH test (PRM800K split): ${place}`,
        subject: textOf(row, "subject"),
        level: Number(row["level"]),
      };
    },
  },
  {
    path: "gsm8k-test.jsonl",
    from: "openai/grade-school-math/3101c7d5072418e28b9008a6636bde82a006892c/grade_school_math/data/test.jsonl",
    sha256: "a955632e0a52c65373461f3a5822c75706b470dfc1ab479472eb53ab976a3c4b",
    read: (row, index) => ({
      id: `gsm8k-test-${String(index).padStart(4, "0")}`,
      problem: textOf(row, "question"),
      answer: (textOf(row, "answer").split("####").at(-1) ?? "").trim().replaceAll(",", ""),
      source: "openai/grade-school-math test",
    }),
  },
];

/**
 * The problem sets, in the layout that the domain reads: solutions are dropped, and the wrapper of the
 * DAPO prompts is taken off. Any one of the files is a data set.
 */
export const mathSets: DataSet = {
  title:
    "DAPO-Math (400 and 100), MATH-500, GSM8K test, AIME 2025 and 2026; licences in domains/math/README.md",
  // Serves files as `owner/repository/commit/path`.
  address: "https://raw.githubusercontent.com/",
  folder: "math",
  isThere: (directory) => mathFiles.some(({ path }) => existsSync(join(directory, path))),
  fetch: fetchMath,
  verify: verifyMath,
};

/**
 * Brings the problem sets into a directory. A file that is there with the right digest is kept.
 *
 * @throws {InputError} when a file cannot be had or is not what it should be; what was made stays.
 */
export async function fetchMath(job: FetchJob, files = mathFiles): Promise<FetchReport> {
  await mkdir(job.into, { recursive: true });
  let kept = 0;
  for (const [done, file] of files.entries()) {
    const path = join(job.into, file.path);
    const there = await readFile(path).catch(missingAt(path));
    const right = there !== undefined && (file.sha256 ?? sha256Of(there)) === sha256Of(there);
    if (right) kept++;
    else await make(file, job);
    job.onProgress?.(done + 1, files.length);
  }
  const unchecked = files.filter(({ sha256 }) => sha256 === undefined).map(({ path }) => path);
  return { downloaded: files.length - kept, kept, unchecked };
}

const changed =
  "The file changed upstream or on the way; try again, or another mirror (--from URL).";

async function make(file: MathFile, job: FetchJob): Promise<void> {
  const url = new URL(file.from, job.from).href;
  const target = join(job.into, file.path);
  const raw = `${target}.upstream`;
  await job.download({ url, path: raw, sha256: undefined });
  const text = converted(await readFile(raw, "utf8"), file, url);
  if (file.sha256 !== undefined && sha256Of(text) !== file.sha256)
    throw new InputError({
      where: url,
      problem: "the problems in it have the wrong digest",
      fix: changed,
    });
  await writeFile(`${target}.part`, text);
  await rename(`${target}.part`, target);
  await rm(raw);
}

function converted(text: string, file: MathFile, url: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const problems = lines.map((line, index) => {
    try {
      return file.read(JSON.parse(line), index);
    } catch (error) {
      const problem = `this is no problem (${messageOf(error)})`;
      throw new InputError({ where: `${url}:${index + 1}`, problem, fix: changed, cause: error });
    }
  });
  return problems.map((problem) => `${lineOf(problem)}\n`).join("");
}

/** With a space after every comma and colon, as the known digests have it. */
function lineOf(problem: Problem): string {
  const fields = Object.entries(problem).map((field) =>
    field.map((it) => JSON.stringify(it)).join(": "),
  );
  return `{${fields.join(", ")}}`;
}

/** A row of the DAPO and AIME 2026 samples. */
function sampled(row: Readonly<Record<string, unknown>>): Problem {
  const question = textOf(row, "question");
  const isWrapped = question.startsWith(before) && question.endsWith(after);
  return {
    id: textOf(row, "id").replaceAll("_", "-"),
    problem: isWrapped ? question.slice(before.length, -after.length) : question,
    answer: textOf(row, "answer"),
    source: textOf(row, "source"),
  };
}

function textOf(row: Readonly<Record<string, unknown>>, field: string): string {
  const value = row[field];
  if (typeof value !== "string") throw new Error(`there is no text called ${field}`);
  return value;
}

/** Recomputes the digests of the files that are there; a missing one is said, and is no fault. */
async function verifyMath(directory: string): Promise<VerifyReport> {
  const found = new Map<string, string>();
  for (const { path } of mathFiles) {
    const bytes = await readFile(join(directory, path)).catch(missingAt(directory));
    if (bytes !== undefined) found.set(path, sha256Of(bytes));
  }
  const known = new Map(mathFiles.flatMap(({ path, sha256 }) => (sha256 ? [[path, sha256]] : [])));
  const compared = compareWithManifest(found, known);
  return {
    name: "math",
    path: found.size > 0 ? directory : undefined,
    ok: found.size > 0 && compared.wrong.length === 0,
    ...compared,
    missing: mathFiles.map(({ path }) => path).filter((path) => !found.has(path)),
  };
}
