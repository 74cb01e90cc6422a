import { createHash } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import path from "node:path";

/**
 * A digest that changes when a file below a directory is added, removed, renamed, resized or
 * written: from names, sizes and times, without reading any file.
 *
 * @param place a directory or a file; one that is not there has a fingerprint too.
 */
export function fingerprintOf(place: string): string {
  const hash = createHash("sha256");
  const walk = (at: string): void => {
    const stat = statSync(at, { throwIfNoEntry: false });
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
