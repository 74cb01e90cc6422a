import { createWriteStream } from "node:fs";
import { mkdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { sha256 } from "../../../harness/canonical.ts";
import type { Download } from "../../../harness/contracts/index.ts";
import { InputError, messageOf } from "../../../harness/errors.ts";

/** How patient a download is. */
export interface Patience {
  /** Tries of one file after the first, for cut connections, 429 and 5xx. */
  readonly retries: number;
  /** Wait before the first retry; doubled each time. */
  readonly firstWaitMs: number;
  /** A connection that says nothing for so long is cut. */
  readonly silenceMs: number;
}

/** @default for `npm run data -- fetch` */
const defaultPatience: Patience = { retries: 4, firstWaitMs: 500, silenceMs: 30_000 };

/**
 * Downloads one file.
 *
 * Bytes go to `PATH.part`, which a later try or a later process continues with a Range request; the
 * file gets its name only when it is whole and its digest is right.
 *
 * @throws {InputError} when there is no way to get the right bytes.
 */
export async function download(file: Download, patience = defaultPatience): Promise<void> {
  try {
    await mkdir(dirname(file.path), { recursive: true });
    await fetchPart(`${file.path}.part`, file, patience);
    await rename(`${file.path}.part`, file.path);
  } catch (error) {
    throw asInputError(error, file.path);
  }
}

/** Fills the part file until its digest is right, with retries. */
async function fetchPart(part: string, file: Download, patience: Patience): Promise<void> {
  let spoilt = false;
  for (let attempt = 0; ; attempt++) {
    try {
      await fill(part, file.url, patience.silenceMs);
      const digest = sha256(await readFile(part));
      if (file.sha256 === undefined || digest === file.sha256) return;
      await rm(part);
      // A part from an earlier run may have been spoilt: once more from the start.
      if (spoilt)
        throw new InputError({
          where: file.url,
          problem: `the digest is ${digest.slice(0, 12)}..., expected ${file.sha256.slice(0, 12)}...`,
          fix: "The file changed upstream or on the way; try another network or mirror (--from URL).",
        });
      spoilt = true;
    } catch (error) {
      if (!(error instanceof Cut)) throw error;
      if (attempt >= patience.retries)
        throw new InputError({
          where: file.url,
          problem: error.message,
          fix: "Check the network and run the same command again: it continues where it stopped.",
          cause: error,
        });
      await sleep(error.waitMs ?? patience.firstWaitMs * 2 ** attempt);
    }
  }
}

/** The other side failed in a way that another try may mend. */
class Cut extends Error {
  readonly waitMs: number | undefined;

  constructor(message: string, waitMs?: number) {
    super(message);
    this.waitMs = waitMs;
  }
}

/** Adds to the part file until it is whole. */
async function fill(part: string, url: string, silenceMs: number): Promise<void> {
  const have = await stat(part).then(
    (it) => it.size,
    () => 0,
  );
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), silenceMs);
  try {
    const response = await fetch(url, {
      headers: have > 0 ? { range: `bytes=${have}-` } : {},
      signal: silence.signal,
    }).catch((error: unknown) => {
      throw new Cut(`no connection (${reasonOf(error)})`);
    });
    timer.refresh();
    if (response.status === 416) {
      await response.body?.cancel();
      // Nothing is left to send, so the part is whole or longer than the file; the digest tells.
      if (wholeAt(response, have)) return;
      await rm(part);
      throw new Cut("the server has fewer bytes than were kept");
    }
    refuse(response, url);
    const append = response.status === 206 && startsAt(response, have);
    const body = response.body;
    if (body === null) throw new Cut("the server sent nothing");
    const bytes = Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]);
    bytes.on("data", () => timer.refresh());
    await write(bytes, part, append);
    await complete(part, response, append ? have : 0);
  } finally {
    clearTimeout(timer);
  }
}

async function write(bytes: Readable, part: string, append: boolean): Promise<void> {
  let network: unknown;
  bytes.once("error", (error) => {
    network = error;
  });
  try {
    await pipeline(bytes, createWriteStream(part, { flags: append ? "a" : "w" }));
  } catch (error) {
    if (network === undefined) throw error;
    throw new Cut(`the connection was cut (${reasonOf(network)})`);
  }
}

/** A body may end early without an error, so its length is compared with what was announced. */
async function complete(part: string, response: Response, before: number): Promise<void> {
  const announced = response.headers.get("content-length");
  if (announced === null || response.headers.get("content-encoding") !== null) return;
  const { size } = await stat(part);
  if (size - before < Number(announced)) throw new Cut("the connection was cut");
}

function refuse(response: Response, url: string): void {
  if (response.ok) return;
  const said = `the server answered ${response.status} ${response.statusText}`.trim();
  if (response.status === 429 || response.status >= 500) {
    const seconds = Number(response.headers.get("retry-after"));
    throw new Cut(said, seconds > 0 && seconds <= 60 ? seconds * 1000 : undefined);
  }
  throw new InputError({
    where: url,
    problem: said,
    fix: "Check the address; a mirror is named with --from URL.",
  });
}

function startsAt(response: Response, start: number): boolean {
  return response.headers.get("content-range")?.startsWith(`bytes ${start}-`) ?? false;
}

function wholeAt(response: Response, size: number): boolean {
  return response.headers.get("content-range") === `bytes */${size}`;
}

function asInputError(error: unknown, path: string): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const problems: Readonly<Record<string, string>> = {
    ENOSPC: "the disk is full",
    EDQUOT: "the disk quota is used up",
    EACCES: "writing there is not allowed",
    EROFS: "the file system is read-only",
    ENOTDIR: "a part of the path is no directory",
    EEXIST: "a file stands where a directory should be",
  };
  const problem = typeof code === "string" ? problems[code] : undefined;
  if (problem === undefined) return error;
  return new InputError({
    where: path,
    problem,
    fix: "Make room or choose another directory with --data-dir; the same command then continues.",
    cause: error,
  });
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && error.cause instanceof Error) return messageOf(error.cause);
  return messageOf(error);
}
