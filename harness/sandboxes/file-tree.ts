import { posix } from "node:path";

/** Something in the sandbox's file system, as it is kept between two commands. */
export type Entry =
  | { readonly kind: "file"; readonly data: Uint8Array; readonly mode: number }
  | { readonly kind: "directory"; readonly mode: number }
  | { readonly kind: "link"; readonly target: string };

/** Absolute paths inside the sandbox: `/work/...` and `/tmp/...`. */
export type Entries = ReadonlyMap<string, Entry>;

/** The working directory of every command in a sandbox that has a file system of its own. */
export const workDirectory = "/work";
const followAtMost = 40;

/**
 * The path inside the sandbox that a relative one means.
 *
 * @throws {Error} when it is absolute, empty, climbs out of the working directory, or holds a NUL.
 */
export function placeOf(path: string): string {
  const place = posix.normalize(path);
  const climbs = place === ".." || place.startsWith("../");
  if (path === "" || posix.isAbsolute(path) || climbs || path.includes("\0"))
    throw new Error(`not a path inside the working directory: ${JSON.stringify(path)}`);
  return posix.join(workDirectory, place);
}

/** Bytes of their own, so that nobody who holds the argument can change them later. */
function bytesOf(data: Uint8Array | string): Uint8Array<ArrayBuffer> {
  return typeof data === "string" ? new TextEncoder().encode(data) : new Uint8Array(data);
}

/**
 * One episode's files, held in memory between commands.
 *
 * A sandbox that works on copies has nothing on the host's disk that a command could point a link at.
 */
export class FileTree {
  #entries: Map<string, Entry>;

  /** @param files by path relative to the working directory. */
  constructor(files: ReadonlyMap<string, Uint8Array | string>) {
    this.#entries = new Map();
    for (const [path, data] of files) this.write(path, data);
  }

  get entries(): Entries {
    return this.#entries;
  }

  /** Takes over what a command left behind. */
  replace(entries: Entries): void {
    this.#entries = new Map(entries);
  }

  /** Takes over what a command changed, when it reports only that. */
  change(changed: Entries, deleted: readonly string[]): void {
    for (const path of deleted) this.#entries.delete(path);
    for (const [path, entry] of changed) this.#entries.set(path, entry);
  }

  /**
   * The bytes of a file of the working directory; undefined where none is, or where a link leads
   * out of the directory.
   */
  read(path: string): Uint8Array | undefined {
    const place = this.#resolve(placeOf(path));
    if (place === undefined || !place.startsWith(`${workDirectory}/`)) return undefined;
    const entry = this.#entries.get(place);
    return entry?.kind === "file" ? new Uint8Array(entry.data) : undefined;
  }

  write(path: string, data: Uint8Array | string): void {
    const asked = placeOf(path);
    const place = this.#resolve(asked);
    if (asked === workDirectory || !place?.startsWith(`${workDirectory}/`))
      throw new Error(`cannot write ${JSON.stringify(path)}: not a file of the working directory`);
    this.#entries.set(place, { kind: "file", data: bytesOf(data), mode: 0o644 });
  }

  /** Paths of the files of the working directory, sorted by code unit. */
  list(): readonly string[] {
    const prefix = `${workDirectory}/`;
    return [...this.#entries]
      .filter(([path, entry]) => entry.kind === "file" && path.startsWith(prefix))
      .map(([path]) => path.slice(prefix.length))
      .sort();
  }

  /** Follows links in every component, as the sandbox's own kernel would. */
  #resolve(path: string): string | undefined {
    let rest = path.split("/").filter((part) => part !== "");
    let place = "";
    for (let followed = 0; rest.length > 0; ) {
      const [part = "", ...after] = rest;
      const next = part === ".." ? posix.dirname(place || "/") : `${place}/${part}`;
      const entry = part === ".." || part === "." ? undefined : this.#entries.get(next);
      if (part === ".") rest = after;
      else if (entry?.kind === "link") {
        followed++;
        if (followed > followAtMost) return undefined;
        if (posix.isAbsolute(entry.target)) place = "";
        rest = [...entry.target.split("/").filter((piece) => piece !== ""), ...after];
      } else {
        place = next === "/" ? "" : next;
        rest = after;
      }
    }
    return place;
  }
}
