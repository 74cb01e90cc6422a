import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { extract, pack } from "tar-stream";
import type { Entries, Entry } from "./file-tree.ts";

/** Bytes of zeros that every archive ends with. */
const endOfArchive = 1024;

/** Entries as a tar archive, with paths relative to the root of the sandbox. */
export async function archiveOf(entries: Entries): Promise<Uint8Array> {
  const archive = pack();
  const whole = buffer(archive);
  // A directory stands before what is in it.
  for (const [path, entry] of [...entries].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const name = path.slice(1);
    if (entry.kind === "file")
      archive.entry(
        { name, mode: entry.mode },
        Buffer.from(entry.data.buffer, entry.data.byteOffset, entry.data.byteLength),
      );
    else if (entry.kind === "directory")
      archive.entry({ name, mode: entry.mode, type: "directory" });
    else archive.entry({ name, type: "symlink", linkname: entry.target });
  }
  archive.finalize();
  return await whole;
}

/**
 * The files, directories and symbolic links of an archive that a sandbox wrote. Hard links become
 * files of their own; pipes, sockets and devices are left out, and so is every path not below `roots`.
 *
 * @throws {Error} when it is not a whole archive.
 */
export async function entriesOf(data: Uint8Array, roots: readonly string[]): Promise<Entries> {
  if (!data.subarray(-endOfArchive).every((byte) => byte === 0) || data.length < endOfArchive)
    throw new Error("the archive is cut");
  const entries = new Map<string, Entry>();
  const archive = extract();
  const source = Readable.from([data]);
  source.on("error", (error) => archive.destroy(error));
  source.pipe(archive);
  for await (const item of archive) {
    const { header } = item;
    const path = pathOf(header.name);
    const mode = (header.mode ?? 0o644) & 0o777;
    const inside = roots.some((root) => path.startsWith(`${root}/`));
    const content = await buffer(item);
    if (!inside || path.includes("/../")) continue;
    if (header.type === "file") entries.set(path, { kind: "file", data: content, mode });
    else if (header.type === "directory") entries.set(path, { kind: "directory", mode });
    else if (header.type === "symlink")
      entries.set(path, { kind: "link", target: header.linkname ?? "" });
    else if (header.type === "link") {
      const original = entries.get(pathOf(header.linkname ?? ""));
      if (original) entries.set(path, original);
    }
  }
  return entries;
}

function pathOf(name: string): string {
  return `/${name.replace(/^\.?\/+/, "").replace(/\/+$/, "")}`;
}
