import { readFileSync } from "node:fs";
import { InputError } from "../../../harness/errors.ts";

/** Expected SHA-256 by path, as `sha256sum` writes it: `HEX  PATH` a line. */
export type Manifest = ReadonlyMap<string, string>;

/**
 * Reads a manifest.
 *
 * @throws {InputError} with file and line where a line is none of `sha256sum`.
 */
export function readManifest(path: string): Manifest {
  const manifest = new Map<string, string>();
  for (const [index, line] of readFileSync(path, "utf8").split("\n").entries()) {
    if (line === "") continue;
    const [, digest, name] = /^([0-9a-f]{64}) [ *](\S.*)$/.exec(line) ?? [];
    if (digest === undefined || name === undefined || name.split("/").includes(".."))
      throw new InputError({
        where: `${path}:${index + 1}`,
        problem: "this is no line of a manifest",
        fix: "Restore the file from the repository.",
      });
    manifest.set(name, digest);
  }
  return manifest;
}
