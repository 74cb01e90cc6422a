import { createReadStream, createWriteStream } from "node:fs";
import { type FileHandle, mkdtemp, open, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { constants, createGunzip } from "node:zlib";
import { z } from "zod";
import { InputError, messageOf } from "../../errors.ts";
import type { CassetteEntry } from "./recording.ts";

/** The recorded calls of a directory. */
export interface Cassettes {
  /** How many calls of the unit there are; 0 for one that is not recorded. */
  callsOf(unit: string): number;
  /** All that was recorded under this number, the latest first. */
  entries(unit: string, call: number): Promise<readonly CassetteEntry[]>;
  close(): Promise<void>;
}

interface Place {
  readonly file: FileHandle;
  readonly offset: number;
  readonly length: number;
}

/**
 * Indexes every cassette of a directory; replies are read when they are asked for. Compressed ones are
 * unpacked into a directory for temporary files until `close`.
 *
 * A call may be recorded twice, as when a killed run was begun again. A last line that was cut off by
 * a kill is passed over.
 *
 * @throws {InputError} when there is no cassette, or a line that is not one.
 */
export async function openCassettes(directory: string): Promise<Cassettes> {
  const names = await readdir(directory).catch(() => []);
  const cassettes = names.filter((name) => /\.jsonl(?:\.gz)?$/.test(name)).sort();
  if (cassettes.length === 0) {
    throw new InputError({
      where: directory,
      problem: "has no recorded calls (*.jsonl.gz, *.jsonl)",
      fix: "Record them first: run the study with --record and this directory.",
    });
  }
  const units = new Map<string, Map<number, Place[]>>();
  const files: FileHandle[] = [];
  const unpacked = await mkdtemp(path.join(tmpdir(), "cassettes-"));
  const close = async () => {
    for (const file of files) await file.close();
    await rm(unpacked, { recursive: true, force: true });
  };
  try {
    for (const name of cassettes) {
      const full = path.join(directory, name);
      const plain = name.endsWith(".gz") ? await unpack(full, path.join(unpacked, name)) : full;
      const file = await open(plain, "r");
      files.push(file);
      await indexFile({ full, plain, file }, units);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    callsOf: (unit) => units.get(unit)?.size ?? 0,
    async entries(unit, call) {
      return Promise.all((units.get(unit)?.get(call) ?? []).map(readEntry));
    },
    close,
  };
}

/** @returns `to`, where the lines of a compressed cassette now stand; what a kill cut off is left out. */
async function unpack(from: string, to: string): Promise<string> {
  try {
    const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
    await pipeline(createReadStream(from), gunzip, createWriteStream(to));
    return to;
  } catch (cause) {
    throw new InputError({
      where: from,
      problem: `cannot be unpacked: ${messageOf(cause)}`,
      fix: "Get the file again, or record again.",
      cause,
    });
  }
}

/** A cassette: where a person finds it, and where its lines are read. */
interface OpenCassette {
  readonly full: string;
  readonly plain: string;
  readonly file: FileHandle;
}

async function indexFile(
  { full, plain, file }: OpenCassette,
  units: Map<string, Map<number, Place[]>>,
): Promise<void> {
  let number = 0;
  for await (const { line, offset, isWhole } of linesOf(plain)) {
    number++;
    const key = keyOf(line);
    if (key === undefined) {
      if (!isWhole) return;
      throw new InputError({
        where: `${full}:${number}`,
        problem: "is not a recorded call",
        fix: "Remove the line, or record again.",
      });
    }
    const calls = units.get(key.unit) ?? new Map<number, Place[]>();
    const places = calls.get(key.call) ?? [];
    places.unshift({ file, offset, length: line.length });
    units.set(key.unit, calls.set(key.call, places));
  }
}

async function readEntry(place: Place): Promise<CassetteEntry> {
  const bytes = Buffer.alloc(place.length);
  await place.file.read(bytes, 0, place.length, place.offset);
  return JSON.parse(bytes.toString("utf8")) as CassetteEntry;
}

const keySchema = z.object({
  unit: z.string(),
  call: z.number(),
  request: z.object({}),
  answer: z.object({}),
});

/** Where a line belongs, or undefined for one that is no recorded call. */
function keyOf(line: Buffer): z.infer<typeof keySchema> | undefined {
  try {
    return keySchema.parse(JSON.parse(line.toString("utf8")));
  } catch {
    return undefined;
  }
}

interface Line {
  readonly line: Buffer;
  readonly offset: number;
  /** False for a last line without its end. */
  readonly isWhole: boolean;
}

async function* linesOf(file: string): AsyncGenerator<Line> {
  let held: Buffer = Buffer.alloc(0);
  let offset = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    let start = 0;
    for (let end = held.indexOf(10); end >= 0; end = held.indexOf(10, start)) {
      yield { line: held.subarray(start, end), offset: offset + start, isWhole: true };
      start = end + 1;
    }
    held = held.subarray(start);
    offset += start;
  }
  if (held.length > 0) yield { line: held, offset, isWhole: false };
}
