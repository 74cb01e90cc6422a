import { readFileSync } from "node:fs";
import type { VerifyReport } from "../../harness/contracts/index.ts";
import { InputError } from "../../harness/errors.ts";

/** Expected SHA-256 by path, as `sha256sum` writes it: `HEX  PATH` a line. */
export type Manifest = ReadonlyMap<string, string>;

/**
 * Reads a manifest.
 *
 * @throws {InputError} with file and line where a line is none of `sha256sum`.
 */
export function readManifest(path: string | URL): Manifest {
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

/**
 * Compares the files of a data set with the digests that are known of them.
 *
 * @param found SHA-256 by path of what is there; files the manifest does not name are unchecked.
 */
export function compareWithManifest(
  found: ReadonlyMap<string, string>,
  manifest: Manifest,
): Pick<VerifyReport, "right" | "missing" | "wrong" | "unchecked"> {
  const expected = [...manifest.keys()];
  const missing = expected.filter((path) => !found.has(path));
  const wrong = expected.filter(
    (path) => found.has(path) && found.get(path) !== manifest.get(path),
  );
  return {
    right: expected.length - missing.length - wrong.length,
    missing,
    wrong,
    unchecked: [...found.keys()].filter((path) => !manifest.has(path)).sort(),
  };
}
