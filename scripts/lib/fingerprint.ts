import { createHash } from "node:crypto";
import { readdirSync, type Stats, statSync } from "node:fs";
import path from "node:path";

/**
 * A digest that changes when a file below a directory is added, removed, renamed, resized or
 * written: from names, sizes and times, without reading any file.
 *
 * @param place a directory or a file; one that is not there, or leads nowhere, has a fingerprint too.
 */
export function fingerprintOf(place: string): string {
  const hash = createHash("sha256");
  const walk = (at: string): void => {
    const stat = statOf(at);
    if (stat === undefined) return;
    if (!stat.isDirectory()) {
      hash.update(`${path.relative(place, at)}\0${stat.size}\0${stat.mtimeMs}\n`);
      return;
    }
    for (const name of readdirSync(at).sort()) walk(path.join(at, name));
  };
  walk(place);
  return hash.digest("hex");
}

/** Whoever reads the file will say what is wrong with it. */
function statOf(place: string): Stats | undefined {
  try {
    return statSync(place, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
