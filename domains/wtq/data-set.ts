import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { InputError } from "../../harness/errors.ts";
import { type Download, defaultPatience, download, type Patience } from "../../scripts/lib/data/download.ts";
import type { Manifest } from "../../scripts/lib/data/manifest.ts";

/** The commit of ppasupat/WikiTableQuestions whose digests the manifest holds. */
const WTQ_COMMIT = "7d455a5a707b96341ef72aff9428749d443d8aa9";

/** Where its files are served one by one. */
export const WTQ_ADDRESS = `https://raw.githubusercontent.com/ppasupat/WikiTableQuestions/${WTQ_COMMIT}/`;

// Files whose canonical answers are taken from upstream's tagged questions.
const CANON = ["pristine-seen-tables", "pristine-unseen-tables", "training"] as const;
const CANON_COLUMNS = ["id", "targetCanon", "targetCanonType"];

/** What is to be fetched, from where, and how. */
export interface FetchJob {
  /** Base address, with a slash at its end. */
  readonly from: string;
  /** Directory of the data set. */
  readonly into: string;
  /** Digests of upstream's files, and of the `canon/` files made from the tagged ones. */
  readonly manifest: Manifest;
  /** @default 16 */
  readonly parallel?: number;
  readonly patience?: Patience;
  /** Told after every file. */
  readonly onProgress?: (done: number, all: number) => void;
}

/** What a fetch did. */
export interface FetchReport {
  readonly downloaded: number;
  /** There already, with the right digest. */
  readonly kept: number;
  /** Made or downloaded, but with no digest to compare with. */
  readonly unchecked: readonly string[];
}

/**
 * Brings WikiTableQuestions into a directory, in upstream's layout.
 *
 * Files are fetched one by one, so that each is checked by itself and a second run fetches only what is missing
 * or wrong. The canonical answers are cut out of `tagged/data/*.tagged`, which are not kept.
 *
 * @throws {InputError} when a file cannot be had; what was fetched stays.
 */
export async function fetchWtq(job: FetchJob): Promise<FetchReport> {
  const wanted = [...job.manifest].filter(([path]) => !path.startsWith("canon/"));
  const all = wanted.length + CANON.length;
  let done = 0;
  let kept = 0;
  const step = (wasThere: boolean) => {
    if (wasThere) kept++;
    job.onProgress?.(++done, all);
  };
  await inParallel(wanted, job.parallel ?? 16, async ([path, sha256]) => {
    const target = join(job.into, path);
    const there = (await digestOf(target)) === sha256;
    if (!there) await get(job, { url: new URL(path, job.from).href, path: target, sha256 });
    step(there);
  });
  const unchecked: string[] = [];
  for (const name of CANON) {
    const path = `canon/${name}.canon.tsv`;
    const sha256 = job.manifest.get(path);
    if (sha256 === undefined) unchecked.push(path);
    const digest = await digestOf(join(job.into, path));
    const there = digest !== undefined && (sha256 === undefined || digest === sha256);
    if (!there) await makeCanon(job, name, path, sha256);
    step(there);
  }
  await rm(join(job.into, "tagged"), { recursive: true, force: true });
  return { downloaded: all - kept, kept, unchecked };
}

function get(job: FetchJob, file: Download): Promise<void> {
  return download(file, job.patience ?? defaultPatience);
}

async function makeCanon(
  job: FetchJob,
  name: string,
  path: string,
  sha256: string | undefined,
): Promise<void> {
  const tagged = `tagged/data/${name}.tagged`;
  const url = new URL(tagged, job.from).href;
  const source = join(job.into, tagged);
  await get(job, { url, path: source, sha256: undefined });
  const text = canonColumns(await readFile(source, "utf8"), url);
  if (sha256 !== undefined && sha256Of(text) !== sha256)
    throw new InputError({
      where: url,
      problem: "the canonical answers in it have the wrong digest",
      fix: "The file changed upstream or on the way; try again, or another mirror (--from URL).",
    });
  const target = join(job.into, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(`${target}.part`, text);
  await rename(`${target}.part`, target);
  await rm(source);
}

/** The columns with canonical answers of a tagged file, in its order, nothing else changed. */
function canonColumns(text: string, where: string): string {
  const [header = "", ...lines] = text.split("\n");
  const columns = header.split("\t");
  const places = CANON_COLUMNS.map((column) => columns.indexOf(column));
  if (places.includes(-1))
    throw new InputError({
      where: `${where}:1`,
      problem: `the header lacks one of ${CANON_COLUMNS.join(", ")}`,
      fix: "This is no tagged file of WikiTableQuestions; check the address.",
    });
  const cut = (line: string) => {
    const fields = line.split("\t");
    return places.map((place) => fields[place] ?? "").join("\t");
  };
  return [header, ...lines].map((line) => (line === "" ? "" : cut(line))).join("\n");
}

async function digestOf(path: string): Promise<string | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  return bytes === undefined ? undefined : sha256Of(bytes);
}

function sha256Of(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** Works through a list with so many at a time; the first failure stops the others before their next item. */
async function inParallel<Item>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items[Symbol.iterator]();
  let failed = false;
  const worker = async () => {
    for (const item of queue) {
      if (failed) return;
      try {
        await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const results = await Promise.allSettled(Array.from({ length: width }, worker));
  const broken = results.find((result) => result.status === "rejected");
  if (broken !== undefined) throw broken.reason;
}
