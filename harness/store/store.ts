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
import type { Json, Row, TranscriptRef } from "../contracts/index.ts";
import { InputError, messageOf } from "../errors.ts";
import { givesWay, type JournalScan, journalLine, parseLine, scanJournals } from "./journal.ts";
import { type PackMember, packTranscript, unpackTranscript } from "./pack.ts";

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
  const scans = new Map<string, JournalScan>();
  const writers = new Map<string, Writer>();
  const queue: Pending[] = [];

  const scanOf = (stage: string): JournalScan => {
    let scan = scans.get(stage);
    if (scan === undefined) {
      scan = scanJournals(path.join(dir, stage));
      scans.set(stage, scan);
    }
    return scan;
  };

  const writerOf = (stage: string): Writer => {
    let writer = writers.get(stage);
    if (writer === undefined) {
      const folder = path.join(dir, stage);
      mkdirSync(folder, { recursive: true });
      const packName = `${stage}/${writerName}.pack`;
      const pack = openSync(path.join(dir, packName), "a");
      const journal = openSync(path.join(folder, `${writerName}.jsonl`), "a");
      writer = { journal, pack, packName, packOffset: fstatSync(pack).size };
      writers.set(stage, writer);
    }
    return writer;
  };

  /** Group commit: everything that waits goes out in one write a file, transcripts first. */
  const flush = (): void => {
    for (const [stage, items] of groupByStage(queue.splice(0))) {
      try {
        commit(writerOf(stage), items, scanOf(stage));
      } catch (error) {
        const fault = new InputError({
          where: path.join(dir, stage),
          problem: `the result store cannot be written: ${messageOf(error)}`,
          fix: "Free disk space or choose another --store, then run the same command again.",
          cause: error,
        });
        for (const item of items) item.reject(fault);
      }
    }
  };

  return {
    get(stage, key) {
      const line = scanOf(stage).lines.get(key);
      return line === undefined ? undefined : parseLine(line);
    },
    append(row, transcript) {
      const member = transcript === undefined ? undefined : packTranscript(transcript);
      const appended = new Promise<Row>((resolve, reject) => {
        if (queue.push({ row, member, resolve, reject }) === 1) setImmediate(flush);
      });
      return appended;
    },
    async transcript(ref) {
      // Transcripts are a few kilobytes: the trips to another thread would take longer than the reading.
      const file = openSync(path.join(dir, ref.pack), "r");
      try {
        const bytes = new Uint8Array(ref.length);
        readSync(file, bytes, 0, ref.length, ref.offset);
        return unpackTranscript(bytes, ref);
      } finally {
        closeSync(file);
      }
    },
    damaged: () => [...scans.values()].reduce((sum, scan) => sum + scan.damaged, 0),
    async close() {
      flush();
      for (const { journal, pack } of writers.values()) {
        for (const file of [pack, journal]) {
          fdatasyncSync(file);
          closeSync(file);
        }
      }
      writers.clear();
    },
  };
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

function groupByStage(batch: readonly Pending[]): Map<string, Pending[]> {
  const groups = new Map<string, Pending[]>();
  for (const pending of batch) {
    const group = groups.get(pending.row.stage);
    if (group === undefined) groups.set(pending.row.stage, [pending]);
    else group.push(pending);
  }
  return groups;
}
