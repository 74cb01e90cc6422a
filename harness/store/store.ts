import {
  closeSync,
  fdatasyncSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  writeSync,
} from "node:fs";
import path from "node:path";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { sha256 } from "../canonical.ts";
import type { Json, Row, TranscriptRef } from "../contracts/index.ts";
import { InputError, messageOf } from "../errors.ts";
import { groupedBy } from "../grouped-by.ts";
import { keptIn } from "../kept.ts";
import { givesWay, type JournalScan, journalLine, parseLine, scanJournals } from "./journal.ts";

/** Finished units on disk, found again by key. */
export interface Store {
  /** The row of a key, finished or ungraded; undefined where there is none. */
  get(stage: string, key: string): Row | undefined;
  /** Resolves when the row, and its transcript before it, has been handed to the operating system. */
  append(row: Omit<Row, "transcript">, transcript?: Json): Promise<Row>;
  transcript(ref: TranscriptRef): Promise<Json>;
  /** Journal lines that were torn or damaged, by stage read so far. */
  damaged(): number;
  /** Writes what is pending and syncs to disk. */
  close(): Promise<void>;
}

/** A transcript ready to be appended: its bytes, and what its reference will say of them. */
interface PackMember {
  readonly digest: string;
  readonly bytes: Uint8Array;
}

interface Pending {
  readonly row: Omit<Row, "transcript">;
  readonly member: PackMember | undefined;
  readonly resolve: (row: Row) => void;
  readonly reject: (error: unknown) => void;
}

/** Files this process appends to for one stage. */
interface Writer {
  readonly journal: number;
  readonly pack: number;
  readonly packName: string;
  packOffset: number;
  /** The write that failed: what follows a torn line would be lost with it, so nothing follows. */
  failure?: unknown;
}

/**
 * Opens the store in a directory, which need not exist.
 *
 * Layout: `<dir>/<stage>/<writer>.jsonl` and `<dir>/<stage>/<writer>.pack`. Every process writes
 * files of its own, so several may share a store; each sees what was there when it first asked for
 * a stage, and its own rows.
 *
 * @param writerName unique to this process, and sorting by start time.
 */
export function openStore(dir: string, writerName: string): Store {
  return new FileStore(dir, writerName);
}

class FileStore implements Store {
  readonly #dir: string;
  readonly #writerName: string;
  readonly #scans = new Map<string, JournalScan>();
  readonly #writers = new Map<string, Writer>();
  readonly #queue: Pending[] = [];

  constructor(dir: string, writerName: string) {
    this.#dir = dir;
    this.#writerName = writerName;
  }

  get(stage: string, key: string): Row | undefined {
    const line = this.#scanOf(stage).lines.get(key);
    return line === undefined ? undefined : parseLine(line);
  }

  append(row: Omit<Row, "transcript">, transcript?: Json): Promise<Row> {
    const member = transcript === undefined ? undefined : packTranscript(transcript);
    return new Promise((resolve, reject) => {
      const waiting = this.#queue.push({ row, member, resolve, reject });
      if (waiting === 1) setImmediate(() => this.#flush());
    });
  }

  async transcript(ref: TranscriptRef): Promise<Json> {
    // Transcripts are a few kilobytes: the trips to another thread would take longer than the reading.
    const file = openSync(path.join(this.#dir, ref.pack), "r");
    try {
      const bytes = new Uint8Array(ref.length);
      readSync(file, bytes, 0, ref.length, ref.offset);
      return unpackTranscript(bytes, ref);
    } finally {
      closeSync(file);
    }
  }

  damaged(): number {
    return [...this.#scans.values()].reduce((sum, scan) => sum + scan.damaged, 0);
  }

  async close(): Promise<void> {
    this.#flush();
    for (const { journal, pack } of this.#writers.values()) {
      for (const file of [pack, journal]) {
        fdatasyncSync(file);
        closeSync(file);
      }
    }
    this.#writers.clear();
  }

  #scanOf(stage: string): JournalScan {
    return keptIn(this.#scans, stage, () => scanJournals(path.join(this.#dir, stage)));
  }

  #writerOf(stage: string): Writer {
    return keptIn(this.#writers, stage, () => {
      const folder = path.join(this.#dir, stage);
      mkdirSync(folder, { recursive: true });
      const packName = `${stage}/${this.#writerName}.pack`;
      const pack = openSync(path.join(this.#dir, packName), "a");
      const journal = openSync(path.join(folder, `${this.#writerName}.jsonl`), "a");
      return { journal, pack, packName, packOffset: fstatSync(pack).size };
    });
  }

  /** Group commit: everything that waits goes out in one write a file, transcripts first. */
  #flush(): void {
    for (const [stage, items] of groupedBy(this.#queue.splice(0), ({ row }) => row.stage)) {
      try {
        commit(this.#writerOf(stage), items, this.#scanOf(stage));
      } catch (error) {
        const fault = new InputError({
          where: path.join(this.#dir, stage),
          problem: `the result store cannot be written: ${messageOf(error)}`,
          fix: "Free disk space or choose another --store, then run the same command again.",
          cause: error,
        });
        for (const item of items) item.reject(fault);
      }
    }
  }
}

function commit(writer: Writer, items: readonly Pending[], scan: JournalScan): void {
  if (writer.failure !== undefined) throw writer.failure;
  const rows = items.map(({ row, member }): Row => {
    if (member === undefined) return row;
    const { digest, bytes } = member;
    const transcript = {
      digest,
      pack: writer.packName,
      offset: writer.packOffset,
      length: bytes.length,
    };
    writer.packOffset += bytes.length;
    return { ...row, transcript };
  });
  const members = items.flatMap(({ member }) => (member === undefined ? [] : [member.bytes]));
  const lines = rows.map(journalLine);
  try {
    if (members.length > 0) writeWhole(writer.pack, Buffer.concat(members));
    writeWhole(writer.journal, Buffer.from(lines.join("")));
  } catch (error) {
    writer.failure = error;
    throw error;
  }
  for (const [i, row] of rows.entries()) {
    const earlier = scan.lines.get(row.key);
    if (earlier === undefined || givesWay(earlier))
      scan.lines.set(row.key, (lines[i] ?? "").trimEnd());
    items[i]?.resolve(row);
  }
}

function writeWhole(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}

/** Compresses a transcript. Level 1: transcripts are written once each and rarely read. */
function packTranscript(transcript: Json): PackMember {
  const text = JSON.stringify(transcript);
  return { digest: sha256(text), bytes: deflateRawSync(text, { level: 1 }) };
}

/**
 * Reads a transcript back and checks it against its digest.
 *
 * @throws when the bytes are not the ones that were written.
 */
function unpackTranscript(bytes: Uint8Array, ref: TranscriptRef): Json {
  const text = inflateRawSync(bytes).toString("utf8");
  if (sha256(text) !== ref.digest)
    throw new Error(`${ref.pack}: transcript ${ref.digest} is damaged`);
  return JSON.parse(text) as Json;
}
