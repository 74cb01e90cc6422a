import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type {
  DataSet,
  FetchJob,
  FetchReport,
  VerifyReport,
} from "../../harness/contracts/index.ts";
import { InputError } from "../../harness/errors.ts";
import { inParallel, sha256Of } from "../shared/files.ts";
import { compareWithManifest, type Manifest, readManifest } from "../shared/manifest.ts";
import { ARCHIVE, openSource } from "./source.ts";

/** Files that are fetched at a time. */
const SIDE_BY_SIDE = 16;

// Files whose canonical answers are taken from upstream's tagged questions.
const CANON = ["pristine-seen-tables", "pristine-unseen-tables", "training"] as const;
const CANON_COLUMNS = ["id", "targetCanon", "targetCanonType"];

/** Digests of upstream's files at the address below, and of the `canon/` files made from the tagged ones. */
const shippedManifest = () => readManifest(new URL("upstream.sha256", import.meta.url));

/** WikiTableQuestions, in upstream's layout. */
export const wikiTableQuestions: DataSet = {
  title: "WikiTableQuestions 1.0.2 (Pasupat and Liang, ACL 2015), CC BY-SA 4.0",
  address:
    "https://raw.githubusercontent.com/ppasupat/WikiTableQuestions/7d455a5a707b96341ef72aff9428749d443d8aa9/",
  folder: "wtq",
  isThere: (directory) => [ARCHIVE, "data"].some((name) => existsSync(join(directory, name))),
  fetch: (job) => fetchWtq(job, shippedManifest()),
  verify: (directory) => verifyWtq(directory, shippedManifest()),
};

/**
 * Brings WikiTableQuestions into a directory.
 *
 * Files are fetched one by one, so that each is checked by itself and a second run fetches only what is missing
 * or wrong. The canonical answers are cut out of `tagged/data/*.tagged`, which are not kept.
 *
 * @throws {InputError} when a file cannot be had; what was fetched stays.
 */
export async function fetchWtq(job: FetchJob, manifest: Manifest): Promise<FetchReport> {
  const wanted = [...manifest].filter(([path]) => !path.startsWith("canon/"));
  const all = wanted.length + CANON.length;
  let done = 0;
  let kept = 0;
  const step = (wasThere: boolean) => {
    if (wasThere) kept++;
    job.onProgress?.(++done, all);
  };
  await inParallel(wanted, SIDE_BY_SIDE, async ([path, sha256]) => {
    const target = join(job.into, path);
    const there = (await digestOf(target)) === sha256;
    if (!there) await job.download({ url: new URL(path, job.from).href, path: target, sha256 });
    step(there);
  });
  const unchecked: string[] = [];
  for (const name of CANON) {
    const path = `canon/${name}.canon.tsv`;
    const sha256 = manifest.get(path);
    if (sha256 === undefined) unchecked.push(path);
    const digest = await digestOf(join(job.into, path));
    const there = digest !== undefined && (sha256 ?? digest) === digest;
    if (!there) await makeCanon(job, name, sha256);
    step(there);
  }
  await rm(join(job.into, "tagged"), { recursive: true, force: true });
  return { downloaded: all - kept, kept, unchecked };
}

async function makeCanon(job: FetchJob, name: string, sha256: string | undefined): Promise<void> {
  const tagged = `tagged/data/${name}.tagged`;
  const url = new URL(tagged, job.from).href;
  const source = join(job.into, tagged);
  await job.download({ url, path: source, sha256: undefined });
  const text = canonColumns(await readFile(source, "utf8"), url);
  if (sha256 !== undefined && sha256Of(text) !== sha256)
    throw new InputError({
      where: url,
      problem: "the canonical answers in it have the wrong digest",
      fix: "The file changed upstream or on the way; try again, or another mirror (--from URL).",
    });
  const target = join(job.into, `canon/${name}.canon.tsv`);
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
  // A directory in its place, and the like, is told by the download.
  const bytes = await readFile(path).catch(() => undefined);
  return bytes === undefined ? undefined : sha256Of(bytes);
}

/** Recomputes the digests of all files that the domain reads, in a directory tree or an archive. */
export async function verifyWtq(directory: string, manifest: Manifest): Promise<VerifyReport> {
  const source = await openSource(directory);
  const found = new Map([...(source?.files ?? [])].map(([path, bytes]) => [path, sha256Of(bytes)]));
  // Upstream's files at the top, such as its licence, are not read.
  const read = new Map([...manifest].filter(([path]) => path.includes("/")));
  const compared = compareWithManifest(found, read);
  const ok = compared.missing.length === 0 && compared.wrong.length === 0;
  return { name: "wtq", path: source?.path, ok, ...compared };
}
