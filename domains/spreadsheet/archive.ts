import { createHash } from "node:crypto";
import { createReadStream, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";
import { InputError, messageOf } from "../../harness/errors.ts";
import type { SourceFile } from "./library.ts";

/**
 * Reads a `.tar.gz` once, front to back, and gives its files at random afterwards.
 *
 * The bytes go to a temporary file that is unlinked at once: memory holds the index alone, nothing stays
 * behind, and no path leads to the answers while agents work.
 *
 * @param isWanted which paths to keep.
 * @param anchor name of the file that marks the top of the tree; paths are relative to its folder.
 * @throws {InputError} when the archive is damaged.
 */
export async function openArchive(
  path: string,
  isWanted: (path: string) => boolean,
  anchor: string,
): Promise<ReadonlyMap<string, SourceFile>> {
  const spill = openSpill();
  const entries = new Map<string, SourceFile>();
  const unpack = extract();
  const index = async () => {
    for await (const entry of unpack) {
      const name = entry.header.name.replace(/^\.\//, "");
      if (entry.header.type !== "file" || !isWanted(name)) {
        entry.resume();
        continue;
      }
      const hash = createHash("sha256");
      const start = spill.size();
      for await (const chunk of entry as AsyncIterable<Uint8Array>) {
        hash.update(chunk);
        spill.append(chunk);
      }
      const end = spill.size();
      entries.set(name, { sha256: hash.digest("hex"), read: () => spill.read(start, end) });
    }
  };
  try {
    await Promise.all([pipeline(createReadStream(path), createGunzip(), unpack), index()]);
  } catch (error) {
    throw new InputError({
      where: path,
      problem: `the archive cannot be read (${messageOf(error)})`,
      fix: "Copy it again, or fetch the data set with `npm run data -- fetch spreadsheet`.",
      cause: error,
    });
  }
  const tops = [...entries.keys()]
    .filter((name) => name === anchor || name.endsWith(`/${anchor}`))
    .sort((a, b) => a.length - b.length);
  const top = tops[0]?.slice(0, -anchor.length);
  if (top === undefined)
    throw new InputError({
      where: path,
      problem: `the archive has no ${anchor}`,
      fix: "Copy it again, or fetch the data set with `npm run data -- fetch spreadsheet`.",
    });
  return new Map(
    [...entries]
      .filter(([name]) => name.startsWith(top))
      .map(([name, file]) => [name.slice(top.length), file]),
  );
}

/** A file without a name, to append to and to read from. */
function openSpill() {
  const folder = mkdtempSync(join(tmpdir(), "trace2skill-"));
  const descriptor = openSync(join(folder, "files"), "w+");
  rmSync(folder, { recursive: true });
  let size = 0;
  return {
    size: () => size,
    append(chunk: Uint8Array): void {
      for (let done = 0; done < chunk.length; )
        done += writeSync(descriptor, chunk, done, chunk.length - done, size + done);
      size += chunk.length;
    },
    read(start: number, end: number): Uint8Array {
      const bytes = Buffer.alloc(end - start);
      for (let done = 0; done < bytes.length; ) {
        const count = readSync(descriptor, bytes, done, bytes.length - done, start + done);
        if (count === 0) throw new Error("the unpacked archive has lost its end");
        done += count;
      }
      return bytes;
    },
  };
}
