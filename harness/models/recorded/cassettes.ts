import { createReadStream } from "node:fs";
import { type FileHandle, open, readdir } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { InputError } from "../../errors.ts";
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
 * Indexes every cassette of a directory; replies are read when they are asked for.
 *
 * A call may be recorded twice, as when a killed run was begun again. A last line that was cut off by
 * a kill is passed over.
 *
 * @throws {InputError} when there is no cassette, or a line that is not one.
 */
export async function openCassettes(directory: string): Promise<Cassettes> {
  const names = await readdir(directory).catch(() => []);
  const cassettes = names.filter((name) => name.endsWith(".jsonl")).sort();
  if (cassettes.length === 0) {
    throw new InputError({
      where: directory,
      problem: "has no recorded calls (*.jsonl)",
      fix: "Record them first: run the study with --record and this directory.",
    });
  }
  const units = new Map<string, Map<number, Place[]>>();
  const files: FileHandle[] = [];
  const close = async () => {
    for (const file of files) await file.close();
  };
  try {
    for (const name of cassettes) {
      const full = path.join(directory, name);
      const file = await open(full, "r");
      files.push(file);
      await indexFile(full, file, units);
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

async function indexFile(
  full: string,
  file: FileHandle,
  units: Map<string, Map<number, Place[]>>,
): Promise<void> {
  let number = 0;
  for await (const { line, offset, isWhole } of linesOf(full)) {
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
